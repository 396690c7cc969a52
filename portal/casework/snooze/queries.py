"""Named reads."""

from datetime import date

from sqlalchemy import ColumnElement, exists, select

from portal.casework.models import Case, CaseSnooze


def rests(today: date) -> ColumnElement[bool]:
    """Criterion on ``Case``: it is laid by, and its day has not come."""
    return exists().where(CaseSnooze.case_id == Case.id, CaseSnooze.until > today)


def laid_by(today: date) -> ColumnElement[bool]:
    """The same said from the few that are laid by, for a list of nothing else: it must not walk through all open cases."""
    return Case.id.in_(select(CaseSnooze.case_id).where(CaseSnooze.until > today))


def rests_now(case: Case, today: date) -> bool:
    """The same for one case at hand."""
    return case.is_open and case.snooze is not None and case.snooze.until > today

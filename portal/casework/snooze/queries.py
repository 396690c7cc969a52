"""Named reads."""

from datetime import date

from sqlalchemy import ColumnElement, exists

from portal.casework.models import Case, CaseSnooze


def rests(today: date) -> ColumnElement[bool]:
    """Criterion on ``Case``: it is laid by, and its day has not come."""
    return exists().where(CaseSnooze.case_id == Case.id, CaseSnooze.until > today)


def rests_now(case: Case, today: date) -> bool:
    """The same for one case at hand."""
    return case.is_open and case.snooze is not None and case.snooze.until > today

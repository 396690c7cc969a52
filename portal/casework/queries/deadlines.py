"""Which deadline holds, and what it makes of a day of receipt."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.models import DeadlineRuleRow
from portal.casework.rules import CaseKind
from portal.kernel.clock_rule import DEFAULT_RULE, DeadlineRule, due_on
from portal.kernel.thai_calendar import fiscal_year as fiscal_year_of
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick


def rule_for(session: Session, agency: Agency, kind: CaseKind, fiscal_year: int, language: str = "th") -> DeadlineRule:
    """The most particular rule: for the kind of case, then for the kind of agency, then the latest; ``DEFAULT_RULE`` if none."""
    row = DeadlineRuleRow
    fitting = select(row).where(
        row.from_fiscal_year <= fiscal_year,
        or_(row.agency_kind == agency.kind, row.agency_kind.is_(None)),
        or_(row.case_kind == kind, row.case_kind.is_(None)),
    )
    found = max(session.scalars(fitting), key=_particular, default=None)
    if found is None:
        return DEFAULT_RULE
    return DeadlineRule(days=found.days, working=found.working, basis=pick(language, found.basis_th, found.basis_en))


def _particular(row: DeadlineRuleRow) -> tuple[bool, bool, int, int]:
    return (row.case_kind is not None, row.agency_kind is not None, row.from_fiscal_year, row.id)


def promise(session: Session, agency: Agency, kind: CaseKind, start: datetime, language: str) -> tuple[date, str]:
    """Due day of a clock that starts at ``start``, and its legal basis."""
    rule = rule_for(session, agency, kind, fiscal_year_of(start), language)
    year = office_day(start).year
    # Calendar days need no holidays, and most clocks count calendar days: one query saved for each submission.
    holidays = agencies.holidays_for(session, agency.id, (year, year + 1, year + 2)) if rule.working else frozenset()
    return due_on(start, rule, holidays), rule.basis

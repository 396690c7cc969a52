"""Which deadline holds, and what it makes of a day of receipt."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.models import DeadlineRuleRow
from portal.casework.rules import CaseKind
from portal.casework.rules.deadlines import URGENT_RULE, most_particular
from portal.kernel.clock_rule import DEFAULT_RULE, DeadlineRule, due_on
from portal.kernel.thai_calendar import fiscal_year as fiscal_year_of
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick


def rule_for(session: Session, agency: Agency, kind: CaseKind, fiscal_year: int, language: str = "th") -> DeadlineRule:
    """The most particular rule that fits (``rules.deadlines``); ``DEFAULT_RULE`` if none."""
    return _as_rule(most_particular(_that_may_fit(session, agency, fiscal_year), agency.id, agency.kind, kind, fiscal_year), language)


def rules_now(session: Session, agency: Agency, fiscal_year: int, language: str = "th") -> dict[CaseKind, DeadlineRule]:
    """The rule of every kind of matter; one query."""
    rows = _that_may_fit(session, agency, fiscal_year)
    return {kind: _as_rule(most_particular(rows, agency.id, agency.kind, kind, fiscal_year), language) for kind in CaseKind}


def urgent_rule_for(session: Session, agency: Agency, kind: CaseKind, fiscal_year: int, language: str = "th") -> DeadlineRule:
    """The same for a matter in which somebody's life is in danger; ``URGENT_RULE`` if none."""
    rows = _that_may_fit(session, agency, fiscal_year)
    row = most_particular(rows, agency.id, agency.kind, kind, fiscal_year, urgent=True)
    return _as_rule(row, language) if row else URGENT_RULE


def rules_of(session: Session, agency_id: int | None) -> list[DeadlineRuleRow]:
    """Every rule that was ever added for the agency (None: for everybody), oldest first; its place in the list names it for good."""
    whose = DeadlineRuleRow.agency_id.is_(None) if agency_id is None else DeadlineRuleRow.agency_id == agency_id
    return list(session.scalars(select(DeadlineRuleRow).where(whose).order_by(DeadlineRuleRow.id)))


def _that_may_fit(session: Session, agency: Agency, fiscal_year: int) -> Sequence[DeadlineRuleRow]:
    row = DeadlineRuleRow
    whose = or_(row.agency_id == agency.id, row.agency_id.is_(None))
    return session.scalars(select(row).where(row.from_fiscal_year <= fiscal_year, row.ended_at.is_(None), whose)).all()


def _as_rule(row: DeadlineRuleRow | None, language: str) -> DeadlineRule:
    if row is None:
        return DEFAULT_RULE
    return DeadlineRule(days=row.days, working=row.working, basis=pick(language, row.basis_th, row.basis_en))


def promise(session: Session, agency: Agency, kind: CaseKind, start: datetime, language: str, *, urgent: bool = False) -> tuple[date, str]:
    """Due day of a clock that starts at ``start``, and its legal basis; of an urgent matter never later than of any other."""
    rule = rule_for(session, agency, kind, fiscal_year_of(start), language)
    promised = _promised(session, agency, rule, start)
    if not urgent:
        return promised
    return min(_promised(session, agency, urgent_rule_for(session, agency, kind, fiscal_year_of(start), language), start), promised)


class Promises:
    """The clock of one agency for many matters: each rule, calendar and day is looked up once."""

    def __init__(self, session: Session, agency: Agency, language: str = "th") -> None:
        self._session, self._agency, self._language = session, agency, language
        self._rules: dict[int, dict[CaseKind, DeadlineRule]] = {}
        self._days: dict[tuple[CaseKind, date], tuple[date, str]] = {}

    def of(self, kind: CaseKind, start: datetime) -> tuple[date, str]:
        """What ``promise`` gives for a matter that is not urgent."""
        key = (kind, office_day(start))
        if key not in self._days:
            self._days[key] = _promised(self._session, self._agency, self._rule(kind, fiscal_year_of(start)), start)
        return self._days[key]

    def _rule(self, kind: CaseKind, year: int) -> DeadlineRule:
        if year not in self._rules:
            self._rules[year] = rules_now(self._session, self._agency, year, self._language)
        return self._rules[year][kind]


def _promised(session: Session, agency: Agency, rule: DeadlineRule, start: datetime) -> tuple[date, str]:
    year = office_day(start).year
    # Calendar days need no holidays, and most clocks count calendar days: one query saved for each submission.
    holidays = agencies.holidays_for(session, agency.id, (year, year + 1, year + 2)) if rule.working else frozenset()
    return due_on(start, rule, holidays), rule.basis

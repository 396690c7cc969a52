"""Which deadline holds, and what it makes of a day of receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, literal, or_, select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency, OfficeHoliday
from portal.casework.models import DeadlineRuleRow
from portal.casework.rules import CaseKind
from portal.casework.rules.deadlines import ACKNOWLEDGE_DAYS, URGENT_RULE, most_particular
from portal.kernel.clock_rule import DEFAULT_RULE, DeadlineRule, acknowledge_by, due_on, final_by
from portal.kernel.thai_calendar import fiscal_year as fiscal_year_of
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick

#: 365 working days are a year and a half, and the final answer may take twice as long.
YEARS_OF_A_CLOCK = 5
#: Thirty working days end well inside.
ACKNOWLEDGED_WITHIN = timedelta(days=100)


def rule_for(session: Session, agency: Agency, kind: CaseKind, fiscal_year: int, language: str = "th") -> DeadlineRule:
    """The most particular rule that fits (``rules.deadlines``); ``DEFAULT_RULE`` if none."""
    return _as_rule(most_particular(_that_may_fit(session, agency, fiscal_year), agency.id, agency.kind, kind, fiscal_year), language)


def rules_now(session: Session, agency: Agency, fiscal_year: int, language: str = "th") -> dict[CaseKind, DeadlineRule]:
    """The rule of every kind of matter; one query."""
    rows = _that_may_fit(session, agency, fiscal_year)
    return {kind: _as_rule(most_particular(rows, agency.id, agency.kind, kind, fiscal_year), language) for kind in CaseKind}


def rules_of(session: Session, agency_id: int | None) -> list[DeadlineRuleRow]:
    """Every rule that was ever added for the agency (None: for everybody), oldest first; its place in the list names it for good."""
    whose = DeadlineRuleRow.agency_id.is_(None) if agency_id is None else DeadlineRuleRow.agency_id == agency_id
    return list(session.scalars(select(DeadlineRuleRow).where(whose).order_by(DeadlineRuleRow.id)))


def _that_may_fit(session: Session, agency: Agency, fiscal_year: int) -> Sequence[DeadlineRuleRow]:
    return session.scalars(select(DeadlineRuleRow).where(_may_fit(agency, fiscal_year))).all()


def _may_fit(agency: Agency, fiscal_year: int) -> ColumnElement[bool]:
    row = DeadlineRuleRow
    whose = or_(row.agency_id == agency.id, row.agency_id.is_(None))
    return and_(row.from_fiscal_year <= fiscal_year, row.ended_at.is_(None), whose)


def _as_rule(row: DeadlineRuleRow | None, language: str) -> DeadlineRule:
    if row is None:
        return DEFAULT_RULE
    return DeadlineRule(
        days=row.days,
        working=row.working,
        basis=pick(language, row.basis_th, row.basis_en),
        acknowledge_days=row.acknowledge_days or ACKNOWLEDGE_DAYS,
        final_days=row.final_days,
    )


@dataclass(frozen=True)
class Promise:
    """What a clock promises on the day on which it starts; ``basis`` is shown beside the due day."""

    due_on: date
    basis: str
    working: bool
    acknowledge_by: date
    final_by: date | None


def promise_of(session: Session, agency: Agency, kind: CaseKind, start: datetime, language: str, *, urgent: bool = False) -> Promise:
    """The days of a clock that starts at ``start``; an urgent matter is never due later than any other."""
    year = fiscal_year_of(start)
    rows, holidays = _rules_and_near_days(session, agency, start)
    rules = [_as_rule(most_particular(rows, agency.id, agency.kind, kind, year), language)]
    if urgent:
        row = most_particular(rows, agency.id, agency.kind, kind, year, urgent=True)
        rules.append(_as_rule(row, language) if row else URGENT_RULE)
    if any(rule.working for rule in rules):
        holidays = _holidays(session, agency, start)
    return min((_promised(rule, start, holidays) for rule in rules), key=lambda one: (one.due_on, one.basis))


def promise(session: Session, agency: Agency, kind: CaseKind, start: datetime, language: str, *, urgent: bool = False) -> tuple[date, str]:
    """Due day and its legal basis, of ``promise_of``."""
    promised = promise_of(session, agency, kind, start, language, urgent=urgent)
    return promised.due_on, promised.basis


class Promises:
    """The clock of one agency for many matters: each rule, calendar and day is looked up once."""

    def __init__(self, session: Session, agency: Agency, language: str = "th") -> None:
        self._session, self._agency, self._language = session, agency, language
        self._rules: dict[int, dict[CaseKind, DeadlineRule]] = {}
        self._days: dict[tuple[CaseKind, date], Promise] = {}
        self._holidays: dict[int, frozenset[date]] = {}

    def of(self, kind: CaseKind, start: datetime) -> Promise:
        """What ``promise_of`` gives for a matter that is not urgent."""
        day = office_day(start)
        if (kind, day) not in self._days:
            if day.year not in self._holidays:
                self._holidays[day.year] = _holidays(self._session, self._agency, start)
            self._days[kind, day] = _promised(self._rule(kind, fiscal_year_of(start)), start, self._holidays[day.year])
        return self._days[kind, day]

    def _rule(self, kind: CaseKind, year: int) -> DeadlineRule:
        if year not in self._rules:
            self._rules[year] = rules_now(self._session, self._agency, year, self._language)
        return self._rules[year][kind]


def holidays_around(session: Session, agency_id: int, day: date) -> frozenset[date]:
    """The office calendar of the years in which a clock that runs on this day can end."""
    return agencies.holidays_for(session, agency_id, range(day.year, day.year + YEARS_OF_A_CLOCK))


def _rules_and_near_days(session: Session, agency: Agency, start: datetime) -> tuple[list[DeadlineRuleRow], frozenset[date]]:
    """Rules that may fit, and the office calendar as far as an acknowledgement reaches: together, because every submission asks for both.

    Each rule comes with each day that the agency has entered for these weeks: few of both. Most clocks need no more of them.
    """
    first = office_day(start)
    whose = or_(OfficeHoliday.agency_id == agency.id, OfficeHoliday.agency_id.is_(None))
    near = and_(whose, OfficeHoliday.day.between(first, first + ACKNOWLEDGED_WITHIN))
    always = select(literal(1)).subquery()
    both = select(DeadlineRuleRow, OfficeHoliday).select_from(always)
    found = session.execute(both.outerjoin(DeadlineRuleRow, _may_fit(agency, fiscal_year_of(start))).outerjoin(OfficeHoliday, near)).all()
    rows = {row.id: row for row, _ in found if row is not None}
    days = {day.id: day for _, day in found if day is not None}
    return list(rows.values()), agencies.laid_over((first.year, first.year + 1), days.values())


def _holidays(session: Session, agency: Agency, start: datetime) -> frozenset[date]:
    return holidays_around(session, agency.id, office_day(start))


def _promised(rule: DeadlineRule, start: datetime, holidays: frozenset[date]) -> Promise:
    due = due_on(start, rule, holidays)
    return Promise(due, rule.basis, rule.working, acknowledge_by(start, rule, holidays), final_by(start, rule, holidays))

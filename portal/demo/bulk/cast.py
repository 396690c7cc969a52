"""Who holds the synthetic cases, who works them, and what they are promised: read once, kept as plain ids."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import queries as cases
from portal.casework.rules import CaseKind
from portal.kernel.actor import Role
from portal.kernel.clock_rule import DeadlineRule, due_on
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK


@dataclass
class Office:
    """An agency that holds cases, and its people. The dictionaries fill themselves as promises are asked for."""

    session: Session
    agency_id: int
    code: str
    coordinator_id: int
    officer_ids: Sequence[int]
    _rules: dict[tuple[CaseKind, int], DeadlineRule] = field(default_factory=dict)
    _promises: dict[tuple[CaseKind, int, date], tuple[date, str]] = field(default_factory=dict)

    def promise(self, kind: CaseKind, fiscal_year: int, day: date) -> tuple[date, str]:
        """Due day and legal basis of a clock that starts on this Bangkok day, as for a case taken in by the services."""
        key = (kind, fiscal_year, day)
        if key not in self._promises:
            self._promises[key] = self._promise(*key)
        return self._promises[key]

    def _promise(self, kind: CaseKind, fiscal_year: int, day: date) -> tuple[date, str]:
        if (kind, fiscal_year) not in self._rules:
            agency = self.session.get_one(Agency, self.agency_id)
            self._rules[kind, fiscal_year] = cases.rule_for(self.session, agency, kind, fiscal_year)
        rule = self._rules[kind, fiscal_year]
        years = (day.year, day.year + 1, day.year + 2)
        holidays = agencies.holidays_for(self.session, self.agency_id, years) if rule.working else frozenset()
        return due_on(datetime.combine(day, time(12), BANGKOK), rule, holidays), rule.basis


@dataclass(frozen=True)
class Desk:
    """A unit, and the office it belongs to."""

    unit_id: int
    office: Office


def desks(session: Session, slugs: Sequence[str]) -> dict[str, Desk]:
    """The units with these slugs; raises ``NotFound`` unless the demonstration is loaded."""
    units = {unit.slug: unit for unit in session.scalars(select(Agency).where(Agency.slug.in_(slugs)))}
    if missing := set(slugs) - units.keys():
        text = Message(N_("Load the demonstration first: there is no agency %(slug)s"), {"slug": min(missing)})
        raise NotFound(text)
    heads = {slug: agencies.root_of(session, unit) for slug, unit in units.items()}
    offices = {head.id: _office(session, head) for head in heads.values()}
    return {slug: Desk(units[slug].id, offices[heads[slug].id]) for slug in slugs}


def _office(session: Session, agency: Agency) -> Office:
    officers = [user.id for user in accounts.workers_of(session, agency.id, [Role.OFFICER])]
    coordinators = [user.id for user in accounts.workers_of(session, agency.id, [Role.COORDINATOR])]
    if not officers or not coordinators:
        raise NotFound(Message(N_("Load the demonstration first: nobody works at %(slug)s"), {"slug": agency.slug}))
    return Office(session, agency.id, agency.code, coordinators[0], officers)

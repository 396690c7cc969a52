"""Which deadline is the most particular, and whether one gives more days than the law. In words: ``docs/rules/clock.md``."""

from collections.abc import Container, Iterable
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from portal.agencies.rules import AgencyKind
from portal.casework.rules.kinds import CaseKind
from portal.kernel.clock_rule import DEFAULT_RULE, DeadlineRule, due_on
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK

DAYS_MOST = 365
#: How many fiscal years ahead a rule may begin: far enough to prepare, near enough that a slip of the finger shows.
YEARS_AHEAD = 10
LAW_DAYS = DEFAULT_RULE.days
#: Working days until an officer takes a matter up: this portal's own standard.
ACKNOWLEDGE_DAYS = DEFAULT_RULE.acknowledge_days
ACKNOWLEDGE_MOST = 30
FINAL_MOST = 730
#: Where no rule says how long a matter may take in which somebody's life is in danger.
URGENT_RULE = DeadlineRule(days=1, working=False, basis=N_("Danger to life: an answer by the next day, whatever else holds"))


class Ruling(Protocol):
    """What decides between rules."""

    @property
    def id(self) -> int: ...
    @property
    def agency_id(self) -> int | None: ...
    @property
    def agency_kind(self) -> AgencyKind | None: ...
    @property
    def case_kind(self) -> CaseKind | None: ...
    @property
    def from_fiscal_year(self) -> int: ...
    @property
    def urgent(self) -> bool: ...


Rule = TypeVar("Rule", bound=Ruling)


def fits(rule: Ruling, agency_id: int, agency_kind: AgencyKind, kind: CaseKind, fiscal_year: int, *, urgent: bool = False) -> bool:
    """True if the rule speaks of such a matter."""
    return (
        rule.urgent == urgent
        and rule.agency_id in (None, agency_id)
        and rule.agency_kind in (None, agency_kind)
        and rule.case_kind in (None, kind)
        and rule.from_fiscal_year <= fiscal_year
    )


def most_particular(
    rules: Iterable[Rule], agency_id: int, agency_kind: AgencyKind, kind: CaseKind, fiscal_year: int, *, urgent: bool = False
) -> Rule | None:
    """The rule that decides, None if none fits; whatever order they come in."""
    fitting = (rule for rule in rules if fits(rule, agency_id, agency_kind, kind, fiscal_year, urgent=urgent))
    return max(fitting, key=_particular, default=None)


def _particular(rule: Ruling) -> tuple[bool, bool, bool, int, int]:
    return (rule.agency_id is not None, rule.case_kind is not None, rule.agency_kind is not None, rule.from_fiscal_year, rule.id)


def longest(rule: DeadlineRule, start: date, holidays: Container[date], span: int = 365) -> int:
    """The most calendar days that somebody can wait who writes within ``span`` days from ``start``."""
    if not rule.working:
        return rule.days
    noons = (datetime.combine(start + timedelta(days=n), time(12), tzinfo=BANGKOK) for n in range(span))
    return max((due_on(noon, rule, holidays) - noon.date()).days for noon in noons)

"""A matter that is received is placed by the first rule that fits; an officer may decide otherwise, which is remembered."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.routing import Matter, codes_of
from portal.casework.routing_rules.models import CasePlaced, RoutingRule
from portal.casework.routing_rules.queries import last_placing, rules_of
from portal.casework.routing_rules.rules import Facts, first_fitting, fold
from portal.casework.topics import queries as topics
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day

#: Shown beside a due day that a standard time made earlier.
STANDARD = N_("The agency's own standard for such matters")


def facts_of(session: Session, kind: str, channel: str, topic_id: int | None, matter: Matter, *, urgent: bool) -> Facts:
    """What rules ask of a matter."""
    return Facts(kind, channel, topic_id, fold(matter.words), tuple(codes_of(matter)), urgent, topics.mission_of(session, topic_id))


def rule_for(session: Session, agency: Agency, facts: Callable[[], Facts]) -> RoutingRule | None:
    """The agency's rule that decides, None where none fits. ``facts`` is asked only where there are rules: finding places takes time."""
    rules = rules_of(session, agency.id)
    return first_fitting(((rule, rule.conditions) for rule in rules), facts()) if rules else None


def unit_of(session: Session, rule: RoutingRule | None) -> int | None:
    """The unit to which the rule leads today; None for the agency itself."""
    if rule is None or rule.unit is None:
        return None
    unit = agencies.successor_of(session, rule.unit) if rule.unit.is_closed else rule.unit
    if unit is None or unit.is_closed or unit.id == rule.agency_id or agencies.root_of(session, unit).id != rule.agency_id:
        return None
    return unit.id


def sooner(rule: RoutingRule | None, received_at: datetime, promised: date) -> date:
    """The due day by the rule's standard time, if it is earlier than what was promised."""
    if rule is None or rule.days is None:
        return promised
    return min(promised, office_day(received_at) + timedelta(days=rule.days))


def keep(session: Session, now: datetime, rule: RoutingRule, case_id: int, unit_id: int | None) -> CasePlaced:
    """Remember by which rule the case lies where it does."""
    placed = CasePlaced(case_id=case_id, rule_id=rule.id, unit_id=unit_id, at=now)
    session.add(placed)
    session.flush()
    return placed


def note_forwarded(session: Session, now: datetime, case_id: int) -> None:
    """An officer sent the case elsewhere."""
    placed = last_placing(session, case_id)
    if placed is not None and placed.overruled_at is None:
        placed.overruled_at = now


def note_given(session: Session, now: datetime, case_id: int, owner_id: int | None) -> None:
    """An officer gave the case to somebody, or took it: that overrules a rule that gave it to somebody else."""
    placed = last_placing(session, case_id)
    if placed is not None and placed.overruled_at is None and placed.officer_id not in (None, owner_id):
        placed.overruled_at = now

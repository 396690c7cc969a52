"""A received case is placed by the agency's routing rules (``docs/rules/routing.md``)."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.agencies.models import Agency
from portal.casework import policy
from portal.casework.models import Case, CaseQuarantine
from portal.casework.routing import Matter, matter_of
from portal.casework.routing_rules.models import RoutingRule
from portal.casework.routing_rules.placing import facts_of, keep, rule_for, unit_of
from portal.casework.rules import Act
from portal.casework.service.door import Extra, act_on
from portal.casework.service.submission import Checked
from portal.kernel.actor import SYSTEM


def rule_for_new(session: Session, agency: Agency, checked: Checked, topic_id: int | None) -> RoutingRule | None:
    """The rule that decides about a matter that is being received. A marked one starts above whoever it is about, by no rule."""
    if checked.about:
        return None
    matter = Matter(f"{checked.subject}\n{checked.body}", checked.place, checked.lat, checked.lon)
    return rule_for(session, agency, lambda: facts_of(checked.kind, checked.channel, topic_id, matter, urgent=checked.urgent))


def give(session: Session, now: datetime, case: Case, rule: RoutingRule) -> None:
    """Remember the rule, and give the case to the officer that it names if they may own it now. Not what lies in quarantine."""
    placed = keep(session, now, rule, case.id, case.unit_id)
    if rule.officer is None or rule.officer.disabled_at or session.get(CaseQuarantine, case.id):
        return
    if not policy.can_own(accounts.actor_for(session, rule.officer), case):
        return
    placed.officer_id = case.owner_id = rule.officer.id
    act_on(session, SYSTEM, now, case, Act.ASSIGN, Extra(detail={"owner": rule.officer.id, "owner_before": None, "rule": rule.id}))


def place_again(session: Session, now: datetime, case: Case) -> dict[str, int | None]:
    """The case reached another agency as such: to the unit that its rules name. What the history is told; owner and due day stay."""
    if case.guarded:
        return {}
    agency = session.get_one(Agency, case.agency_id)
    rule = rule_for(session, agency, lambda: facts_of(case.kind, case.channel, case.topic_id, matter_of(case), urgent=case.urgent))
    if rule is None:
        return {}
    case.unit_id = unit_of(session, rule)
    keep(session, now, rule, case.id, case.unit_id)
    return {"unit": case.unit_id, "rule": rule.id}

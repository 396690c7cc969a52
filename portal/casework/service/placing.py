"""A received case is placed by the agency's routing rules (``docs/rules/routing.md``)."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.absence.queries import absent_on
from portal.accounts.models import User
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
from portal.kernel.thai_calendar import office_day


def rule_for_new(session: Session, agency: Agency, checked: Checked, topic_id: int | None) -> RoutingRule | None:
    """The rule that decides about a matter that is being received. A marked one starts above whoever it is about, by no rule."""
    if checked.about:
        return None
    matter = Matter(f"{checked.subject}\n{checked.body}", checked.place, checked.lat, checked.lon)
    return rule_for(session, agency, lambda: facts_of(session, checked.kind, checked.channel, topic_id, matter, urgent=checked.urgent))


def give(session: Session, now: datetime, case: Case, rule: RoutingRule) -> None:
    """Remember the rule, and give the case to the officer that it names if they may own it now. Not what lies in quarantine."""
    placed = keep(session, now, rule, case.id, case.unit_id)
    if rule.officer is None or session.get(CaseQuarantine, case.id) is not None:
        return
    officer = _who_takes(session, now, rule.officer)
    if officer is None or officer.disabled_at or not policy.can_own(accounts.actor_for(session, officer), case):
        return
    placed.officer_id = case.owner_id = officer.id
    act_on(session, SYSTEM, now, case, Act.ASSIGN, Extra(detail={"owner": officer.id, "owner_before": None, "rule": rule.id}))


def _who_takes(session: Session, now: datetime, officer: User) -> User | None:
    """The officer, or while they are away and take nothing new, whoever stands in and is there."""
    away = absent_on(session, [officer.id], office_day(now)).get(officer.id)
    if away is None or away.takes_new:
        return officer
    substitute = away.substitute
    return None if substitute is None or absent_on(session, [substitute.id], office_day(now)) else substitute


def place_again(session: Session, now: datetime, case: Case) -> dict[str, int | None]:
    """The case reached another agency as such: to the unit that its rules name. What the history is told; owner and due day stay."""
    if case.guarded:
        return {}
    agency = session.get_one(Agency, case.agency_id)
    rule = rule_for(session, agency, lambda: facts_of(session, case.kind, case.channel, case.topic_id, matter_of(case), urgent=case.urgent))
    if rule is None:
        return {}
    case.unit_id = unit_of(session, rule)
    keep(session, now, rule, case.id, case.unit_id)
    return {"unit": case.unit_id, "rule": rule.id}

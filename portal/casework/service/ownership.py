"""Whose case it is: assign or take, start, forward."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.absence.queries import absent_on
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import policy
from portal.casework.models import Case, CaseEvent
from portal.casework.routing.models import CaseRouting
from portal.casework.routing_rules.placing import note_forwarded, note_given
from portal.casework.rules import Act, WordsKind, possible
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.service.placing import place_again
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

#: In the history: nobody has left, the assignment was taken back.
TAKEN_BACK = "taken_back"
#: The same: it was sent to an agency above.
RAISED = "raised"
RAISED_UP = N_("Raised to the agency above")
GIVEN_BACK = N_("The assignment was taken back, and the case waits for an officer")
AWAY = Message(N_("This person is away and takes no new cases; choose who stands in, or tick that you give it to them all the same"))


def assign(
    session: Session, actor: Actor, now: datetime, case: Case, assignee: User | None, *, row_version: int, anyway: bool = False
) -> CaseEvent:
    """Give the case to ``assignee``, or take it (None). The status becomes assigned; waiting and answered ones stay so.

    Raises ``Invalid`` for "assignee" when that person may not own the case, or is away and takes no new ones, unless ``anyway``;
    ``NotAllowed``, ``StaleCase``, ``Conflict``.
    """
    mine = assignee is None or assignee.id == actor.user_id
    allow(policy.can_take(actor, case) if mine else policy.can_assign(actor, case))
    if assignee is not None:
        _check_candidate(session, case, assignee)
        _check_there(session, actor, now, case, assignee, anyway)
    expect(session, case, row_version)
    before, case.owner_id = case.owner_id, assignee.id if assignee else actor.user_id
    if not case.escalation_level:  # who judges a contested outcome is no question of the table
        note_given(session, now, case.id, case.owner_id)
    act = Act.HAND_OVER if possible(Act.HAND_OVER, case.status) else Act.ASSIGN
    return act_on(session, actor, now, case, act, Extra(detail={"owner": case.owner_id, "owner_before": before}))


def give_back(session: Session, actor: Actor, now: datetime, case: Case, *, row_version: int) -> CaseEvent:
    """Take an assignment back that found no owner: the case waits among those without one, in the status it has."""
    allow(policy.can_own(actor, case) and (policy.can_assign(actor, case) or case.owner_id == actor.user_id))
    expect(session, case, row_version)
    before, case.owner_id = case.owner_id, None
    return act_on(session, actor, now, case, Act.RELEASE, Extra(detail={"owner_before": before, TAKEN_BACK: True}))


def _check_candidate(session: Session, case: Case, assignee: User) -> None:
    candidate = accounts.actor_for(session, assignee)
    if policy.is_barred(candidate, case):
        raise Invalid({"assignee": [Message(N_("This person answered or closed the case before; somebody else must look at it"))]})
    # Whom a case must be kept from is refused in the same words as a stranger, so that nobody learns of it here.
    if assignee.disabled_at or not policy.can_own(candidate, case):
        raise Invalid({"assignee": [Message(N_("This person cannot be given cases of this agency"))]})


def _check_there(session: Session, actor: Actor, now: datetime, case: Case, assignee: User, anyway: bool) -> None:
    if anyway or assignee.id in (actor.user_id, case.owner_id):
        return
    away = absent_on(session, [assignee.id], office_day(now)).get(assignee.id)
    if away is not None and not away.takes_new:
        raise Invalid({"assignee": [AWAY]})


def start(session: Session, actor: Actor, now: datetime, case: Case, *, row_version: int) -> CaseEvent:
    """Say that work has begun."""
    allow(policy.can_work(actor, case))
    expect(session, case, row_version)
    return act_on(session, actor, now, case, Act.START)


def forward(session: Session, actor: Actor, now: datetime, case: Case, target: Agency, reason: str, *, row_version: int) -> CaseEvent:
    """Send the case to another unit of the agency (its owner stays) or to another agency (received anew there).

    The due day never moves; every hop is counted. The owner stays named until the receiver assigns somebody.
    """
    allow(policy.can_work(actor, case))
    body = required("reason", reason, Message(N_("Write whose matter it is and why")))
    expect(session, case, row_version)
    return send(session, actor, now, case, target, body)


def send(
    session: Session, actor: Actor, now: datetime, case: Case, target: Agency, body: str, more: Mapping[str, bool] | None = None
) -> CaseEvent:
    """Move the case, once policy and version are settled. ``more`` goes into the history beside the places."""
    holder = agencies.root_of(session, target)
    if target.is_closed or holder.is_closed:
        raise Invalid({"target": [Message(N_("Choose one that is not closed"))]})
    unit_id = None if holder.id == target.id else target.id
    if (holder.id, unit_id) == (case.agency_id, case.unit_id):
        raise Invalid({"target": [Message(N_("The case is there already"))]})
    detail: dict[str, Any] = {"agency_before": case.agency_id, "unit_before": case.unit_id, "agency": holder.id, "unit": unit_id}
    detail |= more or {}
    act = Act.FORWARD_UNIT if holder.id == case.agency_id else Act.FORWARD_AGENCY
    if act is Act.FORWARD_AGENCY:  # topics are an agency's own
        detail["topic_before"], case.topic_id = case.topic_id, None
        if case.pool:
            session.add(CaseRouting(case_id=case.id, agency_id=holder.id, at=now))
    note_forwarded(session, now, case.id)
    case.agency_id, case.unit_id, case.hops, case.pool = holder.id, unit_id, case.hops + 1, False
    if act is Act.FORWARD_AGENCY and unit_id is None:
        detail |= place_again(session, now, case)
    return act_on(session, actor, now, case, act, Extra([Said(WordsKind.FORWARD, body)], detail))

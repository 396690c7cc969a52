"""The citizen's last word: contest, confirm, withdraw, take back the consent to publish."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import policy
from portal.casework.clock.days import begin_anew
from portal.casework.models import Case, CaseBarred, CaseEvent
from portal.casework.rules import ANSWERING, Act, PublicState, WordsKind, checked, may_contest
from portal.casework.search import KIND
from portal.casework.service.door import FOR, Extra, Said, act_on, allow
from portal.casework.service.judging import choose_judge
from portal.casework.service.merging import let_go
from portal.casework.service.signing import PROPOSER
from portal.casework.service.succession import to_open_agency
from portal.casework.texts import as_written, optional
from portal.index import service as index
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message


def contest(session: Session, actor: Actor, now: datetime, case: Case, body: str = "") -> CaseEvent:
    """The citizen does not accept the outcome: it goes one level up to somebody else, and the clock starts anew.

    Raises ``Conflict`` when there is no outcome or 30 days have passed. First due day and first answer stay as they were.
    """
    allow(policy.can_speak_for_citizen(actor, case))
    words = optional("body", body, read=as_written)
    checked(Act.CONTEST, case.status)
    if case.outcome_at is None or not may_contest(now, case.outcome_at):
        raise Conflict(Message(N_("The time to contest this outcome has passed; please send a new case")))
    if case.upheld_at is not None:
        raise Conflict(
            Message(N_("Somebody outside the agency has let this outcome stand; please send a new case if there is something new"))
        )
    detail: dict[str, Any] = {"owner_before": case.owner_id, "disposition_before": case.disposition.value if case.disposition else None}
    _bar_who_decided(session, case)
    detail |= to_open_agency(session, case)
    _one_level_up(session, now, case)
    detail |= choose_judge(session, now, case)
    return act_on(session, actor, now, case, Act.CONTEST, Extra([Said(WordsKind.CONTEST, words)], detail))


def _bar_who_decided(session: Session, case: Case) -> None:
    """Who did it, the absent owner in whose name it was done, and who had written what somebody else signed."""
    decided = select(CaseEvent.actor_id, CaseEvent.detail).where(CaseEvent.case_id == case.id, CaseEvent.act.in_(ANSWERING))
    known = {row.user_id for row in case.barred}
    rows = [row for row in session.execute(decided) if row.actor_id is not None]
    hands = [user_id for row in rows for user_id in (row.actor_id, row.detail.get(FOR), row.detail.get(PROPOSER))]
    deciders = {user_id for user_id in hands if user_id is not None}
    case.barred.extend(CaseBarred(user_id=user_id) for user_id in sorted(deciders - known))


def _one_level_up(session: Session, now: datetime, case: Case) -> None:
    case.owner_id, case.escalation_level = None, case.escalation_level + 1
    case.unit_id = _above(session, case)
    case.disposition = case.closed_at = case.confirmed_at = None
    begin_anew(session, now, case, session.get_one(Agency, case.agency_id))


def _above(session: Session, case: Case) -> int | None:
    """The open unit above the one where it lay; None for the agency itself, also where the unit lies elsewhere by now."""
    above = agencies.ancestors(session, session.get_one(Agency, case.unit_id)) if case.unit_id is not None else []
    if case.agency not in above:
        return None
    return next((one.id for one in above[: above.index(case.agency)] if not one.is_closed), None)


def confirm(session: Session, actor: Actor, now: datetime, case: Case) -> CaseEvent:
    """The citizen says that the matter is settled."""
    allow(policy.can_speak_for_citizen(actor, case))
    case.confirmed_at = now
    return act_on(session, actor, now, case, Act.CONFIRM)


def withdraw(session: Session, actor: Actor, now: datetime, case: Case, reason: str = "", *, pressed: bool = False) -> CaseEvent:
    """The citizen takes the case back; ``pressed`` says that somebody made them."""
    allow(policy.can_speak_for_citizen(actor, case))
    words = optional("reason", reason, read=as_written)
    case.withdrawn_pressed = pressed
    event = act_on(session, actor, now, case, Act.WITHDRAW, Extra([Said(WordsKind.WITHDRAWAL, words)], {"pressed": pressed}))
    let_go(session, now, case)
    return event


def withdraw_consent(session: Session, actor: Actor, now: datetime, case: Case) -> CaseEvent:
    """The citizen takes back the consent to publish: a published text becomes a tombstone, a proposed one goes."""
    allow(policy.can_speak_for_citizen(actor, case))
    case.publish_consent = False
    if case.public is not None:
        case.public.state, case.public.updated_at = PublicState.WITHDRAWN, now
        index.remove(session, KIND, case.number)  # at once: no queue of mails may stand before it
    return act_on(session, actor, now, case, Act.WITHDRAW_CONSENT)

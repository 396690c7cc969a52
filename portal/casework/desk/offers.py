"""What an officer is offered on a case: the same policy and the same table of moves that the services ask."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework import policy
from portal.casework.clock.options import EXTENSIONS_MOST
from portal.casework.contributing.policy import can_ask
from portal.casework.contributing.rules import PartState
from portal.casework.models import Case
from portal.casework.raising.policy import can_raise
from portal.casework.raising.queries import above
from portal.casework.rules import Act, PublicState, possible
from portal.casework.snooze.rules import may_rest
from portal.kernel.actor import Actor
from portal.kernel.thai_calendar import office_day

Question = Callable[[Actor, Case], bool]


def _may_assign(actor: Actor, case: Case) -> bool:
    return policy.can_assign(actor, case) or (policy.can_take(actor, case) and case.owner_id != actor.user_id)


def _may_publish(actor: Actor, case: Case) -> bool:
    return policy.can_publish(actor, case) and policy.may_be_public(case)


def _may_withdraw(actor: Actor, case: Case) -> bool:
    return policy.can_publish(actor, case) and case.public is not None and case.public.state is PublicState.PUBLISHED


def _may_unmask(actor: Actor, case: Case) -> bool:
    return policy.can_unmask(actor, case) and case.identity is not None


def _may_unmark(actor: Actor, case: Case) -> bool:
    return policy.can_assign(actor, case) and case.guarded


def _may_number(actor: Actor, case: Case) -> bool:
    return policy.can_work(actor, case) and case.referral is not None


def _may_snooze(actor: Actor, case: Case) -> bool:
    return may_rest(case.status, urgent=case.urgent) and policy.can_work(actor, case)


def _may_wake(actor: Actor, case: Case) -> bool:
    return case.snooze is not None and case.is_open and policy.can_work(actor, case)


def _may_pause(actor: Actor, case: Case) -> bool:
    return policy.can_work(actor, case) and case.paused_until is None


def _may_resume(actor: Actor, case: Case) -> bool:
    return policy.can_work(actor, case) and case.paused_until is not None


def _may_extend(actor: Actor, case: Case) -> bool:
    return policy.can_assign(actor, case) and case.paused_until is None


def _may_recall(actor: Actor, case: Case) -> bool:
    return can_ask(actor, case) and any(part.state is PartState.WAITING for part in case.contributions)


#: Each verb with whom it is for, and the acts of which one must fit the status (none: it is no act of the case); in the order of the page.
VERBS: dict[str, tuple[Question, tuple[Act, ...]]] = {
    "assign": (_may_assign, (Act.ASSIGN, Act.HAND_OVER)),
    "start": (policy.can_work, (Act.START,)),
    "reply": (policy.can_work, (Act.REPLY,)),
    "ask": (policy.can_work, (Act.ASK,)),
    "ask_contribution": (can_ask, (Act.ASK_CONTRIBUTION,)),
    "close": (policy.can_work, (Act.CLOSE,)),
    "note": (policy.can_see, (Act.NOTE,)),
    "tag": (policy.can_see, ()),
    "snooze": (_may_snooze, ()),
    "unsnooze": (_may_wake, ()),
    "forward": (policy.can_work, (Act.FORWARD_UNIT, Act.FORWARD_AGENCY)),
    "raise": (can_raise, (Act.FORWARD_UNIT, Act.FORWARD_AGENCY)),
    "refer": (policy.can_work, (Act.REFER,)),
    "reference": (_may_number, (Act.NOTE,)),
    "pause": (_may_pause, (Act.PAUSE,)),
    "resume": (_may_resume, (Act.RESUME,)),
    "extend": (_may_extend, (Act.EXTEND,)),
    "decline": (policy.can_work, (Act.DECLINE,)),
    "merge": (policy.can_assign, (Act.MERGE,)),
    "unmerge": (policy.can_assign, (Act.UNMERGE,)),
    "publish": (_may_publish, (Act.PUBLISH,)),
    "withdraw_publication": (_may_withdraw, (Act.WITHDRAW_PUBLICATION,)),
    "mark_about": (policy.can_assign, (Act.MARK_ABOUT,)),
    "unmark_about": (_may_unmark, (Act.UNMARK_ABOUT,)),
    "unmask": (_may_unmask, (Act.UNMASK,)),
    "recall_contribution": (_may_recall, (Act.RECALL_CONTRIBUTION,)),
}


def offered(actor: Actor, case: Case) -> list[str]:
    """The verbs that the officer may use now, in the order of the page."""
    return [verb for verb, (may, acts) in VERBS.items() if _fits(acts, case) and may(actor, case)]


def _fits(acts: tuple[Act, ...], case: Case) -> bool:
    return not acts or any(possible(act, case.status) for act in acts)


def offered_now(session: Session, actor: Actor, now: datetime, case: Case) -> list[str]:
    """The same without what the day or the agency's settings forbid: nothing moves a due day that has passed, or for the last time."""
    verbs = offered(actor, case)
    gone = {"pause", "extend"} if office_day(now) > case.due_on else set()
    if "extend" in verbs and case.extensions and case.extensions >= int(value_of(session, EXTENSIONS_MOST, case.agency_id)):
        gone.add("extend")
    if "raise" in verbs and not raisable(session, case):
        gone.add("raise")
    return [verb for verb in verbs if verb not in gone]


def raisable(session: Session, case: Case) -> list[Agency]:
    """Where a case may be raised to now: while it is contested, not out of the agency."""
    out = possible(Act.FORWARD_AGENCY, case.status)
    return [agency for agency in above(session, case) if out or agency.id == case.agency_id]

"""One act on one case, through the ordinary service; the same for looking, for doing and for what was held back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.casework.bulk.rules import Plan, What
from portal.casework.models import Case
from portal.casework.service.door import expect
from portal.casework.service.outcome import close
from portal.casework.service.ownership import assign, give_back
from portal.casework.service.talk import reply
from portal.casework.snooze.queries import rests_now
from portal.casework.snooze.service import snooze, unsnooze
from portal.casework.tags.service import put_on, take_off_by_id
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

#: What a case can refuse; everything else is a fault of ours.
REFUSALS = (Conflict, Invalid, NotAllowed, NotFound)
_NOT_YOURS = Message(N_("You may not do this with this case"))
_RESTS = Message(N_("It is laid by already"))
_TAGGED = Message(N_("It carries these tags already"))
_NO_WORDS = Message(N_("This ready reply is not for this kind of matter, or not of this agency"))
_CHANGED = Message(N_("The case has changed since, so it stays as it is"))


@dataclass(frozen=True)
class Did:
    """What taking it back needs."""

    before_id: int | None = None
    tag_ids: Sequence[int] = ()


def do(session: Session, actor: Actor, now: datetime, plan: Plan, case: Case, version: int, body: str = "") -> Did:
    """Do it, for the version that the officer saw. Raises one of ``REFUSALS``."""
    match plan.what:
        case What.ASSIGN:
            before, assignee = case.owner_id, session.get(User, plan.assignee_id) if plan.assignee_id else None
            assign(session, actor, now, case, assignee, row_version=version)
            return Did(before)
        case What.TAG:
            fresh = put_on(session, actor, now, case, plan.tags)
            if not fresh:
                raise Conflict(_TAGGED)
            return Did(tag_ids=[tag.id for tag in fresh])
        case What.SNOOZE:
            expect(session, case, version)
            if rests_now(case, office_day(now)):
                raise Conflict(_RESTS)
            snooze(session, actor, now, case, plan.until, plan.reason)
        case What.REPLY:
            if not body:
                raise Conflict(_NO_WORDS)
            reply(session, actor, now, case, body, row_version=version, publish=plan.publish and case.publish_consent)
        case What.CLOSE:
            words = {"result": plan.result, "disposition": plan.disposition, "reason": plan.reason, "proof": plan.proof}
            close(session, actor, now, case, **words, row_version=version)
    return Did()


def undo(session: Session, actor: Actor, now: datetime, what: What, case: Case, after: int, did: Did) -> None:
    """Take it back by the act that compensates it. Raises one of ``REFUSALS``."""
    match what:
        case What.ASSIGN:
            if case.row_version != after:
                raise Conflict(_CHANGED)
            before = session.get(User, did.before_id) if did.before_id else None
            if before is None:
                give_back(session, actor, now, case, row_version=after)
            else:
                assign(session, actor, now, case, before, row_version=after, anyway=True)
        case What.TAG:
            take_off_by_id(session, actor, case, did.tag_ids)
        case What.SNOOZE:
            if not unsnooze(session, actor, now, case):
                raise Conflict(_CHANGED)
        case _:
            raise Conflict(_CHANGED)


def told(refused: Exception) -> Message:
    """Why a case refused, in one sentence."""
    if isinstance(refused, NotAllowed | NotFound):
        return _NOT_YOURS
    if isinstance(refused, Invalid):
        return next((messages[0] for messages in refused.fields.values() if messages), refused.message)
    assert isinstance(refused, Conflict)
    return refused.message

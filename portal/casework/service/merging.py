"""One matter, several senders: merge, and undo it. In words: ``docs/rules/between.md``."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework import policy
from portal.casework.models import Case, CaseEvent
from portal.casework.queries.merging import merged_at
from portal.casework.rules import Act, WordsKind
from portal.casework.rules.merging import fault, undone_until
from portal.casework.service.apart import share_marks
from portal.casework.service.collecting import must_not_owe
from portal.casework.service.door import Extra, Said, act_on, allow, expect
from portal.casework.service.succession import to_open_agency
from portal.casework.texts import required
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day


def merge(session: Session, actor: Actor, now: datetime, case: Case, into: Case, reason: str, *, row_version: int) -> CaseEvent:
    """Let the matter go on in another case of the agency; this one's sender keeps the receipt and sees where it went on."""
    allow(policy.can_assign(actor, case) and policy.can_see(actor, into))
    body = required("reason", reason, Message(N_("Write why they are one matter")))
    must_not_owe(session, case)
    expect(session, case, row_version)
    if wrong := fault((case.id, case.agency_id), (into.id, into.agency_id), into.status):
        raise Invalid({"into": [wrong]})
    case.merged_into_id = into.id
    event = act_on(session, actor, now, case, Act.MERGE, Extra([Said(WordsKind.MERGE, body)], {"into": into.id}))
    share_marks(session, actor, now, case)
    return event


def unmerge(session: Session, actor: Actor, now: datetime, case: Case, reason: str, *, row_version: int) -> CaseEvent:
    """Let the case go on by itself again, with the owner and the days that it had; the sender reads why.

    Raises ``Conflict`` once 30 days have passed.
    """
    allow(policy.can_assign(actor, case))
    body = required("reason", reason, Message(N_("Write why it is another matter; the sender reads this")))
    expect(session, case, row_version)
    when = merged_at(session, case)
    if when is not None and office_day(now) > undone_until(when):
        raise Conflict(Message(N_("The 30 days in which a merge can be undone have passed")))
    return _alone(session, actor, now, case, Extra([Said(WordsKind.UNMERGE, body)]))


def let_go(session: Session, now: datetime, case: Case) -> None:
    """The case is withdrawn: those that were merged into it go on by themselves."""
    for one in session.scalars(select(Case).where(Case.merged_into_id == case.id).order_by(Case.id)):
        _alone(session, SYSTEM, now, one, Extra())


def _alone(session: Session, actor: Actor, now: datetime, case: Case, extra: Extra) -> CaseEvent:
    """Where it lay and whose it was, unless these are gone by now."""
    detail: dict[str, Any] = {"from": case.merged_into_id, "owner_before": case.owner_id, **to_open_agency(session, case)}
    case.merged_into_id = None
    owner = session.get(User, case.owner_id) if case.owner_id is not None else None
    if owner is not None and (owner.disabled_at or not policy.can_own(accounts.actor_for(session, owner), case)):
        case.owner_id = None
    return act_on(session, actor, now, case, Act.UNMERGE, Extra(extra.said, detail))

"""Out of quarantine: released into the queue, or refused as abuse with a reason. In words: ``docs/rules/abuse.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy
from portal.casework.models import Case, CaseEvent, CaseQuarantine
from portal.casework.queries.aside import quarantine_of
from portal.casework.rules import Act, WordsKind
from portal.casework.rules.abuse import Verdict
from portal.casework.service.door import Extra, Said, act_on, allow, taken_up
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message

REFUSED = "case.refused_as_abuse"


def release(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    """Into the queue, as if nothing had been; the mail about the receipt goes out now.

    Raises ``Conflict`` if somebody decided it meanwhile.
    """
    allow(policy.can_assign(actor, case))
    _lying(session, case)
    taken_up(session, actor, now, case)
    session.flush()


def refuse(session: Session, actor: Actor, now: datetime, case: Case, reason: str) -> CaseEvent:
    """Not taken up as abuse, and the sender reads why; it counts as received and never as answered. Raises as ``release`` does."""
    allow(policy.can_assign(actor, case))
    words = required("reason", reason, Message(N_("Write why; each sender reads this on the tracking page")))
    row = _lying(session, case)
    row.decided_at, row.decided_by_id, row.verdict = now, actor.user_id, Verdict.REFUSED
    audit.record(session, actor, now, REFUSED, "case", case.number, agency_id=case.agency_id)
    return act_on(session, actor, now, case, Act.DECLINE, Extra([Said(WordsKind.DECLINE, words)], {"abuse": True}, answers=False))


def is_mail_withheld(session: Session, case: Case, event: CaseEvent) -> bool:
    """True for mails that would go to an address which a flood has typed in.

    The receipt of a case that was ever put aside leaves with its release only, also where the worker comes to the receipt after that.
    """
    if event.act is Act.SUBMIT:
        return session.get(CaseQuarantine, case.id) is not None
    return bool(event.detail.get("abuse"))


def _lying(session: Session, case: Case) -> CaseQuarantine:
    row = quarantine_of(session, case)
    if row is None:
        raise Conflict(Message(N_("Somebody has decided this one already")))
    return row

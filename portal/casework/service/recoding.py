"""A new code for a case whose sender has lost the old one. In words: ``docs/rules/calls.md``."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy, receipts
from portal.casework.models import Case, SubmissionKey
from portal.casework.rules import Act, Anonymity, WordsKind
from portal.casework.rules.recoding import AT_THE_COUNTER, Identified
from portal.casework.service.door import Extra, Said, act_on, allow
from portal.casework.texts import required
from portal.kernel.actor import CITIZEN, Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.kernel.receipt_code import format_code
from portal.outbox import service as outbox

REPLACED = "case.code_replaced"


def replace_code(session: Session, actor: Actor, now: datetime, keyring: Keyring, case: Case, how: str, reason: str) -> str:
    """The officer's way: the new code in five groups. Show it only after the unit of work has committed.

    Raises ``Invalid`` for "how" and "reason", ``Conflict`` for a case without a name.
    """
    allow(policy.can_replace_code(actor, case))
    check_has_name(case)
    if how not in AT_THE_COUNTER:
        raise Invalid({"how": [Message(N_("Choose how you know that it is the sender"))]})
    words = required("reason", reason, Message(N_("Write why the code is replaced")))
    return _replace(session, actor, now, keyring, case, Identified(how), words)


def replace_by_mail(session: Session, now: datetime, keyring: Keyring, case: Case) -> str:
    """The sender's way, for who holds the link that was mailed to the address of the case."""
    check_has_name(case)
    return _replace(session, CITIZEN, now, keyring, case, Identified.MAIL, "")


def check_has_name(case: Case) -> None:
    """Raise ``Conflict`` where nobody could be told from somebody else."""
    if case.anonymity is Anonymity.ANONYMOUS or case.identity is None:
        raise Conflict(Message(N_("No name is kept for this case, so nobody can be known as its sender: its code cannot be replaced")))


def _replace(session: Session, actor: Actor, now: datetime, keyring: Keyring, case: Case, how: Identified, words: str) -> str:
    issued = receipts.issue(keyring)
    case.receipt_key_id, case.receipt_hash = issued.key_id, issued.hash
    # what is kept for repeats and for the first mail is the old code
    session.execute(update(SubmissionKey).where(SubmissionKey.case_id == case.id).values(receipt_enc=None))
    said = [Said(WordsKind.NOTE, words)] if words else []
    event = act_on(session, actor, now, case, Act.NOTE, Extra(said, {"code": how.value}))
    audit.record(session, actor, now, REPLACED, "case", case.number, agency_id=case.agency_id, detail={"how": how.value})
    outbox.announce(session, REPLACED, now, case_id=case.id, event_id=event.id)
    return format_code(issued.code)

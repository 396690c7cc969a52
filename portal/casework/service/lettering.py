"""Words that are in the sender's picture: typed beside the case, called wrong, typed anew. In words: ``docs/rules/letters.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy
from portal.casework.models import Case, CaseLetter
from portal.casework.service.door import allow
from portal.casework.texts import as_written, optional, required
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message

#: What stands where the sender wrote no subject, by the case's language.
UNTITLED = {"th": "(จดหมายในภาพที่แนบ)", "en": "(Letter in the attached picture)"}
TYPED, CALLED_WRONG = "case.letter_typed", "case.letter_called_wrong"


def type_letter(session: Session, actor: Actor, now: datetime, case: Case, body: str) -> CaseLetter:
    """Put what stands in the picture beside the case; typed anew it takes the place of what was there. Raises ``Invalid`` for "body"."""
    allow(policy.can_see(actor, case))
    letter = _of(case)
    letter.body = required("body", body, Message(N_("Type the words as they stand in the picture")), read=as_written)
    letter.typed_at, letter.typed_by_id, letter.wrong_at, letter.wrong_words = now, actor.user_id, None, ""
    session.flush()
    audit.record(session, actor, now, TYPED, "case", case.number, agency_id=case.agency_id)
    return letter


def call_letter_wrong(session: Session, actor: Actor, now: datetime, case: Case, words: str) -> CaseLetter:
    """The sender says that the typed words are not those of the picture, and perhaps what is wrong."""
    allow(policy.can_speak_for_citizen(actor, case))
    letter, said = _of(case), optional("wrong", words, read=as_written)
    if letter.typed_at is None:
        raise Conflict(Message(N_("Nobody has typed the words yet")))
    letter.wrong_at, letter.wrong_words = now, said
    session.flush()
    audit.record(session, actor, now, CALLED_WRONG, "case", case.number, agency_id=case.agency_id)
    return letter


def _of(case: Case) -> CaseLetter:
    if case.letter is None or case.words_erased_at is not None:
        raise Conflict(Message(N_("The words of this case are not in a picture, or were erased")))
    return case.letter

"""All words of a case that everybody can read now: the public text, and what rooms above show of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.exposed.holders import elsewhere
from portal.casework.exposed.rules import without
from portal.casework.models import Case
from portal.casework.rules import PublicState
from portal.casework.search import KIND
from portal.casework.service.proposal import redactions_in
from portal.casework.texts import SUBJECT_MOST
from portal.db.revision import raise_public_revision
from portal.index import service as index
from portal.kernel.errors import NotFound

PARTS = ("subject", "body", "answer")


def public_words(session: Session, case: Case) -> list[str]:
    """Every text. Raises ``NotFound`` where nothing is public."""
    public, found = case.public, [text for words in elsewhere(session, case) for text in words.texts]
    if public is not None and public.state is PublicState.PUBLISHED and case.publish_consent and not case.guarded:
        found = [public.subject, public.body, public.answer, *found]
    if not found:
        raise NotFound
    return found


def replace_everywhere(session: Session, now: datetime, case: Case, old: str, new: str) -> None:
    """In the public text, in one that waits to take its place, and above; every copy is read from these."""
    for words in elsewhere(session, case):
        if (changed := [without(text, old, new) for text in words.texts]) != list(words.texts):
            words.put(session, now, changed)
    for text in (case.public, case.public_draft):
        if text is None:
            continue
        for part in PARTS:
            setattr(text, part, without(getattr(text, part), old, new))
        text.subject = text.subject[: SUBJECT_MOST * 2]
        text.redactions = redactions_in(text.subject, text.body, text.answer)
    if case.public is not None:
        case.public.updated_at = now
        index.remove(session, KIND, case.number)  # found again, without the passage, when the worker has read it
    raise_public_revision(session)
    session.flush()

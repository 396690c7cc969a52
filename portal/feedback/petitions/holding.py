"""The text of a petition among the public words of its case: what somebody reports there is hidden there (``docs/rules/exposed.md``)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.exposed.holders import PublicWords
from portal.casework.models import Case
from portal.feedback.petitions import queries
from portal.feedback.petitions.search import KIND
from portal.feedback.petitions.service.answering import CHANGED
from portal.index import service as index
from portal.outbox import service as outbox

#: Characters that a title has room for, marks included.
TITLE_STORED = 400


def words_of(session: Session, case: Case) -> PublicWords | None:
    """Title and text, while everybody can read them."""
    petition = queries.of_case(session, case.id) if case.collects else None
    if petition is None or not queries.is_shown(petition):
        return None

    def put(session: Session, now: datetime, texts: Sequence[str]) -> None:
        petition.title, petition.text = texts[0][:TITLE_STORED], texts[1]
        petition.updated_at = now
        index.remove(session, KIND, petition.slug)  # found again, without the passage, when the worker has read it
        outbox.announce(session, CHANGED, now, petition_id=petition.id)

    return PublicWords((petition.title, petition.text), put)

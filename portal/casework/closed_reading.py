"""What readers outside the agency see of a case: the words of both sides, oldest first, with what tells who the sender is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import queries
from portal.casework.closed_words import closing
from portal.casework.models import Case
from portal.casework.questions.queries import answers_of
from portal.casework.rules import Act
from portal.casework.service import said_by_sender
from portal.kernel.keyring import Keyring
from portal.web.forms import say
from portal.web.language import language


@dataclass(frozen=True)
class Said:
    """One act with its words. ``files`` is how many were added; none can be opened here."""

    act: Act
    at: datetime
    words: Sequence[str]
    files: int


@dataclass(frozen=True)
class Reading:
    """The case as they see it."""

    subject: str
    body: str
    acts: Sequence[Said]
    #: Question and answer.
    answers: Sequence[tuple[str, str]] = ()


def reading(session: Session, keyring: Keyring, case: Case) -> Reading:
    """Names, numbers and addresses are closed as for the public, and the sender's own name wherever it stands."""
    closed = closing(keyring, case)
    files = [row.event_id for row in queries.files_of(session, case, for_citizen=True)]
    events = [event for event in queries.history(session, case, for_citizen=True) if event.words or event.act is Act.CONTEST]
    shown = {row.id for row in queries.words_of(session, case, for_citizen=True)}
    acts = [
        Said(event.act, event.at, [closed(row.body) for row in event.words if row.id in shown and row.body], files.count(event.id))
        for event in events
    ]
    answers = [(one.question(language()), closed(say(one.words(language())))) for one in answers_of(session, case)]
    return Reading(closed(case.subject), closed(said_by_sender(case)), acts, answers)

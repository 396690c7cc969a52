"""Files that a program adds to a case, one a call."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework import queries
from portal.casework import service as casework
from portal.casework.models import Case, CaseFile
from portal.casework.options import FILES_MOST
from portal.casework.rules import Act, checked
from portal.feedback.journey import AGENCY_WORDS
from portal.files import service as files
from portal.files.models import StoredFile
from portal.files.rules import too_many
from portal.files.service import Received
from portal.kernel.actor import CITIZEN, ActorKind
from portal.kernel.errors import Invalid


def check_room(session: Session, case: Case) -> None:
    """Raise ``Conflict`` if the case takes nothing any more, ``Invalid`` if enough files came since the agency last said something."""
    checked(Act.CITIZEN_ADD, case.status)
    spoke = max((words.event_id for words in queries.words_of(session, case) if words.kind in AGENCY_WORDS), default=0)
    most = value_of(session, FILES_MOST)
    if sum(file.event_id > spoke for file in _of_sender(session, case)) >= most:
        raise Invalid({"file": [too_many(most)]})


def add_file(session: Session, now: datetime, case: Case, received: Received) -> StoredFile:
    """Inside a unit of work: the file becomes part of the case. The same bytes again are the same file, so a repeat adds nothing."""
    for known in _of_sender(session, case):
        if known.file.original_sha256 == received.original_sha256:
            return known.file
    check_room(session, case)
    stored = files.keep(session, now, received)
    casework.citizen_add(session, CITIZEN, now, case, "", file_ids=[stored.id])
    return stored


def _of_sender(session: Session, case: Case) -> list[CaseFile]:
    return [file for file in queries.files_of(session, case, for_citizen=True) if file.added_by is not ActorKind.USER]

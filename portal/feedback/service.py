"""Handing in: the files, words and token of a form become one case, or the same receipt once more; words are added once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import queries
from portal.casework import service as casework
from portal.casework.models import Case, CaseWords
from portal.casework.rules import KeyScope, WordsKind
from portal.casework.rules.abuse import Arrival
from portal.casework.service import Receipt, Submission
from portal.casework.texts import as_written
from portal.feedback.tokens import LASTS
from portal.feedback.transcribing import pictured
from portal.files import queries as file_queries
from portal.files import service as files
from portal.files.models import StoredFile
from portal.files.rules import FILES_MOST, gone
from portal.files.service import Received
from portal.kernel.actor import VISITOR, ActorKind
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring

_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{8,32}")


@dataclass(frozen=True)
class Handed:
    """Files of one sending: those that came now, and the ids of those that waited already and were ticked again."""

    under: str  # the hash of the form's token
    received: Sequence[Received] = ()
    kept: Sequence[str] = ()
    most: int = FILES_MOST


def plausible(public_ids: Sequence[str], most: int = FILES_MOST) -> list[str]:
    """Those that can be ids of files at all, each once, no more than a form can hold."""
    return list(dict.fromkeys(text for text in public_ids if _PUBLIC_ID.fullmatch(text)))[:most]


def wait(session: Session, now: datetime, handed: Handed) -> list[StoredFile]:
    """Keep the files of an unfinished form for two hours, let go of those that were unticked, and give all that are left."""
    for file in file_queries.staged(session, handed.under):
        if file.public_id not in handed.kept:
            files.unstage(session, now, handed.under, file.public_id)
    kept = _kept(session, handed)
    known = {file.original_sha256 for file in kept}  # a file that is sent again is the file that is there already
    new = [files.stage(session, now, file, handed.under, handed.most) for file in handed.received if file.original_sha256 not in known]
    return [*kept, *new]


def all_of(session: Session, now: datetime, handed: Handed) -> list[StoredFile]:
    """``wait``, but raises ``Invalid`` if a file that the sender saw on the page has been swept meanwhile."""
    rows = wait(session, now, handed)
    if set(handed.kept) - {row.public_id for row in rows}:
        raise Invalid({"files": [gone()]})
    return rows


def attach(session: Session, now: datetime, handed: Handed, rows: Sequence[StoredFile]) -> None:
    """Take the files out of the sweeper's reach."""
    if rows:
        files.attach(session, now, handed.under, [row.public_id for row in rows])


def hand_in(
    session: Session,
    now: datetime,
    keyring: Keyring,
    submission: Submission,
    home: Agency,
    token_id: str,
    handed: Handed,
    arrival: Arrival | None = None,
    page_made_at: datetime | None = None,
) -> Receipt:
    """Inside a unit of work: the case with its files, or the receipt that this token gave before. ``arrival`` is weighed.

    Raises what ``all_of`` and ``casework.service.submit`` raise.
    """
    rows = all_of(session, now, handed)
    receipt = casework.submit(
        session,
        VISITOR,
        now,
        keyring,
        submission,
        casework.agency_of(session, submission),
        scope=KeyScope.FORM,
        key=token_id,
        home_agency=home,
        file_ids=[row.id for row in rows],
        arrival=arrival,
        page_made_at=page_made_at,
    )
    if not receipt.repeated:
        attach(session, now, handed, rows)
        _want_words(session, receipt)
    return receipt


def _want_words(session: Session, receipt: Receipt) -> None:
    """What is in a picture only stands among what officers type."""
    case = queries.by_number(session, receipt.case_number)
    if case is not None and case.letter is not None:
        pictured.want_typed(session, case)


def is_repeat(session: Session, now: datetime, case: Case, kind: WordsKind, body: str, rows: Sequence[StoredFile] = ()) -> bool:
    """True if the sender's last words of this kind were these very ones, not long ago, and no file of ``rows`` is new to the case.

    A second press sends the same bytes again, so files are compared by what was sent.
    """
    if rows and not {row.original_sha256 for row in rows} <= _sent_with(session, rows):
        return False
    mine = select(CaseWords).where(CaseWords.case_id == case.id, CaseWords.kind == kind, CaseWords.author_kind == ActorKind.CITIZEN)
    last = session.scalar(mine.order_by(CaseWords.id.desc()).limit(1))
    words = as_written(body)
    if not words:
        return bool(rows)
    return last is not None and last.body == words and now - last.at <= LASTS


def _kept(session: Session, handed: Handed) -> list[StoredFile]:
    """Rows of the kept files, waiting still or attached by an earlier press; what was swept is missing."""
    if not handed.kept:
        return []
    mine = select(StoredFile).where(StoredFile.staged_under == handed.under, StoredFile.public_id.in_(handed.kept))
    return list(session.scalars(mine.order_by(StoredFile.id)))


def _sent_with(session: Session, rows: Sequence[StoredFile]) -> set[str]:
    """What was sent and attached under the same form before."""
    under = {row.staged_under for row in rows}
    done = select(StoredFile.original_sha256).where(StoredFile.staged_under.in_(under), StoredFile.attached_at.is_not(None))
    return set(session.scalars(done))

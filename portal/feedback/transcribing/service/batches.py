"""Putting in what came on paper."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.rules import Channel
from portal.casework.texts import tidy_line, too_long
from portal.feedback.transcribing import policy
from portal.feedback.transcribing.models import Batch, Sheet, SheetPage
from portal.feedback.transcribing.rules import ON_PAPER, REFERENCE_MOST
from portal.files import service as files_service
from portal.files.models import StoredFile
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.messages import N_, Message


def open_batch(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency,
    channel: Channel,
    *,
    received_at: datetime,
    reference: str = "",
    files: Sequence[StoredFile] = (),
) -> Batch:
    """What came to the agency through the channel on one day; a sheet for each file, in their order.

    ``files`` are rows of ``stored_file``, staged or kept, that nothing else holds; they are attached here. Raises ``Invalid`` by field.
    """
    _allow(actor, agency.id)
    if channel not in ON_PAPER:
        raise Invalid({"channel": [Message(N_("Choose one of the answers"))]})
    if received_at > now:
        raise Invalid({"received_on": [Message(N_("The day of receipt cannot lie in the future"))]})
    words = tidy_line(reference)
    if len(words) > REFERENCE_MOST:
        raise Invalid({"reference": [too_long(REFERENCE_MOST)]})
    batch = Batch(
        agency_id=agency.id, channel=channel, received_at=received_at, recorded_at=now, reference=words, made_by_id=actor.user_id, pages=0
    )
    session.add(batch)
    session.flush()
    _record(session, actor, now, "transcribing.opened", batch, {"channel": channel.value, "pages": len(files)})
    _put(session, now, batch, files)
    return batch


def add_pages(session: Session, actor: Actor, now: datetime, batch: Batch, files: Sequence[StoredFile]) -> list[Sheet]:
    """More of the same stack, behind what is there. ``batch`` is locked by the caller."""
    _allow(actor, batch.agency_id)
    _record(session, actor, now, "transcribing.added", batch, {"pages": len(files)})
    return _put(session, now, batch, files)


def _put(session: Session, now: datetime, batch: Batch, files: Sequence[StoredFile]) -> list[Sheet]:
    if files:
        files_service.attach(session, now, public_ids=[file.public_id for file in files])
    sheets = []
    for file in files:
        batch.pages += 1
        sheet = Sheet(batch_id=batch.id, agency_id=batch.agency_id, position=batch.pages)
        sheet.pages = [SheetPage(stored_file_id=file.id, position=batch.pages)]
        sheets.append(sheet)
    session.add_all(sheets)
    session.flush()
    return sheets


def _allow(actor: Actor, agency_id: int) -> None:
    if not policy.can_open(actor, agency_id):
        raise NotAllowed


def _record(session: Session, actor: Actor, now: datetime, act: str, batch: Batch, detail: dict[str, object]) -> None:
    audit.record(session, actor, now, act, "batch", batch.public_id, agency_id=batch.agency_id, detail=detail)

"""Putting in what came on paper."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.rules import Channel
from portal.casework.texts import tidy_line, too_long
from portal.feedback.transcribing import policy, queries
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
    paper: int = 0,
) -> Batch:
    """What came to the agency through the channel on one day; a sheet for each file, in their order.

    ``files`` are rows of ``stored_file``, staged or kept, that nothing else holds; they are attached here. ``paper`` is how many sheets
    there are without a picture: they are typed from the paper, or take the pictures that are added later. Raises ``Invalid`` by field.
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
    session.add_all(_fresh(batch) for _ in range(paper))
    session.flush()
    return batch


def add_pages(session: Session, actor: Actor, now: datetime, batch: Batch, files: Sequence[StoredFile]) -> list[Sheet]:
    """More of the same stack, behind what is there. ``batch`` is locked by the caller."""
    _allow(actor, batch.agency_id)
    _record(session, actor, now, "transcribing.added", batch, {"pages": len(files)})
    return _put(session, now, batch, files)


def _put(session: Session, now: datetime, batch: Batch, files: Sequence[StoredFile]) -> list[Sheet]:
    if files:
        files_service.attach(session, now, public_ids=[file.public_id for file in files])
    bare = iter(queries.paper(session, now, batch, len(files)))
    sheets = [next(bare, None) or _fresh(batch) for _ in files]
    for sheet, file in zip(sheets, files, strict=True):
        sheet.pages.append(SheetPage(stored_file_id=file.id, position=sheet.position))
    session.add_all(sheets)
    session.flush()
    return sheets


def drop_paper(session: Session, now: datetime, batch: Batch) -> bool:
    """Forget the sheets of a batch that never was. False, and nothing is forgotten, where somebody has begun with one of them."""
    every = session.scalars(select(Sheet).where(Sheet.batch_id == batch.id)).all()
    bare = queries.paper(session, now, batch, len(every))
    if len(bare) != len(every):
        return False
    for sheet in bare:
        session.delete(sheet)
    session.flush()
    return True


def _fresh(batch: Batch) -> Sheet:
    batch.pages += 1
    return Sheet(batch_id=batch.id, agency_id=batch.agency_id, position=batch.pages)


def _allow(actor: Actor, agency_id: int) -> None:
    if not policy.can_open(actor, agency_id):
        raise NotAllowed


def _record(session: Session, actor: Actor, now: datetime, act: str, batch: Batch, detail: dict[str, object]) -> None:
    audit.record(session, actor, now, act, "batch", batch.public_id, agency_id=batch.agency_id, detail=detail)

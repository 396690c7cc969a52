"""Openings: recorded once, never changed; what was wrong is put right beside them."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.rules import Channel
from portal.feedback.boxes import policy
from portal.feedback.boxes.models import Box, BoxCorrection, BoxOpener, BoxOpening, BoxWitness
from portal.feedback.boxes.queries import boxes, openings
from portal.feedback.boxes.reading import Reading
from portal.feedback.boxes.round import OpeningEntry, checked_opening
from portal.feedback.boxes.rules import COUNT_MOST, WORDS_MOST, Correction
from portal.feedback.boxes.service.acts import allow, check_hangs, done, keep_photo
from portal.feedback.channels import queries as channels
from portal.feedback.transcribing import service as transcribing
from portal.feedback.transcribing.models import Batch
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

WHY = N_("Write the reason; everybody reads it")


def record_opening(
    session: Session, actor: Actor, now: datetime, box: Box, typed: OpeningEntry, photo: Received | None = None
) -> BoxOpening:
    """Keep one round of a box that is locked. Raises ``NotAllowed``, ``Invalid`` by field, ``Conflict`` for a tombstone."""
    allow(policy.can_record(actor, box))
    check_hangs(box)
    people = channels.collectors(session, box.agency)
    insiders = [name for person in people for name in (person.name_th, person.name_en) if name]
    before = openings.last(session, box)
    checked = checked_opening(typed, now, box, boxes.key_holders(session, box), before, insiders)
    opening = BoxOpening(
        box_id=box.id,
        number=openings.next_number(session, box),
        opened_at=checked.opened_at,
        due_on=boxes.standing(session, box, office_day(now)).due_on,
        recorded_at=now,
        recorded_by_id=actor.user_id,
        seal=checked.seal,
        slips=checked.slips,
        note=checked.note,
        photo_id=keep_photo(session, now, photo),
        openers=[BoxOpener(key_holder_id=holder.id) for holder in checked.openers],
        witnesses=[BoxWitness(**witness) for witness in checked.witnesses],
    )
    session.add(opening)
    if opening.slips:
        opening.batch_id = _batch(session, actor, now, box, opening).id
    done(session, actor, now, box, "box.opened", {"opening": opening.number, "slips": opening.slips})
    return opening


def correct_count(session: Session, actor: Actor, now: datetime, box: Box, opening: BoxOpening, slips: str, reason: str) -> BoxCorrection:
    """The count was another; both stay, with the reason."""
    _begin(actor, box, opening)
    read = Reading()
    number = read.whole("slips", slips, 0, COUNT_MOST)
    words = read.line("reason", reason, WORDS_MOST, WHY)
    if number is not None and number == opening.slips_now:
        read.fault("slips", N_("This is the number that stands there"))
    read.done()
    return _correct(session, actor, now, box, opening, BoxCorrection(kind=Correction.COUNT, slips=number, reason=words))


def take_back(session: Session, actor: Actor, now: datetime, box: Box, opening: BoxOpening, reason: str) -> BoxCorrection:
    """It never was: the wrong box, or the wrong day. It stays, crossed out. ``Conflict`` once its slips were photographed or typed."""
    _begin(actor, box, opening)
    read = Reading()
    words = read.line("reason", reason, WORDS_MOST, WHY)
    read.done()
    if opening.batch is not None and not transcribing.drop_paper(session, now, opening.batch):
        raise Conflict(Message(N_("Slips of this opening were photographed or typed already, so it cannot be taken back")))
    return _correct(session, actor, now, box, opening, BoxCorrection(kind=Correction.TAKEN_BACK, reason=words))


def _batch(session: Session, actor: Actor, now: datetime, box: Box, opening: BoxOpening) -> Batch:
    """A sheet for each slip; the clock of its case starts when the box was opened."""
    reference = f"{box.name_th} {opening.number}"
    return transcribing.open_batch(
        session, actor, now, box.agency, Channel.BOX, received_at=opening.opened_at, reference=reference, paper=opening.slips
    )


def _begin(actor: Actor, box: Box, opening: BoxOpening) -> None:
    allow(policy.can_keep(actor, box.agency_id))
    if opening.taken_back is not None:
        raise Conflict(Message(N_("This opening was taken back already")))


def _correct(session: Session, actor: Actor, now: datetime, box: Box, opening: BoxOpening, row: BoxCorrection) -> BoxCorrection:
    row.at, row.by_id = now, actor.user_id
    opening.corrections.append(row)
    done(session, actor, now, box, "box.opening_corrected", {"opening": opening.number, "kind": row.kind.value})
    return row

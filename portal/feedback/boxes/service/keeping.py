"""Setting boxes up, changing them, taking them down; who holds their keys."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.rules import Channel
from portal.feedback.boxes import policy
from portal.feedback.boxes.entry import BoxEntry, HolderEntry, checked_box, checked_holder
from portal.feedback.boxes.models import Box, BoxKeyHolder
from portal.feedback.boxes.queries import boxes, openings
from portal.feedback.boxes.reading import Reading
from portal.feedback.boxes.rules import WORDS_MOST
from portal.feedback.boxes.service.acts import SAVED_BEFORE, allow, check_hangs, done, keep_photo
from portal.feedback.channels import queries as channels
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

NO_CHANNEL = N_("The register of channels has no opinion box yet, so nobody collects what comes; describe the channel first")


def add_box(session: Session, actor: Actor, now: datetime, agency: Agency, typed: BoxEntry, photo: Received | None = None) -> Box:
    """Hang a box. ``photo`` was received before the unit of work. Raises ``NotAllowed``, ``Invalid`` by field, ``Conflict``."""
    allow(policy.can_keep(actor, agency.id))
    channel = channels.by_code(session, agency.id, Channel.BOX.value)
    if channel is None or agency.is_closed:
        raise Conflict(Message(NO_CHANNEL))
    values = checked_box(typed, office_day(now))
    session.get_one(Agency, agency.id, with_for_update=True)  # two at once would take one number
    number = boxes.next_number(session, agency.id)
    box = Box(agency_id=agency.id, channel_id=channel.id, number=number, slug=f"{agency.slug}-{number}", **values)
    box.recorded_at = box.updated_at = now
    box.photo_id = keep_photo(session, now, photo)
    session.add(box)
    done(session, actor, now, box, "box.set_up")
    return box


def edit_box(session: Session, actor: Actor, now: datetime, box: Box, typed: BoxEntry, version: int, photo: Received | None = None) -> None:
    """Say something else of it; without ``photo`` the one that it has stays."""
    _begin(actor, box, version)
    values = checked_box(typed, office_day(now))
    first = openings.first_day(session, box)
    if first is not None and values["set_up_on"] > first:
        raise Invalid({"set_up_on": [Message(N_("The box was opened before this day; it must have hung there by then"))]})
    for column, value in values.items():
        setattr(box, column, value)
    box.photo_id = keep_photo(session, now, photo) or box.photo_id
    box.updated_at = now
    done(session, actor, now, box, "box.edited")


def take_down(session: Session, actor: Actor, now: datetime, box: Box, day: str, reason: str, version: int) -> None:
    """Its last day, and why. The box stays as a tombstone."""
    _begin(actor, box, version)
    read = Reading()
    last_day = read.day("taken_down_on", day, N_("Write the last day on which the box hung"))
    words = read.line("reason", reason, WORDS_MOST, N_("Write why the box was taken down; everybody reads it"))
    opened = openings.last(session, box)
    if last_day is not None:
        if last_day > office_day(now):
            read.fault("taken_down_on", N_("This day cannot lie in the future"))
        if last_day < (office_day(opened.opened_at) if opened else box.set_up_on):
            read.fault("taken_down_on", N_("The box was still in use on a later day"))
    read.done()
    box.taken_down_on, box.taken_down_at, box.taken_down_reason, box.updated_at = last_day, now, words, now
    done(session, actor, now, box, "box.taken_down")


def add_holder(session: Session, actor: Actor, now: datetime, box: Box, typed: HolderEntry) -> BoxKeyHolder:
    """Somebody holds a key from now on."""
    allow(policy.can_keep(actor, box.agency_id))
    check_hangs(box)
    values = checked_holder(typed, channels.collectors(session, box.agency), box.set_up_on, office_day(now))
    there = boxes.key_holders(session, box)
    for one in there:
        same = (one.user_id, one.position_th) == (values["user_id"], values["position_th"])
        if same and one.until_on is None:
            raise Invalid({"person": [Message(N_("This key holder is in the list already"))]})
    holder = BoxKeyHolder(box_id=box.id, number=len(there) + 1, **values)
    session.add(holder)
    done(session, actor, now, box, "box.key_given", {"key_holder": holder.number})
    return holder


def end_holder(session: Session, actor: Actor, now: datetime, box: Box, number: int, day: str) -> None:
    """Somebody gave the key back; ``day`` is the last on which it was held."""
    allow(policy.can_keep(actor, box.agency_id))
    holder = next((one for one in boxes.key_holders(session, box) if one.number == number), None)
    if holder is None or holder.until_on is not None:
        raise Conflict(Message(N_("This key was given back already")))
    read = Reading()
    last_day = read.day("until_on", day, N_("Write the last day on which the key was held"))
    if last_day is not None and not holder.from_on <= last_day <= office_day(now):
        read.fault("until_on", N_("The key was held from a day to a later one, not beyond today"))
    read.done()
    holder.until_on = last_day
    done(session, actor, now, box, "box.key_returned", {"key_holder": number})


def _begin(actor: Actor, box: Box, version: int) -> None:
    allow(policy.can_keep(actor, box.agency_id))
    check_hangs(box)
    if box.row_version != version:
        raise Conflict(Message(SAVED_BEFORE))

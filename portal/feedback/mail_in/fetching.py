"""Looking into mailboxes: one connection at a time, each message in a transaction of its own, within a bounded time.

No transaction is open while we wait for a server.
"""

import imaplib
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.feedback.mail_in import service
from portal.feedback.mail_in.reading import Letter, Trouble, read, read_head
from portal.feedback.mail_in.rules import MESSAGE_MOST, Fate
from portal.feedback.mail_in.service import Came, Tools
from portal.kernel.errors import Unavailable
from portal.outbox.mailbox import queries as mailboxes
from portal.outbox.mailbox import service as mailbox_service
from portal.outbox.mailbox.opening import open_box
from portal.outbox.mailbox.reached import NoFolder, NoMaildir, NoSuchHost, Reached, SignInRefused, reached_of
from portal.outbox.mailbox.rules import Box
from portal.outbox.mailbox.source import Found, Opener, Place, Source

log = structlog.get_logger(__name__)
#: Of a turn of the worker, which has other work as well; what is left is taken in the next.
TURN_SECONDS = 20.0
#: Messages of one look; and how many are marked as read at a time, so that a crash leaves few unmarked.
LOOK_MOST, FILED_AT_ONCE = 200, 20
_FAULTS = (OSError, imaplib.IMAP4.error, NoFolder, NoMaildir, NoSuchHost, SignInRefused, ValueError)


@dataclass(frozen=True)
class Post:
    """What the settings of the machine say of mailboxes. ``boxes`` by id of the agency; ``authority`` as ``Opener`` knows it."""

    boxes: Mapping[int, Box]
    authority: str = ""
    opener: Opener = open_box


def fetch_due(session: Session, now: datetime, tools: Tools, post: Post, seconds: float = TURN_SECONDS) -> Counter[Fate]:
    """Look into each mailbox whose turn it is, until the time is up. Says how many messages met which fate."""
    until, fates = time.monotonic() + seconds, Counter[Fate]()
    _note_boxes_of_settings(session, now, post)
    waiting = [state.agency_id for state in mailboxes.due(session, now)]
    for agency_id in waiting:
        if time.monotonic() >= until:
            break
        fates += fetch(session, now, tools, post, agency_id, until)
    return fates


def fetch(session: Session, now: datetime, tools: Tools, post: Post, agency_id: int, until: float) -> Counter[Fate]:
    """Look into the mailbox of one agency; how that went is kept beside it."""
    session.rollback()
    stored = mailboxes.stored(session, agency_id)
    box = post.boxes.get(agency_id) or mailboxes.opened(stored, tools.keyring)
    session.rollback()
    with unit_of_work(session):
        state = mailbox_service.lease(session, now, agency_id)
        if state is None:
            return Counter()
        place = Place(state.validity, state.next_uid, state.unread_before, state.take_unread)
    fates, reached, more = Counter[Fate](), Reached.SEALED, False
    if box is not None:
        reached, more = _look(session, now, tools, post, agency_id, box, place, until, fates)
    with unit_of_work(session):
        mailbox_service.note_look(session, now, agency_id, reached, more=more)
    return fates


def _look(
    session: Session,
    now: datetime,
    tools: Tools,
    post: Post,
    agency_id: int,
    box: Box,
    place: Place,
    until: float,
    fates: Counter[Fate],
) -> tuple[Reached, bool]:
    """How it went, and whether something lies there still."""
    try:
        with post.opener(box, post.authority) as source:
            while True:
                look = source.look(place, LOOK_MOST)
                if look.place != place:
                    _begin(session, agency_id, look.place)
                done = take_all(session, now, tools, agency_id, source, look.found, until, fates)
                if not look.found or done < len(look.found):
                    return Reached.FINE, done < len(look.found)
                last = look.found[-1].after
                place = Place(look.place.validity, last or 1, look.place.unread_before)
    except _FAULTS as error:
        log.warning("mailbox_not_read", agency_id=agency_id, error=type(error).__name__)
        return reached_of(error), False


def take_all(
    session: Session,
    now: datetime,
    tools: Tools,
    agency_id: int,
    source: Source,
    found: Sequence[Found],
    until: float,
    fates: Counter[Fate],
) -> int:
    """Take these messages until the time is up, and mark them as read. Returns how many were looked at."""
    unmarked: list[Found] = []
    done = 0
    try:
        for one in found:
            if time.monotonic() >= until and done:
                break
            fate = _take(session, now, tools, agency_id, source, one)
            if fate is not None:
                fates[fate] += 1
            done += 1
            unmarked.append(one)
            if len(unmarked) >= FILED_AT_ONCE:
                source.file_away(unmarked)
                unmarked = []
    finally:
        if unmarked:
            source.file_away(unmarked)
    return done


def _take(session: Session, now: datetime, tools: Tools, agency_id: int, source: Source, one: Found) -> Fate | None:
    too_large = one.size > MESSAGE_MOST
    raw = source.head(one) if too_large else source.whole(one, MESSAGE_MOST)
    if len(raw) > MESSAGE_MOST:  # the server said less than it sent
        raw, too_large = raw[:MESSAGE_MOST], True
    came = Came(one.key, one.size, b"" if too_large else raw, one.after, too_large)
    letter = read_head(raw) if too_large else read(raw)
    try:
        return service.take(session, now, tools, agency_id, came, letter)
    except Unavailable:
        raise
    except Exception as error:
        # one message must not hold up all that come after it: a person finds it in the mailbox
        log.error("mail_not_taken", agency_id=agency_id, error=type(error).__name__)
        unread = Letter(trouble=Trouble.UNREADABLE)
        return service.take(session, now, tools, agency_id, Came(one.key, one.size, b"", one.after), unread)


def _begin(session: Session, agency_id: int, place: Place) -> None:
    """The mailbox is new, or was numbered anew."""
    with unit_of_work(session):
        state = mailboxes.state_of(session, agency_id)
        if state is not None:
            state.validity, state.next_uid, state.unread_before, state.take_unread = (
                place.validity,
                place.next_uid,
                place.unread_before,
                False,
            )


def _note_boxes_of_settings(session: Session, now: datetime, post: Post) -> None:
    """Rows for the mailboxes of the settings, written only where one is missing or has another address."""
    session.rollback()
    for agency_id, box in post.boxes.items():
        row = mailboxes.stored(session, agency_id)
        known = row is not None and row.is_on and row.address == box.address and mailboxes.state_of(session, agency_id) is not None
        if not known:
            with unit_of_work(session):
                mailbox_service.of_the_settings(session, now, session.get_one(Agency, agency_id), box)
    session.rollback()


def boxes_by_agency(session: Session, named: Sequence[tuple[str, Box]], home: Agency | None) -> dict[int, Box]:
    """Boxes of the settings by id of the agency; those of agencies that are not there are left out."""
    found = {}
    for slug, box in named:
        agency = agencies.by_slug(session, slug) if slug else home
        if agency is not None:
            found[agency.id] = box
    return found

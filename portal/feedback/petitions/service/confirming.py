"""Supporting by a verified contact: an address is typed, a link is mailed, and its owner presses the button behind it."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.db.upsert import upsert
from portal.feedback.petitions import queries
from portal.feedback.petitions.marks import address_marks, link_hash, mark
from portal.feedback.petitions.models import Petition, PetitionConfirmation, PetitionFollower, PetitionSupport
from portal.feedback.petitions.rules import CONFIRM_LIFE, MAILS_A_DAY, Way, takes_support
from portal.feedback.petitions.service.reaching import reach_if_enough
from portal.feedback.petitions.service.supporting import Outcome, count, find, remove, whole_hour
from portal.kernel.keyring import Keyring
from portal.outbox import service as outbox

PURPOSE, FOLLOWER = "petition confirmation", "petition follower"
ASKED = "petition.confirmation_asked"
#: Every address is padded to this many characters before it is encrypted.
PADDED = 260


class LinkState(StrEnum):
    """What a link from a mail opens."""

    WAITING = "waiting"
    COUNTED = "counted"
    GONE = "gone"


def ask_by_mail(
    session: Session, now: datetime, keyring: Keyring, petition: Petition, address: str, device: str | None, language: str, *, tell: bool
) -> None:
    """Remember the address until the link is used; whether it supports already is not looked up, so nothing can be told from the answer."""
    known = find(session, keyring, petition, Way.DEVICE, device) if device else None
    row = PetitionConfirmation(
        petition_id=petition.id,
        address_enc=keyring.encrypt(PURPOSE, address.strip().ljust(PADDED)),
        address_mark=address_marks(keyring, address)[0],
        device_mark=known.mark if known else None,
        tell=tell,
        language=language,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    outbox.announce(session, ASKED, now, confirmation_id=row.id)


def make_link(session: Session, now: datetime, keyring: Keyring, row: PetitionConfirmation) -> tuple[str, str] | None:
    """Address and secret of the link; None where no mail is to leave, and then the row is gone. A later secret counts."""
    address = keyring.decrypt(PURPOSE, row.address_enc).strip()
    same = (PetitionConfirmation.address_mark.in_(address_marks(keyring, address)), PetitionConfirmation.id < row.id)
    lately = PetitionConfirmation.asked_at > now - timedelta(days=1)
    made = select(func.count()).select_from(PetitionConfirmation).where(*same, lately)
    closed = not takes_support(row.petition.state, row.petition.closes_on, now)
    if closed or now - row.asked_at > CONFIRM_LIFE or (session.scalar(made) or 0) >= MAILS_A_DAY:
        session.delete(row)
        return None
    token = secrets.token_urlsafe(32)
    row.link_hash = link_hash(token)
    session.flush()
    return address, token


def standing(session: Session, now: datetime, token: str) -> tuple[LinkState, Petition | None, bool]:
    """What the link opens, its petition, and whether its owner waits for a mail; looking uses nothing up."""
    row = _waiting(session, now, token)
    if row is not None:
        return LinkState.WAITING, row.petition, row.tell
    mine = queries.support_by_link(session, link_hash(token))
    if mine is None:
        return LinkState.GONE, None, False
    return LinkState.COUNTED, mine.petition, session.get(PetitionFollower, mine.id) is not None


def confirm(session: Session, now: datetime, keyring: Keyring, token: str) -> Outcome:
    """Count the contact, once; the address goes, unless its owner wants to be told. The same person's device makes room for it."""
    found = _waiting(session, now, token)
    petition = queries.by_slug(session, found.petition.slug, lock=True) if found else None
    row = _waiting(session, now, token) if petition else None  # once more, behind the lock: the button may have been pressed twice
    if petition is None or row is None:
        return Outcome.ALREADY if queries.support_by_link(session, link_hash(token)) else Outcome.NOTHING
    address, known = keyring.decrypt(PURPOSE, row.address_enc).strip(), row.device_mark
    session.delete(row)
    session.flush()
    if not takes_support(petition.state, petition.closes_on, now):
        return Outcome.CLOSED
    support, is_new = _contact(session, now, keyring, petition, address, token)
    if row.tell:
        follower = {"support_id": support.id, "address_enc": keyring.encrypt(FOLLOWER, address), "language": row.language}
        session.execute(upsert(session, PetitionFollower).values(follower).on_conflict_do_nothing())
    if known:
        _make_room(session, petition, known)
    reach_if_enough(session, now, petition)
    return Outcome.COUNTED if is_new else Outcome.ALREADY


def take_back_by_link(session: Session, now: datetime, token: str) -> Outcome:
    """Let the contact count no longer, while the petition is open; a wish to be told goes with it."""
    mine = queries.support_by_link(session, link_hash(token))
    if mine is None:
        return Outcome.NOTHING
    petition = queries.by_slug(session, mine.petition.slug, lock=True)
    assert petition
    if not takes_support(petition.state, petition.closes_on, now):
        return Outcome.CLOSED
    stop_telling(session, token)
    remove(session, petition, mine)
    return Outcome.TAKEN_BACK


def stop_telling(session: Session, token: str) -> bool:
    """Erase the address of who waits for a mail; the support stays."""
    mine = queries.support_by_link(session, link_hash(token))
    if mine is None:
        return False
    gone = session.execute(delete(PetitionFollower).where(PetitionFollower.support_id == mine.id))
    session.flush()
    return bool(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it


def _contact(
    session: Session, now: datetime, keyring: Keyring, petition: Petition, address: str, token: str
) -> tuple[PetitionSupport, bool]:
    """The row of the address; the newest link opens it."""
    mine = find(session, keyring, petition, Way.CONTACT, address)
    if mine is not None:
        mine.link_hash = link_hash(token)
        session.flush()
        return mine, False
    key_id, hashed = mark(keyring, petition, Way.CONTACT, address)
    hour, link = whole_hour(now), link_hash(token)
    mine = PetitionSupport(petition_id=petition.id, way=Way.CONTACT, mark=hashed, mark_key_id=key_id, at=hour, held=False, link_hash=link)
    session.add(mine)
    count(petition, Way.CONTACT, 1, held=False)
    session.flush()
    return mine, True


def _make_room(session: Session, petition: Petition, device_mark: str) -> None:
    mine = (PetitionSupport.petition_id == petition.id, PetitionSupport.way == Way.DEVICE, PetitionSupport.mark == device_mark)
    if row := session.scalar(select(PetitionSupport).where(*mine)):
        remove(session, petition, row)


def _waiting(session: Session, now: datetime, token: str) -> PetitionConfirmation | None:
    mine = (PetitionConfirmation.link_hash == link_hash(token), PetitionConfirmation.asked_at > now - CONFIRM_LIFE)
    return session.scalar(select(PetitionConfirmation).where(*mine))

"""Supporting by device: once a device, whatever comes at once; bursts are laid apart. The petition is locked before."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework import policy
from portal.casework.rules.abuse import WINDOW, Arrival, Crowding, is_heavy, signs_of
from portal.db.upsert import upsert
from portal.feedback.petitions.marks import crowd_key, mark, marks
from portal.feedback.petitions.models import Petition, PetitionEvent, PetitionSupport, PetitionTally
from portal.feedback.petitions.options import SUPPORTS_NETWORK
from portal.feedback.petitions.rules import Act, Way, takes_support
from portal.feedback.petitions.service.reaching import reach_if_enough
from portal.feedback.petitions.service.trail import act_on
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message


class Outcome(StrEnum):
    """What became of a press."""

    COUNTED = "counted"
    HELD = "held"
    ALREADY = "already"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"
    NOTHING = "nothing"


def support(session: Session, now: datetime, keyring: Keyring, petition: Petition, device: str, network: str | None = None) -> Outcome:
    """Count the device; without ``network`` nothing is weighed."""
    if not takes_support(petition.state, petition.closes_on, now):
        return Outcome.CLOSED
    if find(session, keyring, petition, Way.DEVICE, device) is not None:
        return Outcome.ALREADY
    held = network is not None and _is_burst(session, now, crowd_key(keyring, petition, network))
    key_id, hashed = mark(keyring, petition, Way.DEVICE, device)
    row = {"petition_id": petition.id, "way": Way.DEVICE, "mark": hashed, "mark_key_id": key_id, "at": whole_hour(now), "held": held}
    insert = upsert(session, PetitionSupport).values(row).on_conflict_do_nothing().returning(PetitionSupport.id)
    if session.scalar(insert) is None:  # somebody was quicker, or it is the same press once more
        return Outcome.ALREADY
    count(petition, Way.DEVICE, 1, held=held)
    session.flush()
    reach_if_enough(session, now, petition)
    return Outcome.HELD if held else Outcome.COUNTED


def take_back(session: Session, now: datetime, keyring: Keyring, petition: Petition, device: str) -> Outcome:
    """Let the device count no longer, while the petition is open."""
    if not takes_support(petition.state, petition.closes_on, now):
        return Outcome.CLOSED
    row = find(session, keyring, petition, Way.DEVICE, device)
    if row is None:
        return Outcome.NOTHING
    remove(session, petition, row)
    return Outcome.TAKEN_BACK


def find(session: Session, keyring: Keyring, petition: Petition, way: Way, value: str) -> PetitionSupport | None:
    """The support of a device or an address; one that was written under an older key goes over to the newest. Inside a unit of work."""
    hashes = marks(keyring, petition, way, value)
    mine = (PetitionSupport.petition_id == petition.id, PetitionSupport.way == way, PetitionSupport.mark.in_(hashes))
    row = session.scalar(select(PetitionSupport).where(*mine))
    if row is not None and row.mark_key_id != keyring.newest:
        row.mark_key_id, row.mark = mark(keyring, petition, way, value)
        session.flush()
    return row


def remove(session: Session, petition: Petition, row: PetitionSupport) -> None:
    """Take a row out of the table and of the numbers."""
    count(petition, row.way, -1, held=row.held)
    session.delete(row)
    session.flush()


def count(petition: Petition, way: Way, number: int, *, held: bool) -> None:
    """Keep the numbers in step with the rows."""
    if held:
        petition.held += number
        return
    if way is Way.DEVICE:
        petition.devices += number
    else:
        petition.contacts += number
    petition.supports += number


def recount(session: Session, petition: Petition) -> None:
    """Read the numbers from the rows, after many were moved at once."""
    counted = select(PetitionSupport.way, PetitionSupport.held, func.count()).where(PetitionSupport.petition_id == petition.id)
    rows = session.execute(counted.group_by(PetitionSupport.way, PetitionSupport.held)).all()
    of = {(way, held): number for way, held, number in rows}
    petition.devices, petition.contacts = of.get((Way.DEVICE, False), 0), of.get((Way.CONTACT, False), 0)
    petition.held = of.get((Way.DEVICE, True), 0) + of.get((Way.CONTACT, True), 0)
    petition.supports = petition.devices + petition.contacts
    session.flush()


def release_held(session: Session, actor: Actor, now: datetime, petition: Petition) -> PetitionEvent:
    """Let those count that were laid apart. Raises ``Conflict`` if somebody decided meanwhile."""
    number = _held_for(actor, petition)
    held = (PetitionSupport.petition_id == petition.id, PetitionSupport.held)
    session.execute(update(PetitionSupport).where(*held).values(held=False).execution_options(synchronize_session="fetch"))
    recount(session, petition)
    event = act_on(session, actor, now, petition, Act.RELEASE, {"count": number})
    reach_if_enough(session, now, petition)
    return event


def drop_held(session: Session, actor: Actor, now: datetime, petition: Petition) -> PetitionEvent:
    """Let those go that were laid apart; how many stays in the public history."""
    number = _held_for(actor, petition)
    held = (PetitionSupport.petition_id == petition.id, PetitionSupport.held)
    session.execute(delete(PetitionSupport).where(*held).execution_options(synchronize_session="fetch"))
    recount(session, petition)
    return act_on(session, actor, now, petition, Act.DROP, {"count": number})


def whole_hour(now: datetime) -> datetime:
    """The hour in which a support came; nothing more exact is kept."""
    return now.replace(minute=0, second=0, microsecond=0)


def _held_for(actor: Actor, petition: Petition) -> int:
    if not policy.can_work(actor, petition.case):
        raise NotAllowed
    if not petition.held:
        raise Conflict(Message(N_("Nothing is left to be checked here; somebody has decided it")))
    return petition.held


def _is_burst(session: Session, now: datetime, key: str) -> bool:
    """True once more than the set number came within the window; this one is remembered in any case."""
    most = int(value_of(session, SUPPORTS_NETWORK))
    lately = select(PetitionTally.id).where(PetitionTally.key == key, PetitionTally.at > now - WINDOW).limit(most).subquery()
    came = session.scalar(select(func.count()).select_from(lately)) or 0
    session.add(PetitionTally(at=now.replace(second=0, microsecond=0) + timedelta(minutes=1), key=key))
    crowding = Crowding(alike=0, network=came, everybody=0, network_most=most, everybody_most=1)
    return is_heavy(signs_of(Arrival(key), crowding))

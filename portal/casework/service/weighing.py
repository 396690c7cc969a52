"""Weighing how a submission came, after it is stored: the queue, or quarantine. In words: ``docs/rules/abuse.md``."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from portal.agencies.options import value_of
from portal.casework.models import Case, CaseEvent, CaseFile, CaseQuarantine, IntakeTally
from portal.casework.options import PRESSURE_FROM, SUBMISSIONS_NETWORK
from portal.casework.queries.aside import came_by_key, came_of_late
from portal.casework.rules import Act, Status
from portal.casework.rules.abuse import HANDFUL, WINDOW, Arrival, Crowding, Sign, Tally, is_heavy, signs_of
from portal.casework.rules.likeness import are_alike, bands
from portal.db.upsert import upsert
from portal.files.models import StoredFile
from portal.kernel.actor import ActorKind
from portal.kernel.keyring import Keyring

#: Longer than the window, so that no count is cut.
REMEMBERED = 2 * WINDOW
#: While the count stands here, those that came before are looked through for what is alike.
FIRST_NOTICED = range(HANDFUL, HANDFUL + 5)
LOOKED_BACK_MOST = 200
_MARK = "likeness"
#: Likeness does not look at digits.
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def under_pressure(session: Session, now: datetime) -> bool:
    """True while so much comes that the form asks for a proof of work."""
    most = int(value_of(session, PRESSURE_FROM))
    return came_of_late(session, now, most) >= most


def weigh(session: Session, now: datetime, keyring: Keyring, case: Case, arrival: Arrival) -> list[Sign]:
    """Count the case, and put it aside if its signs are heavy; gives the signs.

    Called when its number is drawn: the counter's row is locked until the end, so that fifty at once are counted one after another.
    """
    marks = bands(_text(session, case))
    keys = [keyring.mac(_MARK, mark)[1] for mark in marks]
    crowding, family = _crowding(session, now, arrival, keys)
    _count(session, now, arrival, keys)
    signs = signs_of(arrival, crowding)
    if is_heavy(signs):
        put_aside(session, now, case, signs, family)
    if Sign.ALIKE in signs and crowding.alike in FIRST_NOTICED:
        _beginning_follows(session, now, case, marks, family)
    session.flush()
    return signs


def put_aside(session: Session, now: datetime, case: Case, signs: list[Sign], family: str) -> None:
    """Into quarantine, without an act: its status, its clock and its receipt are what they are."""
    row = {"case_id": case.id, "at": now, "signs": [sign.value for sign in signs], "family": family}
    session.execute(upsert(session, CaseQuarantine).values(row).on_conflict_do_nothing())


def forget(session: Session, now: datetime) -> None:
    """Drop what was counted and is of no more use."""
    session.execute(delete(IntakeTally).where(IntakeTally.at < now - REMEMBERED))


def _crowding(session: Session, now: datetime, arrival: Arrival, keys: list[str]) -> tuple[Crowding, str]:
    """The counts, and the key that most share."""
    network_most, everybody_most = int(value_of(session, SUBMISSIONS_NETWORK)), int(value_of(session, PRESSURE_FROM))
    alike = came_by_key(session, now, keys, HANDFUL + len(FIRST_NOTICED))
    (network,) = came_by_key(session, now, [arrival.network], network_most)
    everybody = came_of_late(session, now, everybody_most)
    most = max(alike)
    return Crowding(most, network, everybody, network_most, everybody_most), keys[alike.index(most)]


def _count(session: Session, now: datetime, arrival: Arrival, keys: list[str]) -> None:
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)  # its end: a count never loses what came just now
    session.add(IntakeTally(at=minute, of=Tally.NETWORK, key=arrival.network))
    session.add_all(IntakeTally(at=minute, of=Tally.TEXT, key=key) for key in keys)


def _beginning_follows(session: Session, now: datetime, case: Case, marks: list[str], family: str) -> None:
    fresh = select(Case).where(Case.agency_id == case.agency_id, Case.is_open, Case.id < case.id, Case.id >= case.id - LOOKED_BACK_MOST)
    by_themselves = exists().where(  # not what an officer has entered and heard
        CaseEvent.case_id == Case.id, CaseEvent.act == Act.SUBMIT, CaseEvent.actor_kind == ActorKind.VISITOR
    )
    untouched = fresh.where(Case.status == Status.RECEIVED, Case.owner_id.is_(None), Case.hops == 0, by_themselves)
    never_there = ~exists().where(CaseQuarantine.case_id == Case.id)
    by_officer = exists().where(CaseEvent.case_id == Case.id, CaseEvent.act == Act.SUBMIT, CaseEvent.actor_kind == ActorKind.USER)
    for earlier in session.scalars(untouched.where(Case.recorded_at > now - WINDOW, never_there, ~by_officer)):
        if are_alike(marks, bands(_text(session, earlier))):
            put_aside(session, now, earlier, [Sign.ALIKE], family)


def _text(session: Session, case: Case) -> str:
    """The words; where they are in a picture, the picture itself: the same one again is alike, another one is not."""
    if not case.body and case.letter is not None:
        hashes = (
            select(StoredFile.original_sha256).join(CaseFile, CaseFile.stored_file_id == StoredFile.id).where(CaseFile.case_id == case.id)
        )
        return "".join(sorted(session.scalars(hashes))).translate(_LETTERS)
    return f"{case.subject}\n{case.body}"

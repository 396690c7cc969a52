"""Boxes, and where each stands on a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.feedback.boxes import policy
from portal.feedback.boxes.models import Box, BoxCorrection, BoxKeyHolder, BoxOpening, BoxPosting
from portal.feedback.boxes.rules import Correction, State, due_on, state_on
from portal.files.models import StoredFile
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import office_day

_SLUG = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True)
class Standing:
    """A box on a day; ``opened_on`` is the day of the last opening that counts, None before the first."""

    box: Box
    opened_on: date | None
    due_on: date
    state: State
    #: Days since the due day; 0 unless it is overdue.
    days_over: int

    @property
    def is_overdue(self) -> bool:
        """It hangs and should have been opened."""
        return self.state is State.OVERDUE


def by_slug(session: Session, slug: str) -> Box | None:
    """The box at this address, what its page shows loaded; anything may be asked for."""
    if not _SLUG.fullmatch(slug):
        return None
    loaded = joinedload(Box.agency), joinedload(Box.channel), joinedload(Box.photo)
    return session.scalar(select(Box).where(Box.slug == slug).options(*loaded))


def visible(session: Session, actor: Actor, slug: str, *, lock: bool = False) -> Box:
    """The box if the officer may see it; raises ``NotFound`` otherwise. ``lock`` before acting on it."""
    wanted = select(Box).where(Box.slug == slug, policy.visible_to(actor)).options(joinedload(Box.agency), joinedload(Box.photo))
    found = None
    if _SLUG.fullmatch(slug):
        found = session.scalar(wanted.with_for_update(of=Box).execution_options(populate_existing=True) if lock else wanted)
    if found is None:
        raise NotFound
    return found


def listed(agency_id: int | None = None) -> Select[Box]:
    """Boxes of everybody or of one agency, to be ordered by slug; agency and photo loaded."""
    query = select(Box).options(joinedload(Box.agency), joinedload(Box.photo))
    return query if agency_id is None else query.where(Box.agency_id == agency_id)


def of_desk(session: Session, actor: Actor) -> Sequence[Box]:
    """Every box that the officer sees, agency and key holders loaded, those that hang first."""
    loaded = joinedload(Box.agency), selectinload(Box.key_holders).joinedload(BoxKeyHolder.user)
    mine = select(Box).where(policy.visible_to(actor)).options(*loaded)
    return session.scalars(mine.order_by(Box.taken_down_on.is_not(None), Box.slug)).all()


def hanging(session: Session, actor: Actor | None = None) -> Sequence[Box]:
    """Boxes that have not been taken down; without an actor everybody's."""
    query = select(Box).where(Box.taken_down_on.is_(None)).order_by(Box.id)
    return session.scalars(query if actor is None else query.where(policy.visible_to(actor))).all()


def standings(session: Session, boxes: Sequence[Box], today: date) -> list[Standing]:
    """Where each stands; two queries, however many there are."""
    if not boxes:
        return []
    last = _last_opened(session, [box.id for box in boxes])
    begun = {box.id: last.get(box.id, box.set_up_on) for box in boxes}
    years = {day.year + more for day in begun.values() for more in (0, 1)}
    closed = agencies.holidays_of(session, {box.agency_id for box in boxes}, years)
    return [_standing(box, last.get(box.id), due_on(begun[box.id], box.rhythm_days, closed[box.agency_id]), today) for box in boxes]


def standing(session: Session, box: Box, today: date) -> Standing:
    """The same for one box."""
    return standings(session, [box], today)[0]


def count_overdue(session: Session, actor: Actor, today: date) -> int:
    """How many of the officer's boxes should have been opened."""
    return sum(one.is_overdue for one in standings(session, hanging(session, actor), today))


def key_holders(session: Session, box: Box) -> Sequence[BoxKeyHolder]:
    """Everybody who ever held a key, people loaded."""
    wanted = select(BoxKeyHolder).where(BoxKeyHolder.box_id == box.id).options(joinedload(BoxKeyHolder.user))
    return session.scalars(wanted.order_by(BoxKeyHolder.number)).all()


def next_number(session: Session, agency_id: int) -> int:
    """The number of the agency's next box."""
    return (session.scalar(select(func.max(Box.number)).where(Box.agency_id == agency_id)) or 0) + 1


def people_of(holders: Sequence[BoxKeyHolder], today: date) -> list[User]:
    """Who holds a key today and has an account."""
    return [holder.named for holder in holders if holder.named is not None and holder.held_on(today)]


def _last_opened(session: Session, box_ids: Sequence[int]) -> dict[int, date]:
    gone = select(BoxCorrection.opening_id).where(BoxCorrection.kind == Correction.TAKEN_BACK)
    there = BoxOpening.box_id.in_(box_ids), BoxOpening.id.not_in(gone)
    rows = session.execute(select(BoxOpening.box_id, func.max(BoxOpening.opened_at)).where(*there).group_by(BoxOpening.box_id))
    return {box_id: office_day(moment) for box_id, moment in rows}


def _standing(box: Box, opened_on: date | None, due: date, today: date) -> Standing:
    state = state_on(today, due, box.taken_down_on)
    return Standing(box, opened_on, due, state, (today - due).days if state is State.OVERDUE else 0)


def public_photo(session: Session, public_id: str) -> StoredFile | None:
    """The picture with this id, if it shows a box, an opening or a posted sheet."""
    shown = union_all(*(select(column).where(column.is_not(None)) for column in (Box.photo_id, BoxOpening.photo_id, BoxPosting.photo_id)))
    return session.scalar(select(StoredFile).where(StoredFile.public_id == public_id, StoredFile.id.in_(shown)))

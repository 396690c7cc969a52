"""Openings, and what came of their slips; postings; the months of the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.casework.models import Case, PublicCase
from portal.casework.queries import public_list
from portal.feedback.boxes import rules
from portal.feedback.boxes.models import Box, BoxCorrection, BoxKeyHolder, BoxOpener, BoxOpening, BoxPosting
from portal.feedback.boxes.rules import Correction, Month
from portal.feedback.transcribing import queries as transcribing
from portal.feedback.transcribing.models import Sheet
from portal.kernel.thai_calendar import fiscal_year_bounds, office_day


def listed(box: Box) -> Select[BoxOpening]:
    """Every opening, those taken back too, with what a page shows of it; to be ordered by number."""
    openers = selectinload(BoxOpening.openers).joinedload(BoxOpener.key_holder).joinedload(BoxKeyHolder.user)
    beside = selectinload(BoxOpening.witnesses), selectinload(BoxOpening.corrections), joinedload(BoxOpening.photo)
    return select(BoxOpening).where(BoxOpening.box_id == box.id).options(openers, *beside)


def by_number(session: Session, box: Box, number: int, *, lock: bool = False) -> BoxOpening | None:
    """One opening of the box."""
    wanted = listed(box).where(BoxOpening.number == number)
    return session.scalar(wanted.with_for_update(of=BoxOpening).execution_options(populate_existing=True) if lock else wanted)


def last(session: Session, box: Box) -> BoxOpening | None:
    """The latest that was not taken back."""
    gone = select(BoxCorrection.opening_id).where(BoxCorrection.kind == Correction.TAKEN_BACK)
    there = select(BoxOpening).where(BoxOpening.box_id == box.id, BoxOpening.id.not_in(gone))
    return session.scalar(there.order_by(BoxOpening.opened_at.desc()).limit(1))


def of_batch(session: Session, batch_id: int | None) -> BoxOpening | None:
    """The opening whose slips these are, its box loaded."""
    if batch_id is None:
        return None
    return session.scalar(select(BoxOpening).where(BoxOpening.batch_id == batch_id).options(joinedload(BoxOpening.box)))


@dataclass(frozen=True)
class Became:
    """What became of the slips of an opening: ``cases`` + ``set_aside`` + ``waiting`` are its sheets."""

    cases: int = 0
    set_aside: int = 0
    waiting: int = 0
    answered: int = 0

    @property
    def sheets(self) -> int:
        """Where it differs from the count, the page says so."""
        return self.cases + self.set_aside + self.waiting


def became(session: Session, openings: Sequence[BoxOpening]) -> dict[int, Became]:
    """By the id of the opening; two queries, however many there are. A case about somebody is a slip that became a case, and no answer."""
    batches = {one.batch_id: one.id for one in openings if one.batch_id is not None}
    if not batches:
        return {one.id: Became() for one in openings}
    standing = transcribing.standing(session, list(batches))
    answered = select(Sheet.batch_id, func.count()).join(Case, Case.id == Sheet.case_id)
    there = Sheet.batch_id.in_(list(batches)), Case.answered_at.is_not(None), Case.guarded.is_(False)
    counted = dict(session.execute(answered.where(*there).group_by(Sheet.batch_id)).all())
    found = {one.id: Became() for one in openings}
    for batch_id, opening_id in batches.items():
        whole = standing[batch_id]
        found[opening_id] = Became(whole.cases, whole.set_aside, whole.waiting, counted.get(batch_id, 0))
    return found


def published(box: Box, since: datetime | None = None, until: datetime | None = None) -> Select[PublicCase]:
    """Public answers to slips of the box, to be ordered by (published_at, case_id); of one span of publishing."""
    of_box = select(Sheet.case_id).join(BoxOpening, BoxOpening.batch_id == Sheet.batch_id).where(BoxOpening.box_id == box.id)
    query = public_list().where(PublicCase.case_id.in_(of_box))
    if since is not None:
        query = query.where(PublicCase.published_at > since)
    return query if until is None else query.where(PublicCase.published_at <= until)


def first_day(session: Session, box: Box) -> date | None:
    """The day of the earliest opening."""
    moment: datetime | None = session.scalar(select(func.min(BoxOpening.opened_at)).where(BoxOpening.box_id == box.id))
    return office_day(moment) if moment else None


def next_number(session: Session, box: Box) -> int:
    """The number of the next opening."""
    return (session.scalar(select(func.max(BoxOpening.number)).where(BoxOpening.box_id == box.id)) or 0) + 1


def postings(session: Session, box: Box) -> Sequence[BoxPosting]:
    """What was posted at the box, newest first."""
    wanted = select(BoxPosting).where(BoxPosting.box_id == box.id).options(joinedload(BoxPosting.photo))
    return session.scalars(wanted.order_by(BoxPosting.covers_until.desc(), BoxPosting.id.desc())).all()


def months(session: Session, box: Box, fiscal_year: int, today: date) -> Sequence[Month]:
    """Each whole month of the year in which the box hung, with the opening that proves it was opened (``docs/rules/boxes.md``, 26)."""
    first, final = fiscal_year_bounds(fiscal_year)
    rows = session.scalars(select(BoxOpening).where(BoxOpening.box_id == box.id).options(selectinload(BoxOpening.corrections)))
    days = [(row.number, office_day(row.opened_at), office_day(row.recorded_at)) for row in rows if row.taken_back is None]
    proofs = [one for one in days if first <= one[1] <= final]
    return rules.months(fiscal_year, box.set_up_on, box.taken_down_on, today, proofs)

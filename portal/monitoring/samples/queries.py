"""Named reads of samples."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.casework.models import Case
from portal.casework.rules import Status
from portal.kernel.actor import Actor
from portal.monitoring.samples.models import SampleDraw, SampleEntry, SampleFinding
from portal.monitoring.samples.policy import READERS


def public_list(agency_ids: Collection[int] | None = None) -> Select[SampleDraw]:
    """Draws, to be ordered by (month, id) descending; agencies loaded."""
    query = select(SampleDraw).options(joinedload(SampleDraw.agency))
    return query if agency_ids is None else query.where(SampleDraw.agency_id.in_(sorted(agency_ids)))


def for_actor(actor: Actor) -> Select[SampleDraw]:
    """Of the agencies where the actor inspects or answers."""
    return public_list(actor.agencies(*READERS))


def by_slug(session: Session, slug: str) -> SampleDraw | None:
    """The draw with everything that was drawn and found; the number of queries does not grow with it."""
    sample = selectinload(SampleDraw.sample)
    case = sample.joinedload(SampleEntry.case)
    loaded = (joinedload(SampleDraw.agency), case.joinedload(Case.unit), case.joinedload(Case.public))
    findings = sample.selectinload(SampleEntry.findings).joinedload(SampleFinding.replied_by)
    return session.scalar(select(SampleDraw).where(SampleDraw.slug == slug).options(*loaded, findings))


def closed_between(session: Session, agency_id: int, first: datetime, last: datetime) -> tuple[list[tuple[int, str]], int]:
    """Id and number of each case that was closed from ``first`` until before ``last`` and still is; and how many more are kept apart."""
    inside = (Case.agency_id == agency_id, Case.status == Status.CLOSED, Case.closed_at >= first, Case.closed_at < last)
    rows = select(Case.id, Case.number).where(*inside, Case.guarded.is_(False), Case.words_erased_at.is_(None))
    apart = select(func.count()).select_from(Case).where(*inside, Case.guarded)
    return [(case_id, number) for case_id, number in session.execute(rows)], session.scalar(apart) or 0


def findings_by(session: Session, draw: SampleDraw, actor: Actor) -> dict[int, SampleFinding]:
    """What the actor found in this draw, by the id of the entry."""
    mine = select(SampleFinding).join(SampleFinding.entry).where(SampleEntry.draw_id == draw.id, SampleFinding.by_id == actor.user_id)
    return {row.entry_id: row for row in session.scalars(mine)}


def waiting(session: Session, draw_ids: Sequence[int]) -> dict[int, int]:
    """How many findings of each draw the agency has not answered."""
    rows = select(SampleEntry.draw_id, func.count()).join(SampleFinding).where(SampleFinding.replied_at.is_(None))
    counted = session.execute(rows.where(SampleEntry.draw_id.in_(draw_ids)).group_by(SampleEntry.draw_id))
    return dict(counted.all())

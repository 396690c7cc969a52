"""Named reads of improvements; what officers read of cases is scoped by ``casework.policy.visible_to``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, select, true
from sqlalchemy.orm import Session, joinedload

from portal.agencies import queries as agencies
from portal.casework import policy as casework
from portal.casework.models import Case, PublicCase
from portal.casework.queries.public import is_public
from portal.casework.rules import Disposition, Status
from portal.db.plans import past_index
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.outcomes import policy
from portal.outcomes.improvements.models import Improvement, ImprovementCase, ImprovementEvent
from portal.outcomes.improvements.rules import SHOWN, Helped, ImprovementKind, ImprovementState, Step
from portal.outcomes.reports.rules import day_begins

#: As many published opinions as a page lists; all are counted.
LISTED_MOST = 50
ACCEPTED = (Disposition.ACCEPTED, Disposition.PARTLY_ACCEPTED)


def listed(
    agency_ids: Collection[int] | None = None, state: ImprovementState | None = None, kind: ImprovementKind | None = None
) -> Select[Improvement]:
    """To be ordered by (updated_at, id) descending; agency and unit loaded."""
    query = select(Improvement).options(joinedload(Improvement.agency), joinedload(Improvement.unit), joinedload(Improvement.owner))
    if agency_ids is not None:
        query = query.where(Improvement.agency_id.in_(sorted(agency_ids)))
    if state is not None:
        query = query.where(Improvement.state == state)
    return query if kind is None else query.where(Improvement.kind == kind)


def by_slug(session: Session, slug: str, *, lock: bool = False) -> Improvement | None:
    """The improvement at this address."""
    query = listed().where(Improvement.slug == slug)
    query = query.options(joinedload(Improvement.evidence_page), joinedload(Improvement.evidence_file))
    if lock:
        query = query.with_for_update(of=Improvement).execution_options(populate_existing=True)
    return session.scalar(query)


def for_desk(session: Session, actor: Actor, slug: str, *, lock: bool = False) -> Improvement | None:
    """The same if the actor keeps improvements of its agency."""
    found = by_slug(session, slug, lock=lock)
    return found if found is not None and policy.can(actor, policy.IMPROVERS, found.agency_id) else None


def history(session: Session, improvement: Improvement, steps: Collection[Step] | None = SHOWN) -> Sequence[ImprovementEvent]:
    """What happened, oldest first; None for everything. Links are no officer's to count: a case behind one may be kept from them."""
    query = select(ImprovementEvent).where(ImprovementEvent.improvement_id == improvement.id)
    if steps is not None:
        query = query.where(ImprovementEvent.step.in_(steps))
    return session.scalars(query.order_by(ImprovementEvent.id).options(joinedload(ImprovementEvent.actor))).all()


@dataclass(frozen=True)
class Behind:
    """The opinions behind an improvement: those that are published (at most ``LISTED_MOST``), and how many there are."""

    published: Sequence[PublicCase]
    published_count: int
    others: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.published_count + self.others


def behind(session: Session, improvement: Improvement) -> Behind:
    """Two questions. A case that is kept apart or merged is neither listed nor counted."""
    public = select(ImprovementCase.case_id).where(ImprovementCase.improvement_id == improvement.id)
    rows = select(PublicCase).join(PublicCase.case).where(is_public(), Case.counted, Case.id.in_(public))
    rows = rows.options(joinedload(PublicCase.case)).order_by(PublicCase.published_at.desc(), Case.id.desc())
    is_shown = exists().where(PublicCase.case_id == Case.id, is_public())
    counted = select(func.count(), func.count().filter(is_shown)).select_from(Case).where(Case.counted, Case.id.in_(public))
    whole, shown = session.execute(counted).one()
    return Behind(session.scalars(rows.limit(LISTED_MOST)).all(), shown, whole - shown)


def helped(session: Session, improvement: Improvement) -> dict[Helped, int]:
    """What senders said; a case that is kept apart is not counted."""
    said = select(ImprovementCase.helped, func.count()).join(Case, Case.id == ImprovementCase.case_id)
    said = said.where(ImprovementCase.improvement_id == improvement.id, ImprovementCase.helped.is_not(None), Case.counted)
    found = {answer: count for answer, count in session.execute(said.group_by(ImprovementCase.helped)) if answer is not None}
    return {answer: found.get(answer, 0) for answer in Helped}


def of_case(session: Session, case_id: int) -> Sequence[ImprovementCase]:
    """What a case led to, improvements loaded."""
    query = select(ImprovementCase).where(ImprovementCase.case_id == case_id).options(joinedload(ImprovementCase.improvement))
    return session.scalars(query.order_by(ImprovementCase.improvement_id)).all()


def link(session: Session, improvement_id: int, case_id: int) -> ImprovementCase | None:
    """One opinion behind it."""
    return session.get(ImprovementCase, (improvement_id, case_id))


def linkable(session: Session, actor: Actor, agency_id: int) -> Select[Case]:
    """Cases that the actor may put behind an improvement of the agency: its own and those of agencies below it."""
    held = sorted(agencies.subtree_ids(session, [agency_id]))
    there = (Case.counted, Case.agency_id.in_(held), Case.status != Status.WITHDRAWN)
    return select(Case).where(*there, true() if actor.kind is ActorKind.SYSTEM else casework.visible_to(actor))


def linked_cases(session: Session, actor: Actor, improvement: Improvement) -> Sequence[ImprovementCase]:
    """Of the desk: links to cases that the actor may see, the newest first."""
    query = select(ImprovementCase).join(ImprovementCase.case).where(ImprovementCase.improvement_id == improvement.id)
    query = query.where(casework.visible_to(actor)).options(joinedload(ImprovementCase.case))
    return session.scalars(query.order_by(ImprovementCase.linked_at.desc(), Case.id.desc()).limit(LISTED_MOST * 2)).all()


def without_improvement(now: datetime, days: int, agency_ids: Collection[int] | None = None) -> ColumnElement[bool]:
    """Criterion on ``Case``: accepted at least ``days`` ago, received this fiscal year or the one before, and nothing came of it."""
    year, accepted_by = fiscal_year(now), day_begins(office_day(now) - timedelta(days=days - 1))
    scope = true() if agency_ids is None else Case.agency_id.in_(sorted(agency_ids))
    # Written out for the index of accepted cases, and past that of the status, which would read all that are closed.
    codes: list[ColumnElement[str]] = [literal_column(f"'{one.value}'") for one in ACCEPTED]
    accepted = and_(past_index(Case.status) == Status.CLOSED, Case.disposition.in_(codes), Case.closed_at < accepted_by)
    nothing = ~exists().where(ImprovementCase.case_id == Case.id)
    return and_(Case.counted.is_not(False), Case.fiscal_year.in_((year - 1, year)), scope, accepted, nothing)


def waiting(session: Session, actor: Actor, agency_id: int, now: datetime, most: int) -> Sequence[Case]:
    """Accepted opinions that may be put behind an improvement of the agency and led to nothing yet, the first that were closed first."""
    held = agencies.subtree_ids(session, [agency_id])
    query = select(Case).where(without_improvement(now, 0, held), casework.visible_to(actor))
    return session.scalars(query.order_by(Case.fiscal_year, Case.closed_at, Case.id).limit(most)).all()


@dataclass(frozen=True)
class Broken:
    """Chains that lead nowhere."""

    without_opinion: int
    accepted_without_improvement: int
    days: int


def broken(session: Session, now: datetime, days: int, agency_ids: Collection[int] | None = None) -> Broken:
    """Counted for some agencies or for all. Two questions."""
    scope = true() if agency_ids is None else Improvement.agency_id.in_(sorted(agency_ids))
    opinion = exists().where(ImprovementCase.improvement_id == Improvement.id)
    alone = session.scalar(select(func.count()).select_from(Improvement).where(scope, ~opinion)) or 0
    forgotten = session.scalar(select(func.count()).select_from(Case).where(without_improvement(now, days, agency_ids))) or 0
    return Broken(alone, forgotten, days)


def counts_behind(session: Session, ids: Collection[int]) -> dict[int, int]:
    """How many opinions lie behind each of these improvements."""
    rows = select(ImprovementCase.improvement_id, func.count()).join(Case, Case.id == ImprovementCase.case_id)
    rows = rows.where(ImprovementCase.improvement_id.in_(sorted(ids)), Case.counted).group_by(ImprovementCase.improvement_id)
    return dict(session.execute(rows).all())

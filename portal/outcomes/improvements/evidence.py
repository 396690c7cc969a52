"""Evidence of improvements: planned, done or given up, with the opinions behind them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.kernel.evidence import Fact, ImprovementFact, Look
from portal.kernel.thai_calendar import office_day
from portal.outcomes.improvements.models import Improvement, ImprovementCase, ImprovementEvent
from portal.outcomes.improvements.rules import ImprovementState, Step
from portal.outcomes.reports.rules import day_begins


def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
    """What was planned or done in the year, as it stood on the day of the look; three queries.

    Words, figures and who does it are those of now, and an opinion that was taken out is gone from earlier years too: neither is kept.
    """
    found: dict[int, list[Fact]] = {agency.id: [] for agency in agencies}
    rows = _planned(session, look)
    behind, makers = _behind(session, look), _makers(session, look)
    for row in rows:
        whose = look.whose[row.agency_id]
        fact = _fact(row, look, row.id in behind, any(look.scored(whose, one) for one in makers[row.id]))
        if look.first <= fact.on <= look.as_of:
            found[whose].append(fact)
    return found


def _end(look: Look) -> date:
    return look.as_of + timedelta(days=1)


def _planned(session: Session, look: Look) -> Sequence[Improvement]:
    """Those that can have a day in the year: neither planned after the look nor over before the year."""
    days = (
        Improvement.created_at < day_begins(_end(look)),
        or_(Improvement.ended_at.is_(None), Improvement.ended_at >= day_begins(look.first)),
    )
    there = select(Improvement).where(Improvement.agency_id.in_(sorted(look.whose)), *days)
    return session.scalars(there.options(joinedload(Improvement.unit), joinedload(Improvement.owner)).order_by(Improvement.id)).all()


def _behind(session: Session, look: Look) -> set[int]:
    """Improvements that opinions stand behind; a case that is kept apart or merged does not count."""
    rows = select(ImprovementCase.improvement_id).join(ImprovementCase.improvement)
    rows = rows.join(Case, Case.id == ImprovementCase.case_id)
    there = (Improvement.agency_id.in_(sorted(look.whose)), Case.counted, ImprovementCase.linked_at < day_begins(_end(look)))
    return set(session.scalars(rows.where(*there).distinct()))


def _makers(session: Session, look: Look) -> dict[int, set[int | None]]:
    found: dict[int, set[int | None]] = defaultdict(set)
    rows = select(ImprovementEvent.improvement_id, ImprovementEvent.actor_id)
    rows = rows.join(Improvement, Improvement.id == ImprovementEvent.improvement_id)
    there = (Improvement.agency_id.in_(sorted(look.whose)), ImprovementEvent.step.in_((Step.PLAN, Step.FINISH)))
    for improvement_id, actor_id in session.execute(rows.where(*there, ImprovementEvent.at < day_begins(_end(look)))):
        found[improvement_id].add(actor_id)
    return found


def _fact(row: Improvement, look: Look, has_opinions: bool, by_scorer: bool) -> ImprovementFact:
    planned_on = office_day(row.created_at)
    ended_on = office_day(row.ended_at) if row.ended_at is not None and office_day(row.ended_at) <= look.as_of else None
    is_done = ended_on is not None and row.state is ImprovementState.DONE
    day = ended_on if is_done and ended_on is not None else planned_on
    return ImprovementFact(
        key=row.slug, path=f"/improvements/{row.slug}", name_th=row.title_th, name_en=row.title_en, on=day, recorded_on=day,
        responsible=row.named.name_th if row.named else row.unit.name_th, by_scorer=by_scorer, planned_on=planned_on, is_done=is_done,
        is_abandoned=ended_on is not None and row.state is ImprovementState.ABANDONED, has_opinions=has_opinions,
        has_before=row.before_value is not None, has_after=row.after_value is not None,
        has_evidence=row.evidence_page_id is not None or row.evidence_file_id is not None,
    )  # fmt: skip

"""Named reads about pauses and steps."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.casework.clock.ladder import ESCALATIONS
from portal.casework.models import Case, CaseEvent, CasePause, ClockStep


def pauses_of(session: Session, case: Case) -> Sequence[CasePause]:
    """Pauses of the case, oldest first, the words of each loaded."""
    rows = select(CasePause).where(CasePause.case_id == case.id).order_by(CasePause.id)
    return session.scalars(rows.options(joinedload(CasePause.event).selectinload(CaseEvent.words))).all()


def paused_before(session: Session, case: Case) -> int:
    """For how many calendar days the clock of the case has stood still in pauses that are over."""
    rows = select(CasePause.since, CasePause.ended_on).where(CasePause.case_id == case.id, CasePause.ended_on.is_not(None))
    return sum((ended - since).days for since, ended in session.execute(rows) if ended is not None)


def over(session: Session, today: date, most: int) -> Sequence[Case]:
    """Cases whose pause had its last day before today and is not written down as ended."""
    rows = select(Case).join(CasePause, CasePause.case_id == Case.id).where(CasePause.ended_on.is_(None), CasePause.until < today)
    return session.scalars(rows.order_by(CasePause.until, Case.id).limit(most)).all()


def steps_of(session: Session, case: Case) -> Sequence[ClockStep]:
    """To whom it was reported that the present due day has passed, nearest first."""
    made = select(ClockStep).where(ClockStep.case_id == case.id, ClockStep.due_on == case.due_on, ClockStep.step.in_(ESCALATIONS))
    return session.scalars(made.order_by(ClockStep.id)).all()

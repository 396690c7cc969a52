"""The days of a case as its clock moves them; the acts that do it stand in ``clock.service`` and wherever a case begins or ends."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.clock.rules import Days, first_that_moves, paused_days
from portal.casework.models import Case, CasePause
from portal.casework.queries.deadlines import holidays_around, promise_of
from portal.kernel.thai_calendar import office_day


def begin_anew(session: Session, now: datetime, case: Case, agency: Agency) -> None:
    """An answer is owed from today on, by the rule of today. First promise, first answer and acknowledgement stay what they were."""
    promised = promise_of(session, agency, case.kind, now, case.language, urgent=case.urgent)
    case.due_on, case.due_basis, case.due_working, case.final_by = promised.due_on, promised.basis, promised.working, promised.final_by


def days_of(case: Case, now: datetime) -> Days:
    """What the case promises now."""
    first = first_that_moves(case.first_due_on, office_day(now), answered=case.answered_at is not None)
    return Days(case.due_on, first, case.final_by, case.due_working)


def put(case: Case, days: Days) -> None:
    """Let the case promise these days."""
    case.due_on, case.final_by = days.due, days.final
    if days.first is not None:
        case.first_due_on = days.first


def running_pause(session: Session, case: Case) -> CasePause | None:
    """The pause in which the clock stands still, also after its last day until somebody has written its end down."""
    return session.scalar(select(CasePause).where(CasePause.case_id == case.id, CasePause.ended_on.is_(None)))


def end_pause(session: Session, now: datetime, case: Case) -> CasePause | None:
    """Let the clock run again from today and give back the days that were not used; None where no pause runs.

    Counted anew from the days before it: nothing else moves them while it runs.
    """
    pause = running_pause(session, case)
    case.paused_until = None
    if pause is None:
        return None
    today = office_day(now)
    last = min(today, pause.until)
    if last < pause.until:
        holidays = holidays_around(session, case.agency_id, pause.since)
        pause.days = paused_days(pause.since, last, holidays, working=case.due_working)
        before = Days(pause.due_before, pause.first_due_before, pause.final_before, case.due_working)
        put(case, before.moved(pause.days, holidays))
    pause.ended_on = max(last, pause.since)
    session.flush()
    return pause

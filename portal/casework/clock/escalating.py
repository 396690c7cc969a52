"""Reminding before the due day and reporting upwards after it, once each, whatever the clock of the machine does.

Called by the worker's job in units of work of its own. In words: ``docs/rules/clock.md``, Reminders and escalation.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true, update
from sqlalchemy.orm import Session

from portal.agencies.options import values_everywhere
from portal.casework.clock import options
from portal.casework.clock.ladder import ESCALATIONS, Step, turns
from portal.casework.clock.recipients import Recipients
from portal.casework.models import Case, ClockNotice, ClockStep
from portal.casework.queries.aside import lies_aside
from portal.casework.rules import Act
from portal.casework.service.door import Extra, act_on
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import office_day
from portal.outbox import service as outbox

#: Announced once a day for each person who is told of anything.
TOLD = "case.clock_told"
#: Cases of one transaction: nobody who writes waits longer than for these.
AT_ONCE = 25
OF_STEP = {
    Step.SOON: options.REMIND_BEFORE,
    Step.HEAD: options.ESCALATE_HEAD,
    Step.COORDINATORS: options.ESCALATE_COORDINATORS,
    Step.EXECUTIVE: options.ESCALATE_EXECUTIVE,
    Step.ABOVE: options.ESCALATE_ABOVE,
}
_EARLIEST = timedelta(days=options.REMIND_BEFORE.most)


@dataclass(frozen=True)
class Place:
    """How far a run has come in the order of due days."""

    due_on: date
    case_id: int


def take_steps(session: Session, now: datetime, after: Place | None = None) -> Place | None:
    """Make the next step of the next cases, one of each; inside a unit of work. Gives where to go on, None at the end."""
    today = office_day(now)
    cases = session.scalars(_next(today, after)).all()
    made, ladders, people = _made(session, cases), _ladders(session, cases), Recipients(session, today)
    for case in cases:
        for step in turns(today, case.due_on, ladders[case.agency_id], made[case.id]):
            if told := people.of(case, step):
                _make(session, now, case, step, [user.id for user in told])
                break
    session.flush()
    return Place(cases[-1].due_on, cases[-1].id) if len(cases) == AT_ONCE else None


def owe_mails(session: Session, now: datetime) -> int:
    """Announce the mail of today to everybody who is to be told and had none today; inside a unit of work. Returns how many."""
    today = office_day(now)
    waiting = select(ClockNotice.user_id).where(ClockNotice.mail_on.is_(None)).distinct()
    had_one = select(ClockNotice.user_id).where(ClockNotice.mail_on == today)
    users = session.scalars(waiting.where(ClockNotice.user_id.not_in(had_one)).order_by(ClockNotice.user_id)).all()
    for user_id in users:
        mine = (ClockNotice.user_id == user_id, ClockNotice.mail_on.is_(None))
        session.execute(update(ClockNotice).where(*mine).values(mail_on=today))
        outbox.announce(session, TOLD, now, user_id=user_id, day=today.isoformat())
    return len(users)


def _next(today: date, after: Place | None) -> Select[Case]:
    """Open cases whose turn can have come, soonest due first: a scan of the index of open due days."""
    due = and_(Case.is_open, Case.due_on <= today + _EARLIEST)
    runs = or_(Case.paused_until.is_(None), Case.paused_until < today)
    stepped = exists().where(ClockStep.case_id == Case.id, ClockStep.made_on == today)
    rows = select(Case).where(due, runs, ~stepped, ~lies_aside(), _beyond(after)).order_by(Case.due_on, Case.id).limit(AT_ONCE)
    return rows.with_for_update(skip_locked=True).execution_options(populate_existing=True)


def _beyond(after: Place | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    return or_(Case.due_on > after.due_on, and_(Case.due_on == after.due_on, Case.id > after.case_id))


def _made(session: Session, cases: Sequence[Case]) -> Mapping[int, list[Step]]:
    """Steps that were made for the present due day of each."""
    due = {case.id: case.due_on for case in cases}
    found: dict[int, list[Step]] = defaultdict(list)
    for row in session.scalars(select(ClockStep).where(ClockStep.case_id.in_(due)).order_by(ClockStep.id)):
        if row.due_on == due[row.case_id]:
            found[row.case_id].append(row.step)
    return found


def _ladders(session: Session, cases: Sequence[Case]) -> Mapping[int, dict[Step, int]]:
    """The days of each step, by agency."""
    ids = {case.agency_id for case in cases}
    values = {step: values_everywhere(session, option, ids) for step, option in OF_STEP.items()}
    return {agency_id: {step: int(of[agency_id]) for step, of in values.items()} for agency_id in ids}


def _make(session: Session, now: datetime, case: Case, step: Step, user_ids: Sequence[int]) -> None:
    row = ClockStep(case_id=case.id, due_on=case.due_on, step=step, made_on=office_day(now), at=now)
    session.add(row)
    session.flush()
    session.add_all(ClockNotice(step_id=row.id, user_id=user_id) for user_id in user_ids)
    if step in ESCALATIONS:
        detail = {"step": step.value, "due": case.due_on.isoformat(), "days_late": (office_day(now) - case.due_on).days}
        act_on(session, SYSTEM, now, case, Act.ESCALATE, Extra(detail=detail))

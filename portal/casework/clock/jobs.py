"""What the worker does about clocks: writes down that pauses are over, reminds, reports upwards, and sends one mail a person a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.casework import service
from portal.casework.clock.escalating import TOLD, owe_mails, take_steps
from portal.casework.clock.ladder import ESCALATIONS
from portal.casework.clock.queries import over
from portal.casework.clock.recipients import Recipients
from portal.casework.models import Case, ClockNotice, ClockStep
from portal.db import unit_of_work
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, format_date_short, office_day
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

EVERY = timedelta(hours=1)
#: Nobody is reminded at night. Each run of a day goes on where the one before stopped, so one that failed is made up for within the hour.
FROM_HOUR = 7
ENDED_MOST = 200
LISTED_MOST = 50
SUBJECT = N_("Due days of %(count)s matters")


@dataclass(frozen=True)
class Line:
    """One case in a mail; ``address`` is empty for who cannot open it."""

    number: str
    agency: str
    due: str
    days_late: int
    why: str
    address: str


def end_pauses(context: JobContext) -> None:
    """The clock runs again where the last day of a pause is over; the due day stays."""
    for case in over(context.session, office_day(context.now), ENDED_MOST):
        service.end_what_is_over(context.session, context.now, case)


def remind_and_escalate(context: JobContext) -> None:
    """One step of each case whose turn has come, then the mails."""
    if context.now.astimezone(BANGKOK).hour < FROM_HOUR:
        return
    place, is_first = None, True
    while place is not None or is_first:
        is_first = False
        with unit_of_work(context.session):
            place = take_steps(context.session, context.now, place)
    with unit_of_work(context.session):
        owe_mails(context.session, context.now)


def tell(context: JobContext, payload: dict[str, Any]) -> None:
    """The mail of a day to one person: what still stands as it did, and nothing that they may no longer know of."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is None or user.disabled_at is not None:
        return
    day = date.fromisoformat(str(payload["day"]))
    with force_locale("th"):
        lines = _lines(context, user, day)
        if not lines:
            return
        text = current_app.jinja_env.get_template("mail/clock.txt").render(
            late=[line for line in lines[:LISTED_MOST] if line.days_late > 0],
            soon=[line for line in lines[:LISTED_MOST] if line.days_late <= 0],
            more=max(0, len(lines) - LISTED_MOST),
            queue=f"{context.base_url}/desk",
        )
        subject = gettext(SUBJECT, count=len(lines))
    context.mailer.send(Mail(to=user.email, subject=subject, text=text.strip() + "\n", reference=f"clock-{context.event_id}"))


def _lines(context: JobContext, user: User, day: date) -> list[Line]:
    session, today = context.session, office_day(context.now)
    people = Recipients(session, today)
    mine = select(ClockNotice).where(ClockNotice.user_id == user.id, ClockNotice.mail_on == day)
    loaded = joinedload(ClockNotice.step).joinedload(ClockStep.case).joinedload(Case.agency)
    steps = [notice.step for notice in session.scalars(mine.options(loaded))]
    told = [step for step in steps if _still_stands(step) and people.may_be_told(user, step.case, step.step)]
    return [
        Line(
            number=step.case.number,
            agency=step.case.agency.name_th,
            due=format_date_short(step.due_on, "th"),
            days_late=(today - step.due_on).days,
            why=gettext(step.step.label) if step.step in ESCALATIONS else "",
            address=f"{context.base_url}/desk/cases/{step.case.number}" if people.may_open(user, step.case) else "",
        )
        for step in sorted(told, key=lambda one: (one.due_on, one.case_id))
    ]


def _still_stands(step: ClockStep) -> bool:
    """Neither answered nor moved nor stopped since."""
    return step.case.is_open and step.case.due_on == step.due_on and step.case.paused_until is None


HANDLERS: Mapping[str, Sequence[Handler]] = {TOLD: [tell]}
TIMED: Sequence[Timed] = [
    Timed("casework.end_pauses", EVERY, end_pauses),
    Timed("casework.escalate", EVERY, remind_and_escalate, alone=True),
]

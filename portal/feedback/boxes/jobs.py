"""Mails to those who hold the keys and to who collects; codes of old series wiped."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext

from portal.accounts import queries as accounts
from portal.accounts.absence.queries import with_substitutes
from portal.accounts.models import User
from portal.feedback.boxes import service
from portal.feedback.boxes.models import Box, BoxReminder
from portal.feedback.boxes.queries import boxes
from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import format_date, office_day
from portal.outbox.mail import Mail
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

SOON = N_("A suggestion box is to be opened soon")
OVERDUE = N_("A suggestion box is overdue")


def tell(context: JobContext, payload: dict[str, Any]) -> None:
    """Write to whoever is to open the box; nobody hears of a box that was opened or taken down meanwhile."""
    reminder = context.session.get(BoxReminder, payload_id(payload, "reminder_id"))
    if reminder is None or not reminder.box.hangs:
        return
    standing = boxes.standing(context.session, reminder.box, office_day(context.now))
    if standing.due_on != reminder.due_on:
        return
    for place, person in enumerate(_people(context, reminder.box)):
        context.mailer.send(_mail(context, reminder, standing.days_over, person.email, f"box-{context.event_id}-{place}"))


def _people(context: JobContext, box: Box) -> list[User]:
    """Key holders and the collector, each once; coordinators where none of them has an account, and whoever stands in for one of them."""
    holders = boxes.people_of(boxes.key_holders(context.session, box), office_day(context.now))
    collector = box.channel.named_collector
    found = {person.id: person for person in [*holders, *([collector] if collector else [])]}
    people = list(found.values()) or list(accounts.workers_of(context.session, box.agency_id, [Role.COORDINATOR]))
    return with_substitutes(context.session, people, office_day(context.now))


def _mail(context: JobContext, reminder: BoxReminder, days: int, to: str, reference: str) -> Mail:
    box, is_late = reminder.box, reminder.round > 0
    with force_locale("th"):
        text = current_app.jinja_env.get_template("mail/box_reminder.txt").render(
            name=box.name_th,
            place=box.place_th,
            agency=box.agency.name_th,
            day=format_date(reminder.due_on, "th"),
            days=days,
            is_late=is_late,
            address=f"{context.base_url}/desk/boxes/{box.slug}",
        )
        return Mail(to=to, subject=gettext(OVERDUE if is_late else SOON), text=text.strip() + "\n", reference=reference)


def remind(context: JobContext) -> None:
    """Which mails are owed today."""
    service.remind(context.session, context.now)


def sweep(context: JobContext) -> None:
    """Wipe codes that hold no more."""
    service.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {service.REMINDED: [tell]}
#: A slot of a day begins at 7:00 in Bangkok.
TIMED: Sequence[Timed] = [Timed("boxes.remind", timedelta(days=1), remind), Timed("boxes.sweep", timedelta(days=1), sweep)]

"""Who has gone stands in for nobody; whom that leaves alone is told."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.accounts import mails, queries
from portal.accounts.absence import service
from portal.accounts.absence.models import Absence
from portal.accounts.models import User
from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

SUBJECT = N_("Nobody stands in any more")


def look_again(context: JobContext, payload: dict[str, Any]) -> None:
    """An account was closed, or a role taken away."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is not None:
        service.look_again(context.session, context.now, user)


def tell(context: JobContext, payload: dict[str, Any]) -> None:
    """To the absent person and to the coordinators, unless somebody was named meanwhile."""
    row = context.session.get(Absence, payload_id(payload, "absence_id"))
    if row is None or row.ended_at is not None or row.substitute_id is not None:
        return
    people = [row.user, *queries.workers_of(context.session, row.agency_id, [Role.COORDINATOR])]
    for person in dict.fromkeys(people):
        if person.disabled_at is None:
            facts = {"person": row.user, "first": row.first_day, "last": row.last_day, "base_url": context.base_url}
            reference = f"absence-uncovered-{context.event_id}-{person.public_id}"
            context.mailer.send(mails.compose(person.email, SUBJECT, "absence_uncovered", reference, **facts))


def sweep(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    service.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {
    "user.revoked": [look_again],
    "user.disabled": [look_again],
    service.UNCOVERED: [tell],
}
TIMED: Sequence[Timed] = [Timed("absence.sweep", timedelta(days=1), sweep)]

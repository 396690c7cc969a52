"""What the worker does for second factors: telling who lost one that it was taken away, forgetting what has run out."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.accounts import mails
from portal.accounts.models import User
from portal.accounts.second_factor import service
from portal.kernel.messages import N_
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext, Timed

SUBJECT = N_("Your second factor for the citizens' portal was taken away")


def tell_of_reset(context: JobContext, payload: dict[str, Any]) -> None:
    """Whoever did not ask for it has to know at once."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is not None and user.disabled_at is None:
        reference = f"second-factor-reset-{context.event_id}"
        context.mailer.send(mails.compose(user.email, SUBJECT, "second_factor_reset", reference, base_url=context.base_url))


def sweep(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    service.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {"second_factor.reset": [tell_of_reset]}
TIMED: Sequence[Timed] = [Timed("second_factor.sweep", timedelta(minutes=15), sweep)]

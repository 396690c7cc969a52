"""The mail with the link that sets a new password."""

from typing import Any

from portal.accounts import mails
from portal.accounts.reset import rules, service
from portal.accounts.reset.models import PasswordReset
from portal.kernel.messages import N_
from portal.outbox.service import payload_id
from portal.outbox.worker import JobContext

SUBJECT = N_("A new password for the citizens' portal")


def send(context: JobContext, payload: dict[str, Any]) -> None:
    """Find out who asked, and write to the address that the account has. Nothing leaves for an address that nobody has."""
    row = context.session.get(PasswordReset, payload_id(payload, "reset_id"))
    if row is None:
        return
    made = service.make_link(context.session, context.now, context.keyring, row)
    if made is None:
        return
    user, token = made
    minutes = int(rules.LINK_LIFE.total_seconds() // 60)
    facts = {"token": token, "minutes": minutes, "base_url": context.base_url}
    context.mailer.send(mails.compose(user.email, SUBJECT, "reset", f"password-reset-{context.event_id}", **facts))

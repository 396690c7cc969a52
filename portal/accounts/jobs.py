"""What the worker does for people: mails with links, news about their accounts, forgetting what the data register says."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from portal.accounts import service
from portal.accounts.invitation import jobs as invitations
from portal.accounts.invitation import service as invitation
from portal.accounts.news import tell_of_grant, tell_of_password
from portal.accounts.reset import jobs as resets
from portal.accounts.reset import service as reset
from portal.outbox.worker import Handler, JobContext, Timed


def sweep(context: JobContext) -> None:
    """Inside a unit of work, as every timed job."""
    service.sweep(context.session, context.now)
    reset.sweep(context.session, context.now)
    invitation.sweep(context.session, context.now)


HANDLERS: Mapping[str, Sequence[Handler]] = {
    "invitation.sent": [invitations.send],
    "password.reset_asked": [resets.send],
    "user.password_changed": [tell_of_password],
    "user.granted": [tell_of_grant],
}
TIMED: Sequence[Timed] = [Timed("accounts.sweep", timedelta(minutes=15), sweep)]

"""The mail of an invitation: a link for who has no account, news for who has one."""

from typing import Any

from portal.accounts import mails
from portal.accounts import queries as people
from portal.accounts.invitation import service
from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.rules import InvitationState
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.outbox.service import payload_id
from portal.outbox.worker import JobContext

SUBJECT = N_("An invitation to the citizens' portal")


def send(context: JobContext, payload: dict[str, Any]) -> None:
    """Compose it, unless the invitation has ended meanwhile. A repeat makes another link, and the later mail counts."""
    row = context.session.get(Invitation, payload_id(payload, "invitation_id"))
    if row is None or row.state(context.now) is not InvitationState.WAITING:
        return
    user = people.by_email(context.session, row.email)
    facts = {"unit": row.unit, "grants": row.grants, "until": office_day(row.expires_at), "base_url": context.base_url}
    if user is None:
        template, facts["token"] = "invited", service.new_link(context.session, row)
    else:
        template = "invited_closed" if user.disabled_at else "invited_again"
    context.mailer.send(mails.compose(user.email if user else row.email, SUBJECT, template, f"invitation-{context.event_id}", **facts))

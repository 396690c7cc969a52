"""What can be set about invitations."""

from portal.agencies.options import Option, OptionKind
from portal.kernel.messages import N_

INVITATION_DAYS = Option(
    key="accounts.invitation_days",
    kind=OptionKind.NUMBER,
    default=7,
    label=N_("Days for which an invitation is open"),
    explains=N_("After these days the link in the mail no longer works, and the invitation has to be sent again"),
    least=1,
    most=30,
    unit=N_("days"),
)

"""Where an invitation stands."""

from datetime import datetime
from enum import StrEnum

from portal.kernel.messages import N_


class InvitationState(StrEnum):
    """As the inviter sees it; whether the address has an account makes no difference."""

    WAITING = "waiting"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


STATE_LABELS = {
    InvitationState.WAITING: N_("Waiting for an answer"),
    InvitationState.EXPIRED: N_("Has run out"),
    InvitationState.ACCEPTED: N_("Accepted"),
    InvitationState.WITHDRAWN: N_("Withdrawn"),
    InvitationState.DECLINED: N_("Declined"),
}


def state_of(
    now: datetime, expires_at: datetime, accepted_at: datetime | None, withdrawn_at: datetime | None, declined_at: datetime | None
) -> InvitationState:
    """The first thing that ended it; time only where nobody did."""
    if accepted_at:
        return InvitationState.ACCEPTED
    if withdrawn_at:
        return InvitationState.WITHDRAWN
    if declined_at:
        return InvitationState.DECLINED
    return InvitationState.WAITING if now < expires_at else InvitationState.EXPIRED

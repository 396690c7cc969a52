"""Where a case stands and what was decided; codes and Thai words are fixed by the outward contract."""

from enum import StrEnum

from portal.kernel.messages import N_


class Status(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_CITIZEN = "waiting_citizen"
    ANSWERED = "answered"
    CONTESTED = "contested"
    CLOSED = "closed"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English source text."""
        return STATUS_LABELS[self]


class Disposition(StrEnum):
    """What was decided when the case was closed."""

    DONE = "done"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    NOT_ACCEPTED = "not_accepted"
    ALREADY_SO = "already_so"
    ANSWERED = "answered"
    REFERRED = "referred"

    @property
    def label(self) -> str:
        """English source text."""
        return DISPOSITION_LABELS[self]


class PublicState(StrEnum):
    """Where the public text of a case stands."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English source text."""
        return PUBLIC_LABELS[self]


#: The clock runs and the queue shows them.
OPEN = frozenset({Status.RECEIVED, Status.ASSIGNED, Status.IN_PROGRESS, Status.WAITING_CITIZEN, Status.CONTESTED})

STATUS_LABELS = {
    Status.RECEIVED: N_("Received"),
    Status.ASSIGNED: N_("Assigned"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.WAITING_CITIZEN: N_("Waiting for the sender"),
    Status.ANSWERED: N_("Answered"),
    Status.CONTESTED: N_("Contested"),
    Status.CLOSED: N_("Closed"),
    Status.DECLINED: N_("Declined"),
    Status.MERGED: N_("Merged"),
    Status.WITHDRAWN: N_("Withdrawn by the sender"),
}
DISPOSITION_LABELS = {
    Disposition.DONE: N_("Done"),
    Disposition.ACCEPTED: N_("Accepted"),
    Disposition.PARTLY_ACCEPTED: N_("Partly accepted"),
    Disposition.NOT_ACCEPTED: N_("Not accepted"),
    Disposition.ALREADY_SO: N_("Already so"),
    Disposition.ANSWERED: N_("Question answered"),
    Disposition.REFERRED: N_("Referred to others"),
}
PUBLIC_LABELS = {
    PublicState.PROPOSED: N_("Proposed for publication"),
    PublicState.PUBLISHED: N_("Published"),
    PublicState.WITHDRAWN: N_("Publication withdrawn"),
}

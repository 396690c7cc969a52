"""A breach: what was reached, where it stands, and the clock of PDPA section 37 (4)."""

from datetime import datetime, timedelta
from enum import StrEnum

from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message

NOTICE_HOURS = 72


class BreachSource(StrEnum):
    """What somebody could use who should not have."""

    ACCOUNT = "account"
    DATABASE = "database"
    MAIL = "mail"

    @property
    def label(self) -> str:
        """English source text."""
        return SOURCE_LABELS[self]


class BreachStatus(StrEnum):
    """Where a breach stands."""

    OPEN = "open"
    REPORTED = "reported"
    TOLD = "told"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """English source text."""
        return BREACH_LABELS[self]


class BreachAct(StrEnum):
    """What can happen to the record of a breach; each leaves one row of history."""

    RECORD = "record"
    NOTE = "note"
    REPORT = "report"
    TELL = "tell"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """English source text."""
        return BREACH_ACT_LABELS[self]


#: Reported and told may come in either order; what is closed takes nothing more.
LEADS_TO = {
    BreachAct.NOTE: None,
    BreachAct.REPORT: BreachStatus.REPORTED,
    BreachAct.TELL: BreachStatus.TOLD,
    BreachAct.CLOSE: BreachStatus.CLOSED,
}
SOURCE_LABELS = {
    BreachSource.ACCOUNT: N_("An account, or one of its sessions"),
    BreachSource.DATABASE: N_("The database or a backup of it"),
    BreachSource.MAIL: N_("Mails to citizens on their way, or a mailbox they pass"),
}
BREACH_LABELS = {
    BreachStatus.OPEN: N_("Being looked into"),
    BreachStatus.REPORTED: N_("Reported to the Committee"),
    BreachStatus.TOLD: N_("Those affected were told"),
    BreachStatus.CLOSED: N_("Closed"),
}
BREACH_ACT_LABELS = {
    BreachAct.RECORD: N_("The breach was recorded"),
    BreachAct.NOTE: N_("What was found or done was written down"),
    BreachAct.REPORT: N_("It was reported to the office of the Committee"),
    BreachAct.TELL: N_("Those affected were told"),
    BreachAct.CLOSE: N_("The record was closed"),
}


def notice_until(known_at: datetime) -> datetime:
    """When the 72 hours end."""
    return known_at + timedelta(hours=NOTICE_HOURS)


def after(act: BreachAct, status: BreachStatus) -> BreachStatus:
    """The status after the act. Raises ``Conflict`` for anything after closing."""
    if status is BreachStatus.CLOSED:
        raise Conflict(Message(N_("This record is closed")))
    return LEADS_TO[act] or status

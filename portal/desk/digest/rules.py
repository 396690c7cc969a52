"""Who is to be looked at, and what goes into the mail. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from portal.kernel.actor import CASE_ROLES, Role
from portal.kernel.digest import Line
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, office_day

DEFAULT_HOUR = 8
#: Who may have something waiting in the morning: who works cases, and who assesses levels.
WRITTEN_TO = (*CASE_ROLES, Role.ASSESSOR)


class Wish(StrEnum):
    """What a person wants to hear in the morning."""

    DAILY = "daily"
    OVERDUE = "overdue"
    NEVER = "never"

    @property
    def label(self) -> str:
        """English source text."""
        return WISH_LABELS[self]


WISH_LABELS = {
    Wish.DAILY: N_("Every working day on which something needs me"),
    Wish.OVERDUE: N_("Only when something is overdue"),
    Wish.NEVER: N_("Never"),
}


def is_due(now: datetime, hour: int, is_working_day: bool, looked_at: date | None) -> bool:
    """True once a day, from that hour in Bangkok on; never again for a day that is not later than the last one."""
    today = office_day(now)
    return is_working_day and now.astimezone(BANGKOK).hour >= hour and (looked_at is None or looked_at < today)


def wanted(lines: Sequence[Line], wish: Wish) -> list[Line]:
    """What of the lines the person wants; nothing means no mail."""
    if wish is Wish.NEVER:
        return []
    return [line for line in lines if line.count and (wish is Wish.DAILY or line.is_overdue)]

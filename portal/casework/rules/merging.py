"""What may be merged into what, and until when it may be undone. In words: ``docs/rules/between.md``."""

from datetime import date, datetime, timedelta

from portal.casework.rules.status import Status
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

UNDONE_WITHIN = timedelta(days=30)
GONE = (Status.MERGED, Status.WITHDRAWN)


def fault(case: tuple[int, int], into: tuple[int, int], status: Status) -> Message | None:
    """Why the first case cannot go on in the second, each an id with that of its agency; None if it can."""
    if case[0] == into[0]:
        return Message(N_("This is the same case; choose another one"))
    if status in GONE:
        return Message(N_("That case is merged or withdrawn itself; choose the one that goes on"))
    if case[1] != into[1]:
        return Message(N_("That case lies at another agency. Forward this one there first; then the two can be merged"))
    return None


def undone_until(merged_at: datetime) -> date:
    """The last day on which the merge may be undone."""
    return office_day(merged_at) + UNDONE_WITHIN

"""The acts that move a due day, in one sentence each: for the sender's mail and page, the officers' history and the API."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.casework.clock.rules import ExtensionReason, PauseReason
from portal.casework.rules import Act
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import format_date

#: Why a pause has ended, in the history's detail; nothing for an officer who ended it.
OVER, CAME = "over", "came"


def moved_by(act: Act, detail: Mapping[str, Any], language: str) -> Message | None:
    """What the act did to the due day, dates in ``language``; None for acts that never move it."""
    match act:
        case Act.PAUSE:
            values = {
                "until": _day(detail["until"], language),
                "reason": Message(PauseReason(detail["reason"]).label),
                "due": _day(detail["due"], language),
            }
            return Message(N_("The clock stands still until %(until)s: %(reason)s. The due day is %(due)s"), values)
        case Act.RESUME:
            return Message(_RESUMED[detail.get("how", "")], {"due": _day(detail["due"], language)})
        case Act.EXTEND:
            values = {
                "reason": Message(ExtensionReason(detail["reason"]).label),
                "before": _day(detail["due_before"], language),
                "due": _day(detail["due"], language),
            }
            return Message(N_("The due day moves from %(before)s to %(due)s: %(reason)s"), values)
    return None


_RESUMED = {
    "": N_("The pause has ended earlier than its last day. The due day is %(due)s"),
    OVER: N_("The pause has ended on its last day. The due day is %(due)s"),
    CAME: N_("What was asked for has come, so the pause has ended. The due day is %(due)s"),
}


def _day(text: str, language: str) -> str:
    return format_date(date.fromisoformat(text), language)

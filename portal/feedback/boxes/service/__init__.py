"""The verbs of boxes. All take (session, actor, now, …), flush and never commit; ``box`` is read under a lock by whoever calls.

They raise ``NotAllowed``, ``Invalid`` by field, and ``Conflict`` when somebody saved first or the box was taken down.
"""

from portal.feedback.boxes.service.keeping import add_box, add_holder, edit_box, end_holder, take_down
from portal.feedback.boxes.service.opening import correct_count, record_opening, take_back
from portal.feedback.boxes.service.posting import covers_since, record_posting
from portal.feedback.boxes.service.reminding import REMINDED, remind
from portal.feedback.boxes.service.slips import Fresh, cancel_series, find_slip, give_code, new_series, renew, sweep
from portal.feedback.boxes.service.typing import keep_slip_number, save_sheet, slip_number_of

__all__ = [
    "REMINDED",
    "Fresh",
    "add_box",
    "add_holder",
    "cancel_series",
    "correct_count",
    "covers_since",
    "edit_box",
    "end_holder",
    "find_slip",
    "give_code",
    "keep_slip_number",
    "new_series",
    "record_opening",
    "record_posting",
    "remind",
    "renew",
    "save_sheet",
    "slip_number_of",
    "sweep",
    "take_back",
    "take_down",
]

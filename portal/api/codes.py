"""Receipt codes that come in, and the limit for those who guess them."""

from portal.api.language import in_language
from portal.api.problems import Problem, field_problem
from portal.casework import receipts
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.boxes.models import BoxSlip
from portal.feedback.boxes.queries import slips
from portal.kernel.messages import N_, Message
from portal.kernel.receipt_code import MistypedCode, read_code
from portal.kernel.thai_calendar import office_day
from portal.web.clock import now
from portal.web.database import db
from portal.web.limits import note_wrong_code, slow_down_guessing
from portal.web.runtime import runtime

MISTYPED = Message(N_("A receipt code has 20 digits of which the last two check the others; this one is mistyped"))
UNKNOWN = Message(N_("We have no matter with this code. Compare it with your receipt, digit by digit"))
#: The code on a stub whose slip is in a box, or in a pocket (``docs/rules/boxes.md``, 19).
NOT_TYPED = N_(
    "This code is that of a slip of %(box)s that is not typed yet; it opens the matter once the box was opened and the slip typed"
)


def opened(typed: str) -> Case:
    """The case that the code opens; raises a problem for a mistyped or unknown one, and counts the unknown against the network."""
    slow_down_guessing()
    try:
        case = receipts.find(db.session, runtime().keyring, typed)
    except MistypedCode as mistyped:
        raise field_problem(422, "receipt", MISTYPED) from mistyped
    if case is None:
        if (slip := slips.waiting(db.session, runtime().keyring, read_code(typed), office_day(now()))) is not None:
            raise Problem(404, Message(NOT_TYPED, {"box": _box_name(slip)}))
        note_wrong_code()
        raise Problem(404, UNKNOWN)
    if receipts.is_old(runtime().keyring, case):
        with unit_of_work(db.session) as session:
            receipts.renew(session, runtime().keyring, case, read_code(typed))
    return case


def _box_name(slip: BoxSlip) -> str:
    box = slip.series.box
    return in_language(box.name_th, box.name_en)

"""The verbs: take a message, decide what waits, forget what is old. All but ``take`` flush and never commit."""

from portal.feedback.mail_in.service.deciding import CaseValues, add_to_case, make_case, not_for_us
from portal.feedback.mail_in.service.forgetting import SWEEP_EVERY, forget_case, sweep, sweep_raws
from portal.feedback.mail_in.service.taking import Brought, Came, Tools, take, take_letter

__all__ = [
    "SWEEP_EVERY",
    "Brought",
    "Came",
    "CaseValues",
    "Tools",
    "add_to_case",
    "forget_case",
    "make_case",
    "not_for_us",
    "sweep",
    "sweep_raws",
    "take",
    "take_letter",
]

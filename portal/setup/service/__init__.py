"""The verbs of the first day. Each takes a ``Hand``: which browser writes, what version it saw, as whom."""

from portal.setup.service.agency import save_agency, save_contact
from portal.setup.service.form import save_form
from portal.setup.service.hand import Hand, finish, pass_over, take
from portal.setup.service.people import make_administrator
from portal.setup.service.policies import draft_policies
from portal.setup.service.token import begin, check_throttle, enter

__all__ = [
    "Hand",
    "begin",
    "check_throttle",
    "draft_policies",
    "enter",
    "finish",
    "make_administrator",
    "pass_over",
    "save_agency",
    "save_contact",
    "save_form",
    "take",
]

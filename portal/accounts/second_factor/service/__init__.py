"""Verbs of second factors: set up, show, take away. Services flush and never commit."""

from portal.accounts.second_factor.service.app import Offer, offer_app, set_up_app
from portal.accounts.second_factor.service.confirming import confirm
from portal.accounts.second_factor.service.passkeys import add_passkey, ask_for_new_passkey, ask_for_passkey, show_passkey
from portal.accounts.second_factor.service.proving import Shown
from portal.accounts.second_factor.service.recovery import renew_codes
from portal.accounts.second_factor.service.removing import remove_app, remove_passkey, reset
from portal.accounts.second_factor.service.sweeping import sweep
from portal.accounts.second_factor.service.waiting import Step, begin_waiting, second_step

__all__ = [
    "Offer",
    "Shown",
    "Step",
    "add_passkey",
    "ask_for_new_passkey",
    "ask_for_passkey",
    "begin_waiting",
    "confirm",
    "offer_app",
    "remove_app",
    "remove_passkey",
    "renew_codes",
    "reset",
    "second_step",
    "set_up_app",
    "show_passkey",
    "sweep",
]

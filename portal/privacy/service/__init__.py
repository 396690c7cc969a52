"""The verbs of privacy. All take (session, actor, now, …), flush and never commit.

Each act on a request is one history, audit and event row. They raise ``NotAllowed`` (policy), ``Invalid`` by field, ``Conflict`` when the
act does not fit or somebody saved first.
"""

from portal.privacy.service.appealing import appeal, hear_appeal
from portal.privacy.service.asking import Asked, ask, ask_for_account, erase_identity, take_back
from portal.privacy.service.breaches import BreachFacts, act_on_breach, record_breach
from portal.privacy.service.carrying import carry_out, note_export
from portal.privacy.service.correcting import correct_contact, forget_old_addresses, withdraw_consent
from portal.privacy.service.deciding import Verdict, decide
from portal.privacy.service.erasing import Tools, blank_request, erase_account, erase_case, erase_request, user_of
from portal.privacy.service.holding import hold, lift
from portal.privacy.service.ledger import LedgerLine, append_to_file, enter, read_file, take_over
from portal.privacy.service.retention import Due, carry_out_some, carry_out_waiting, due

__all__ = [
    "Asked",
    "BreachFacts",
    "Due",
    "LedgerLine",
    "Tools",
    "Verdict",
    "act_on_breach",
    "appeal",
    "append_to_file",
    "ask",
    "ask_for_account",
    "blank_request",
    "carry_out",
    "carry_out_some",
    "carry_out_waiting",
    "correct_contact",
    "decide",
    "due",
    "enter",
    "erase_account",
    "erase_case",
    "erase_identity",
    "erase_request",
    "forget_old_addresses",
    "hear_appeal",
    "hold",
    "lift",
    "note_export",
    "read_file",
    "record_breach",
    "take_back",
    "take_over",
    "user_of",
    "withdraw_consent",
]

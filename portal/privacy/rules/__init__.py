"""Rules of privacy: rights, the table of moves, grounds, clocks, retention, breaches. Values in, values out."""

from portal.privacy.rules.breach import NOTICE_HOURS, BreachAct, BreachSource, BreachStatus, notice_until
from portal.privacy.rules.clock import APPEAL_DAYS, REQUEST_BASIS, REQUEST_DAYS, appeal_until, due_on, may_appeal
from portal.privacy.rules.grounds import GRANTS, REFUSALS, Ground
from portal.privacy.rules.moves import MOVES, WAITING_FOR_US, RequestAct, RequestStatus, checked, possible
from portal.privacy.rules.rights import Decision, ErasedPart, Right, WordsKind

__all__ = [
    "APPEAL_DAYS",
    "GRANTS",
    "MOVES",
    "NOTICE_HOURS",
    "REFUSALS",
    "REQUEST_BASIS",
    "REQUEST_DAYS",
    "WAITING_FOR_US",
    "BreachAct",
    "BreachSource",
    "BreachStatus",
    "Decision",
    "ErasedPart",
    "Ground",
    "RequestAct",
    "RequestStatus",
    "Right",
    "WordsKind",
    "appeal_until",
    "checked",
    "due_on",
    "may_appeal",
    "notice_until",
    "possible",
]

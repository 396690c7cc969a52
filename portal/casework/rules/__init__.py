"""Rules of casework: kinds, statuses, the table of moves, closing and contesting. Values in, values out."""

from portal.casework.rules.closing import CONTEST_RULE, PROOF_KINDS, ContestRule, contest_until, may_contest, needs_proof
from portal.casework.rules.erasing import ERASED, Part
from portal.casework.rules.judging import Deciders, Judge, Route, route
from portal.casework.rules.kinds import (
    ANSWER_WORDS,
    INTERNAL_WORDS,
    KIND_LABELS,
    Anonymity,
    AnswerBy,
    CaseKind,
    Channel,
    KeyScope,
    WordsKind,
)
from portal.casework.rules.moves import ABOUT_ACTS, ACKNOWLEDGING, ANEW, ANSWERING, MOVES, Act, Move, checked, possible
from portal.casework.rules.status import OPEN, Disposition, PublicState, Status

__all__ = [
    "ABOUT_ACTS",
    "ACKNOWLEDGING",
    "ANEW",
    "ANSWERING",
    "ANSWER_WORDS",
    "CONTEST_RULE",
    "ERASED",
    "INTERNAL_WORDS",
    "KIND_LABELS",
    "MOVES",
    "OPEN",
    "PROOF_KINDS",
    "Act",
    "Anonymity",
    "AnswerBy",
    "CaseKind",
    "Channel",
    "ContestRule",
    "Deciders",
    "Disposition",
    "Judge",
    "KeyScope",
    "Move",
    "Part",
    "PublicState",
    "Route",
    "Status",
    "WordsKind",
    "checked",
    "contest_until",
    "may_contest",
    "needs_proof",
    "possible",
    "route",
]

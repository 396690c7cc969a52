"""Ways of following up, results of an attempt, and which of them end it. In words: ``docs/rules/calls.md``."""

from enum import StrEnum

from portal.casework.rules import AnswerBy, Status
from portal.kernel.messages import N_


class Way(StrEnum):
    """How the sender is to be reached."""

    CALL = "call"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """English source text: the name of the queue."""
        return WAY_LABELS[self]


class Why(StrEnum):
    """The sender asked for it when the matter was taken down, or there is an answer to tell."""

    ASKED = "asked"
    ANSWER = "answer"


class Result(StrEnum):
    """What came of one attempt."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WRONG_NUMBER = "wrong_number"
    SENT = "sent"

    @property
    def label(self) -> str:
        """English source text."""
        return RESULT_LABELS[self]


WAY_LABELS = {Way.CALL: N_("To be called back"), Way.LETTER: N_("To be written to")}
RESULT_LABELS = {
    Result.REACHED: N_("Reached"),
    Result.NOT_REACHED: N_("Not reached"),
    Result.WRONG_NUMBER: N_("Wrong number"),
    Result.SENT: N_("Sent"),
}
RESULTS = {Way.CALL: (Result.REACHED, Result.NOT_REACHED, Result.WRONG_NUMBER), Way.LETTER: (Result.SENT,)}
#: After these nobody waits any more.
ENDING = frozenset({Result.REACHED, Result.SENT})
#: How the sender wanted the answer, and so how it has to be told.
TOLD_BY = {AnswerBy.PHONE: Way.CALL, AnswerBy.LETTER: Way.LETTER}
#: Nobody is to be reached about these.
OVER = frozenset({Status.WITHDRAWN})

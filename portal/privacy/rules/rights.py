"""What can be asked for, what can be erased, and how it was decided."""

from enum import StrEnum

from portal.casework.rules.erasing import PART_LABELS, Part
from portal.kernel.messages import N_


class Right(StrEnum):
    """A right of the person whose data are kept (PDPA sections 30 to 36)."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"

    @property
    def label(self) -> str:
        """English source text."""
        return RIGHT_LABELS[self]


class ErasedPart(StrEnum):
    """What a row of the ledger is about: the parts of a case, and what other rooms erase."""

    IDENTITY = "identity"
    WORDS = "words"
    FILES = "files"
    PUBLIC_TEXT = "public_text"
    REQUEST = "request"
    ACCOUNT = "account"

    @property
    def label(self) -> str:
        """English source text."""
        return ERASED_LABELS[self]


class Decision(StrEnum):
    """What came of a request."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """English source text."""
        return DECISION_LABELS[self]


class WordsKind(StrEnum):
    """What a row of erasable words is."""

    REQUEST = "request"
    DECISION = "decision"
    APPEAL = "appeal"
    APPEAL_DECISION = "appeal_decision"

    @property
    def label(self) -> str:
        """English source text."""
        return WORDS_LABELS[self]


RIGHT_LABELS = {
    Right.ACCESS: N_("See or get a copy of my data"),
    Right.CORRECTION: N_("Correct my data"),
    Right.ERASURE: N_("Erase my data"),
    Right.OBJECTION: N_("Object to the use of my data"),
}
ERASED_LABELS = {
    **{ErasedPart(part.value): PART_LABELS[part] for part in Part},
    ErasedPart.REQUEST: N_("The words of a request"),
    ErasedPart.ACCOUNT: N_("E-mail and sign-in of a person who has left"),
}
DECISION_LABELS = {
    Decision.GRANTED: N_("Granted"),
    Decision.PARTLY: N_("Granted in part"),
    Decision.REFUSED: N_("Refused"),
}
WORDS_LABELS = {
    WordsKind.REQUEST: N_("What was asked for"),
    WordsKind.DECISION: N_("Decision and reasons"),
    WordsKind.APPEAL: N_("Appeal"),
    WordsKind.APPEAL_DECISION: N_("Decision on the appeal"),
}

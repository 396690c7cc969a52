"""What can go wrong with cases in particular."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.casework.rules import Status, WordsKind
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message


@dataclass(frozen=True)
class SavedWords:
    """Words that somebody else saved first; plain values, they outlive the transaction."""

    kind: WordsKind
    body: str
    author_id: int | None
    at: datetime


class StaleCase(Conflict):
    """Somebody saved since the form was opened; nothing was written.

    ``status`` and ``row_version`` are the present ones (None when two transactions met in the very same moment), ``saved`` what was
    written since, to be shown beside the officer's own words.
    """

    message = Message(N_("Somebody saved this case after you opened it"))

    def __init__(self, status: Status | None = None, row_version: int | None = None, saved: Sequence[SavedWords] = ()) -> None:
        super().__init__()
        self.status = status
        self.row_version = row_version
        self.saved = tuple(saved)


class AlreadySubmitted(Conflict):
    """The same submission came again after its receipt was wiped; there is no second case."""

    message = Message(N_("You have already sent this; look it up with your receipt code"))

    def __init__(self, case_number: str) -> None:
        super().__init__()
        self.case_number = case_number


class KeyReused(Conflict):
    """A submission key that made a case came again with other words."""

    message = Message(N_("This form was already sent with other words; please send these with a fresh form"))

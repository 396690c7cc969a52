"""What a reorganisation is about to do, in counts: shown first, then confirmed word for word."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from portal.kernel.actor import Role
from portal.kernel.messages import N_


class Ending(StrEnum):
    """How an agency or a unit ends."""

    MERGE = "merge"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """English source text."""
        return ENDING_LABELS[self]


class Rights(StrEnum):
    """What becomes of the rights given in it."""

    WORK = "work"
    END = "end"
    ALL = "all"

    @property
    def label(self) -> str:
        """English source text."""
        return RIGHTS_LABELS[self]


ENDING_LABELS = {
    Ending.MERGE: N_("Merge it: the same office goes on under the successor"),
    Ending.CLOSE: N_("Close it: its work passes to the successor"),
}
RIGHTS_LABELS = {
    Rights.WORK: N_("Publishers, coordinators and officers go on at the successor, roles that rule end"),
    Rights.END: N_("All rights end"),
    Rights.ALL: N_("All rights go on at the successor, also those that rule"),
}


@dataclass(frozen=True)
class Plan:
    """What will be done; ``missing`` are roles that somebody holds now and nobody will hold at the successor."""

    cases: int = 0
    people: int = 0
    below: int = 0
    rights_over: int = 0
    rights_end: int = 0
    invitations: int = 0
    gaining: int = 0
    losing: int = 0
    #: What stays under its old address, for the successor to look after: no part of what is confirmed.
    answered: int = 0
    pages: int = 0
    missing: tuple[Role, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What a person confirms: every count of what will move or end."""
        counts: Mapping[str, object] = asdict(self)
        told = [name for name in counts if name not in ("answered", "pages", "missing")]
        return " ".join(f"{name}={counts[name]}" for name in told)

    @property
    def needs_successor(self) -> bool:
        """True while something is there that must go on somewhere."""
        return bool(self.cases or self.people or self.below)

"""What a computation says: of each fact whether it counts, of each check whether it holds, of each level where the agency stands."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from portal.kernel.messages import N_
from portal.participation.rules.scales import Effort, Origin


class Standing(StrEnum):
    """Whether a fact counts, and if not, why. In the order in which it is asked; the first that holds is told."""

    WITHDRAWN = "withdrawn"
    NOT_PUBLIC = "not_public"
    NOBODY_RESPONSIBLE = "nobody_responsible"
    OUTSIDE_YEAR = "outside_year"
    AFTER_FREEZE = "after_freeze"
    BY_SCORER = "by_scorer"
    REFUSED = "refused"
    LATE = "late"
    ACCEPTED = "accepted"
    COUNTS = "counts"

    @property
    def label(self) -> str:
        """English source text."""
        return STANDING_LABELS[self]


STANDING_LABELS = {
    Standing.WITHDRAWN: N_("Withdrawn"),
    Standing.NOT_PUBLIC: N_("Not public"),
    Standing.NOBODY_RESPONSIBLE: N_("Nobody is responsible"),
    Standing.OUTSIDE_YEAR: N_("Outside the fiscal year"),
    Standing.AFTER_FREEZE: N_("Entered after the year was closed"),
    Standing.BY_SCORER: N_("Made by somebody who scores"),
    Standing.REFUSED: N_("Refused by the assessor"),
    Standing.LATE: N_("Entered late, waits for the assessor"),
    Standing.ACCEPTED: N_("Entered late, accepted by the assessor"),
    Standing.COUNTS: N_("Counts"),
}
#: These count.
COUNTING = frozenset({Standing.COUNTS, Standing.ACCEPTED})


class Verdict(StrEnum):
    """What a check, or a whole level, comes to."""

    PASSED = "passed"
    #: It would pass if the assessor accepted what was entered late.
    WAITING = "waiting"
    FAILED = "failed"
    #: The portal does not know enough to say (ยังคำนวณไม่ได้): never a pass, never a fault of the agency.
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """English source text."""
        return VERDICT_LABELS[self]


VERDICT_LABELS = {
    Verdict.PASSED: N_("Passed"),
    Verdict.WAITING: N_("Waits for the assessor"),
    Verdict.FAILED: N_("Not passed"),
    Verdict.UNKNOWN: N_("Cannot be computed yet"),
}


class Said(Struct, frozen=True):
    """A sentence: English source text with its values, translated where it is shown."""

    text: str
    values: dict[str, Any] = {}


class Ref(Struct, frozen=True, kw_only=True):
    """A fact, named; the words are in the fact itself."""

    kind: str
    key: str


class Missing(Struct, frozen=True, kw_only=True):
    """One thing that is not there: the agency's to-do list. ``path`` leads to where it can be seen.

    ``about`` names the record that lacks it, where there is one: its name, in the reader's language, stands before the sentence.
    """

    said: Said
    path: str = ""
    about: Ref | None = None


class Flag(Struct, frozen=True, kw_only=True):
    """Something that looks like gaming: shown to everybody beside the evidence; whether it takes evidence away, its rule says."""

    code: str
    said: Said
    refs: tuple[Ref, ...] = ()


class Finding(Struct, frozen=True, kw_only=True):
    """What a predicate answers. ``have`` of ``need`` in one sentence (``said``); ``refs`` are the facts that show it."""

    verdict: Verdict
    said: Said
    refs: tuple[Ref, ...] = ()
    missing: tuple[Missing, ...] = ()


class CheckResult(Struct, frozen=True, kw_only=True):
    """A check with its finding."""

    id: str
    origin: Origin
    owner: str
    effort: Effort
    finding: Finding


class CriterionResult(Struct, frozen=True, kw_only=True):
    """A criterion with its checks."""

    id: str
    checks: tuple[CheckResult, ...]


class LevelResult(Struct, frozen=True, kw_only=True):
    """A rung for itself: ``verdict`` of all checks, ``source_verdict`` of the source's own alone. Whether it counts, the ladder says."""

    number: int
    verdict: Verdict
    source_verdict: Verdict
    criteria: tuple[CriterionResult, ...]


class ScaleResult(Struct, frozen=True, kw_only=True):
    """The ladder: ``level`` is 0 to 5, or None where it cannot be computed yet. ``source_level`` is the same by the source's checks alone.

    ``reached`` is the highest level below which everything is passed, also where the next one is unknown; ``stops_at`` is the rung that is
    not passed, None where all are.
    """

    scale: str
    edition: str
    level: int | None
    source_level: int | None
    reached: int
    stops_at: int | None
    levels: tuple[LevelResult, ...]
    standings: tuple[tuple[str, str, Standing], ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def late(self) -> int:
        """How many facts were entered late and wait for the assessor."""
        return sum(standing is Standing.LATE for _, _, standing in self.standings)

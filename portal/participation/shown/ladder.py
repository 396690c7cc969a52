"""A scale, its result and the facts, put together rung by rung."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from portal.kernel.evidence import Fact
from portal.kernel.messages import N_
from portal.participation.rules.results import COUNTING, CheckResult, LevelResult, Missing, Ref, ScaleResult, Standing, Verdict
from portal.participation.rules.scales import Check, Level, Scale, Words
from portal.participation.rules.weighing import kind_of

Facts = Mapping[tuple[str, str], Fact]


class RungState(StrEnum):
    """How a rung stands on the ladder: it counts, the ladder stops at it, or it lies above and does not count."""

    ON = "on"
    STOP = "stop"
    ABOVE = "above"

    @property
    def label(self) -> str:
        """English source text."""
        return RUNG_LABELS[self]


RUNG_LABELS = {RungState.ON: N_("Level passed"), RungState.STOP: N_("Stops here"), RungState.ABOVE: N_("Does not count yet")}


@dataclass(frozen=True)
class ShownCheck:
    """A check with its words and what was found. ``facts`` show it, in the order of the finding."""

    check: Check
    result: CheckResult
    facts: Sequence[Fact]


@dataclass(frozen=True)
class ShownCriterion:
    """A criterion with those of its checks that hold for this agency."""

    words: Words
    checks: Sequence[ShownCheck]


@dataclass(frozen=True)
class Rung:
    """A level with its criteria, and where it stands."""

    level: Level
    result: LevelResult
    state: RungState
    criteria: Sequence[ShownCriterion]

    @property
    def number(self) -> int:
        """1 to 5."""
        return self.level.number

    @property
    def checks(self) -> list[ShownCheck]:
        """Of all criteria."""
        return [check for criterion in self.criteria for check in criterion.checks]

    @property
    def passed(self) -> int:
        """How many checks are."""
        return sum(check.result.finding.verdict is Verdict.PASSED for check in self.checks)

    @property
    def has_evidence(self) -> bool:
        """True if any fact speaks for it."""
        return any(check.facts for check in self.checks)

    @property
    def missing(self) -> list[Missing]:
        """Everything that is not there."""
        return [one for check in self.checks for one in check.result.finding.missing]


@dataclass(frozen=True)
class Ladder:
    """A scale with its result."""

    scale: Scale
    result: ScaleResult
    rungs: Sequence[Rung]
    facts: Facts = field(repr=False)

    @property
    def stop(self) -> Rung | None:
        """The rung that is not passed; None where all are."""
        return self.rungs[self.result.stops_at - 1] if self.result.stops_at else None

    @property
    def because(self) -> ShownCheck | None:
        """Why it stops there: the first check that decides the rung's verdict."""
        stop = self.stop
        deciding = [check for check in stop.checks if check.result.finding.verdict is stop.result.verdict] if stop else []
        return deciding[0] if deciding else None

    def named(self, refs: Iterable[Ref]) -> list[Fact]:
        """The facts that are meant; those that the dossier does not hold any more are left out."""
        return [self.facts[ref.kind, ref.key] for ref in refs if (ref.kind, ref.key) in self.facts]

    @property
    def left_out(self) -> list[tuple[Fact, Standing]]:
        """Facts that do not count, each with the reason."""
        rows = ((self.facts.get((kind, key)), standing) for kind, key, standing in self.result.standings if standing not in COUNTING)
        return [(fact, standing) for fact, standing in rows if fact is not None]

    @property
    def used_by(self) -> dict[tuple[str, str], list[Check]]:
        """For each fact the checks that it shows something for."""
        used: dict[tuple[str, str], list[Check]] = {}
        for one in (check for rung in self.rungs for check in rung.checks):
            for ref in one.result.finding.refs:
                checks = used.setdefault((ref.kind, ref.key), [])
                checks.extend([one.check] if one.check not in checks else [])
        return used


def by_key(facts: Iterable[Fact]) -> Facts:
    """Facts as findings name them."""
    return {(kind_of(fact), fact.key): fact for fact in facts}


def ladder(scale: Scale, result: ScaleResult, facts: Facts) -> Ladder:
    """Put the three together."""
    return Ladder(scale, result, [_rung(scale.level(one.number), one, result, facts) for one in result.levels], facts)


def _rung(level: Level, result: LevelResult, whole: ScaleResult, facts: Facts) -> Rung:
    found = {check.id: check for criterion in result.criteria for check in criterion.checks}
    shown = (
        ShownCriterion(criterion.words, [_check(check, found[check.id], facts) for check in criterion.checks if check.id in found])
        for criterion in level.criteria
    )
    return Rung(level, result, _state(level.number, whole), [criterion for criterion in shown if criterion.checks])


def _check(check: Check, result: CheckResult, facts: Facts) -> ShownCheck:
    named = ((ref.kind, ref.key) for ref in result.finding.refs)
    return ShownCheck(check, result, [facts[name] for name in named if name in facts])


def _state(number: int, whole: ScaleResult) -> RungState:
    if number <= whole.reached:
        return RungState.ON
    return RungState.STOP if number == whole.stops_at else RungState.ABOVE

"""What a predicate is given, how it is named, and the register of all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from portal.kernel.evidence import Fact, LegalList, Subject
from portal.participation.rules.results import COUNTING, Finding, Missing, Ref, Said, Standing, Verdict
from portal.participation.rules.scales import Gaming
from portal.participation.rules.weighing import kind_of

#: Of these nothing is asked any more.
GONE = frozenset({Standing.WITHDRAWN, Standing.OUTSIDE_YEAR, Standing.AFTER_FREEZE, Standing.REFUSED})

F = TypeVar("F", bound=Fact)
G = TypeVar("G", bound=Struct)


@dataclass(frozen=True)
class Held:
    """The facts of an agency and a year, sorted by whether they count."""

    subject: Subject
    lists: Sequence[LegalList]
    facts: Mapping[str, Sequence[tuple[Any, Standing]]]  # by tag
    gaming: Gaming = field(default_factory=Gaming)

    def counting(self, shape: type[F]) -> list[F]:
        """Facts of this shape that count, by day."""
        return [fact for fact, standing in self._of(shape) if standing in COUNTING]

    def with_late(self, shape: type[F]) -> list[F]:
        """The same with those that only wait for the assessor."""
        return [fact for fact, standing in self._of(shape) if standing in COUNTING or standing is Standing.LATE]

    def to_answer(self, shape: type[F]) -> list[F]:
        """Facts that speak against the agency until it answers: hiding one, or naming nobody for it, does not make it go away."""
        return [fact for fact, standing in self._of(shape) if standing not in GONE]

    def belonging(self, shape: type[F]) -> list[F]:
        """Facts of the year, whether they count as evidence or not: what a share is a share of. Refusing one makes no share better."""
        return [fact for fact, standing in self._of(shape) if standing not in GONE or standing is Standing.REFUSED]

    @property
    def has_late(self) -> bool:
        """True if something waits for the assessor."""
        return any(standing is Standing.LATE for pairs in self.facts.values() for _, standing in pairs)

    def with_late_accepted(self) -> "Held":
        """The same as if an assessor had accepted everything that came late."""
        accepted = {
            tag: [(fact, Standing.ACCEPTED if standing is Standing.LATE else standing) for fact, standing in pairs]
            for tag, pairs in self.facts.items()
        }
        return replace(self, facts=accepted)

    def any_at_all(self, shape: type[F]) -> bool:
        """True if there is a record of this shape, whether it counts or not."""
        return bool(self._of(shape))

    def _of(self, shape: type[F]) -> Sequence[tuple[F, Standing]]:
        return self.facts.get(str(shape.__struct_config__.tag), ())


@dataclass(frozen=True)
class Predicate:
    """A named question to the facts; ``given`` is the shape of its thresholds."""

    name: str
    given: type[Struct]
    ask: Callable[[Held, Any], Finding]

    def thresholds(self, values: Mapping[str, Any]) -> Struct:
        """The thresholds out of a file. Raises ``msgspec.ValidationError``."""
        return msgspec.convert(values, self.given)


PREDICATES: dict[str, Predicate] = {}


def predicate(given: type[G]) -> Callable[[Callable[[Held, G], Finding]], Callable[[Held, G], Finding]]:
    """Register a function under its own name, with the shape of its thresholds."""

    def register(ask: Callable[[Held, G], Finding]) -> Callable[[Held, G], Finding]:
        PREDICATES[ask.__name__] = Predicate(ask.__name__, given, ask)
        return ask

    return register


class NoThresholds(Struct, frozen=True, forbid_unknown_fields=True):
    """For a predicate that asks for no number."""


def said(text: str, **values: Any) -> Said:
    """A sentence; mark ``text`` with ``N_``."""
    return Said(text, values)


def refs(facts: Sequence[Fact]) -> tuple[Ref, ...]:
    """The names of facts."""
    return tuple(Ref(kind=kind_of(fact), key=fact.key) for fact in facts)


def missing(text: str, path: str = "", **values: Any) -> Missing:
    """One thing that is not there; mark ``text`` with ``N_``."""
    return Missing(said=Said(text, values), path=path)


def lacks(fact: Fact, text: str, **values: Any) -> Missing:
    """Something that this record lacks; mark ``text`` with ``N_`` and leave the record's name out of it."""
    return Missing(said=Said(text, values), path=fact.path, about=Ref(kind=kind_of(fact), key=fact.key))


def verdict_of(passes: bool, passes_with_late: bool | None = None) -> Verdict:
    """Passed; or waiting, where only what was entered late is wanting; or failed."""
    if passes:
        return Verdict.PASSED
    return Verdict.WAITING if passes_with_late else Verdict.FAILED


def every(names: Sequence[str]) -> Iterator[Predicate]:
    """The predicates with these names, in their order; raises ``KeyError`` for one that is not there."""
    return (PREDICATES[name] for name in names)

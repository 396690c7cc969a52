"""What a predicate is given, how it is named, and the register of all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
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

    def to_answer(self, shape: type[F]) -> list[F]:
        """Facts that speak against the agency until it answers: hiding one, or naming nobody for it, does not make it go away."""
        return [fact for fact, standing in self._of(shape) if standing not in GONE]

    def belonging(self, shape: type[F]) -> list[F]:
        """Facts of the year, whether they count as evidence or not: what a share is a share of. Refusing one makes no share better."""
        return [fact for fact, standing in self._of(shape) if standing not in GONE or standing is Standing.REFUSED]

    @cached_property
    def late_accepted(self) -> "Held | None":
        """The same as if an assessor had accepted everything that came late; None where nothing waits."""
        if not any(standing is Standing.LATE for pairs in self.facts.values() for _, standing in pairs):
            return None
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


def verdict_of(passes: bool) -> Verdict:
    """Passed or failed; what only waits for an assessor, ``computing`` finds out."""
    return Verdict.PASSED if passes else Verdict.FAILED

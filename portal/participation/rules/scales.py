"""A scale as data: levels, their criteria, and the checks behind each.

Files lie in ``config/scales``; ``docs/rules/scale.md`` tells how to write one.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from portal.kernel.messages import N_

#: Levels of a scale, one to five.
LEVELS = 5


class Origin(StrEnum):
    """Whose the check is: the source's own words, or ours."""

    SOURCE = "source"
    OURS = "ours"

    @property
    def label(self) -> str:
        """English source text."""
        return ORIGIN_LABELS[self]


class Effort(StrEnum):
    """How much work it is to mend what a check misses, so that an agency can begin with what is quick."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"

    @property
    def label(self) -> str:
        """English source text."""
        return EFFORT_LABELS[self]


ORIGIN_LABELS = {Origin.SOURCE: N_("From the source"), Origin.OURS: N_("Added by the portal")}
EFFORT_LABELS = {Effort.HOURS: N_("A few hours"), Effort.DAYS: N_("A few days"), Effort.MONTHS: N_("Some months")}


#: Not empty.
Text = Annotated[str, Meta(pattern=r"\S")]


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Text in both languages."""

    th: Text
    en: Text


class Gaming(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers of the rules against gaming (``docs/rules/scale.md``)."""

    #: An activity with fewer people from outside the state is no listening.
    least_outside: int = 1
    #: So many records dated on the last day of the year, and at least this share of all, are flagged.
    last_day: int = 5
    last_day_share: int = 20
    #: So many records of different days stored on one day are flagged.
    bulk: int = 10


class Check(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named predicate with its thresholds (``given``), as one criterion asks it."""

    id: str  # unique in the scale: "mission_pages"
    predicate: str
    origin: Origin
    words: Words
    #: Why it is asked, and where a number comes from.
    rationale: Words
    #: Role of whoever can mend it: a code of ``kernel.actor.Role``.
    owner: str = "coordinator"
    effort: Effort = Effort.DAYS
    given: dict[str, Any] = {}
    #: Levels of agency (``agencies.rules.AgencyLevel``) it holds for; empty for all.
    only_levels: tuple[str, ...] = ()


class Criterion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a level asks for, in words, and the checks that show it."""

    id: str
    words: Words
    checks: tuple[Check, ...]


class Level(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rung."""

    number: int
    name: Words
    #: The source's wording, with the slips of its page put right.
    words: Words
    criteria: tuple[Criterion, ...]


class Scale(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One scale, for the fiscal years (B.E.) from ``first_year`` to ``last_year`` (None: until another takes its place)."""

    code: str  # "2549", "2550"
    edition: str  # names the file: "2549-1"; never used twice
    first_year: int
    last_year: int | None = None
    #: Kinds of agency (``agencies.rules.AgencyKind``) that it is computed for.
    kinds: tuple[str, ...]
    title: Words
    question: Words  # the one sentence that it answers
    rationale: Words
    gaming: Gaming = Gaming()
    levels: tuple[Level, ...]

    def holds_in(self, fiscal_year: int) -> bool:
        """True if it is the scale of that year."""
        return self.first_year <= fiscal_year and (self.last_year is None or fiscal_year <= self.last_year)

    def level(self, number: int) -> Level:
        """The rung with this number."""
        return self.levels[number - 1]


def checks_of(scale: Scale) -> Iterator[Check]:
    """All checks, from the first level up."""
    return (check for level in scale.levels for criterion in level.criteria for check in criterion.checks)


class ScaleFault(ValueError):
    """A file is no scale; the text says where and why."""


def read_scale(text: str | bytes) -> Scale:
    """A scale from YAML. Raises ``ScaleFault`` with the place of the fault; predicates: ``computing.check_predicates``."""
    try:
        scale: Scale = msgspec.yaml.decode(text, type=Scale)
    except msgspec.MsgspecError as fault:
        raise ScaleFault(str(fault)) from fault
    check_scale(scale)
    return scale


def check_scale(scale: Scale) -> None:
    """Raise ``ScaleFault`` where the parts of a scale do not fit each other."""
    if [level.number for level in scale.levels] != list(range(1, LEVELS + 1)):
        raise ScaleFault("levels: there must be five, numbered 1 to 5 in their order")
    if scale.last_year is not None and scale.last_year < scale.first_year:
        raise ScaleFault(f"last_year: {scale.last_year} lies before the first year {scale.first_year}")
    ids = [check.id for check in checks_of(scale)]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise ScaleFault(f"checks: {', '.join(twice)} used twice")
    if empty := [level.number for level in scale.levels if not any(criterion.checks for criterion in level.criteria)]:
        raise ScaleFault(f"levels: {empty} ask for nothing")

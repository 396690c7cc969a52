"""Conditions and what they lack. Values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from portal.kernel import places
from portal.kernel.messages import N_
from portal.kernel.thai_text import fold_digits, normalise

WORDS_MOST = 20
WORD_MOST = 60  # characters
RULES_MOST = 100
DAYS_MOST = 365


class Condition(StrEnum):
    """What a rule can ask for, in the order in which it is told."""

    KIND = "kind"
    CHANNEL = "channel"
    TOPIC = "topic"
    MISSION = "mission"
    WORDS = "words"
    PLACE = "place"
    URGENT = "urgent"

    @property
    def label(self) -> str:
        """English source text of its name."""
        return _LABELS[self]


_LABELS = {
    Condition.KIND: N_("Kind"),
    Condition.CHANNEL: N_("Channel"),
    Condition.TOPIC: N_("Topic"),
    Condition.MISSION: N_("Mission"),
    Condition.WORDS: N_("Words"),
    Condition.PLACE: N_("Place"),
    Condition.URGENT: N_("Danger to life"),
}


@dataclass(frozen=True)
class Conditions:
    """What a rule asks for; what is empty asks for nothing. ``words`` are folded (``fold``), ``places`` are codes."""

    kinds: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    topic_id: int | None = None
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    urgent: bool = False
    mission_id: int | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a matter. ``words`` are folded, ``places`` are codes of what is named."""

    kind: str
    channel: str
    topic_id: int | None
    words: str
    places: tuple[str, ...] = ()
    urgent: bool = False
    #: That of the topic.
    mission_id: int | None = None


def fold(text: str) -> str:
    """``text`` as words are compared: one spelling, Arabic digits, small letters."""
    return fold_digits(normalise(text)).casefold()


def lacking(conditions: Conditions, facts: Facts) -> list[Condition]:
    """The conditions that do not hold; empty if the rule fits."""
    holds = {
        Condition.KIND: not conditions.kinds or facts.kind in conditions.kinds,
        Condition.CHANNEL: not conditions.channels or facts.channel in conditions.channels,
        Condition.TOPIC: conditions.topic_id is None or facts.topic_id == conditions.topic_id,
        Condition.MISSION: conditions.mission_id is None or facts.mission_id == conditions.mission_id,
        Condition.WORDS: not conditions.words or any(_stands(word, facts.words) for word in conditions.words),
        Condition.PLACE: not conditions.places or _is_there(conditions.places, facts.places),
        Condition.URGENT: facts.urgent or not conditions.urgent,
    }
    return [condition for condition, held in holds.items() if not held]


Rule = TypeVar("Rule")


def first_fitting(rules: Iterable[tuple[Rule, Conditions]], facts: Facts) -> Rule | None:
    """The first rule that lacks nothing."""
    return next((rule for rule, conditions in rules if not lacking(conditions, facts)), None)


def unreachable(rules: Sequence[Conditions]) -> list[bool]:
    """For each rule whether one before it fits everything."""
    found, shut = [], False
    for conditions in rules:
        found.append(shut)
        shut = shut or conditions == Conditions()
    return found


def _stands(word: str, text: str) -> bool:
    """A Thai word anywhere, one that begins or ends with a Latin letter or digit only where it is whole there."""
    place = text.find(word)
    while place >= 0:
        before, after = text[place - 1 : place], text[place + len(word) : place + len(word) + 1]
        if not (_joins(before, word[0]) or _joins(word[-1], after)):
            return True
        place = text.find(word, place + 1)
    return False


def _joins(left: str, right: str) -> bool:
    return all(sign.isascii() and sign.isalnum() for sign in (left, right))


def _is_there(asked: Iterable[str], named: Sequence[str]) -> bool:
    return any(places.covers(area, code) for area in asked for code in named)

"""What speaks for an agency, and how much. Values in, values out."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import log
from typing import Any

from portal.kernel import places
from portal.kernel.messages import N_, Message
from portal.kernel.places import Place

#: So many are suggested.
SHOWN_MOST = 3
#: Less than this is no better than guessing.
LEAST = 1.5
#: By the digits of the code of an area that holds the place.
PLACE_POINTS = {2: 3.0, 4: 4.0, 6: 5.0}
#: The place is named no closer than the area: a district office, and only its province is known.
AROUND_POINTS = 1.0
TASK_MOST = 3.0
EARLIER_MOST = 3.0
#: Two matters are much alike if they share this part of the words of the shorter one, and so many at least.
SHARED_PART, SHARED_LEAST = 0.5, 4


class Ground(StrEnum):
    """Why an agency is suggested."""

    PLACE = "place"
    TASK = "task"
    EARLIER = "earlier"


@dataclass
class Suggestion:
    """An agency by its id, its points, and each ground with what stands behind it."""

    agency_id: int
    points: float = 0.0
    place: Place | None = None
    words: list[str] = field(default_factory=list)
    earlier: int = 0

    @property
    def grounds(self) -> list[Ground]:
        """In the order in which they are told."""
        there = {Ground.PLACE: self.place is not None, Ground.TASK: bool(self.words), Ground.EARLIER: self.earlier > 0}
        return [ground for ground, so in there.items() if so]

    def reasons(self, language: str) -> list[Message]:
        """The grounds in words; names of places in the language of the page."""
        told: list[Message] = []
        if self.place:
            name: Any = self.place.whole_th if language == "th" else self.place.whole_en
            told.append(Message(N_("It works in %(place)s"), {"place": name}))
        if self.words:
            told.append(Message(N_("Its tasks speak of: %(words)s"), {"words": ", ".join(self.words[:4])}))
        if self.earlier:
            told.append(Message(N_("%(count)s earlier matters like this were sent there"), {"count": self.earlier}))
        return told


def place_points(area: Sequence[str], found: Collection[str]) -> tuple[float, str | None]:
    """Points of an area for the places found, and the code of the area that earns them; below zero if it lies elsewhere."""
    if not area or not found:
        return 0.0, None
    holding = [code for code in area if any(places.covers(code, place) for place in found)]
    if holding:
        best = max(holding, key=len)
        return PLACE_POINTS[len(best)], best
    around = [code for code in area if any(places.covers(place, code) for place in found)]
    return (AROUND_POINTS, around[0]) if around else (-100.0, None)


def task_points(words: Collection[str], documents: Mapping[int, Collection[str]], agencies: int) -> dict[int, tuple[float, list[str]]]:
    """For each agency the weight of the words that its document shares with the matter, and these words, rarest first."""
    shared = {agency_id: set(words) & set(document) for agency_id, document in documents.items()}
    spread = Counter(word for found in shared.values() for word in found)
    weight = {word: log((agencies + 1) / count) for word, count in spread.items()}
    return {agency_id: _weighed(found, weight) for agency_id, found in shared.items() if found}


def _weighed(found: Iterable[str], weight: Mapping[str, float]) -> tuple[float, list[str]]:
    rarest_first = sorted(found, key=lambda word: (-weight[word], word))
    return min(TASK_MOST, sum(weight[word] for word in rarest_first)), rarest_first


def is_like(one: Collection[str], other: Collection[str]) -> bool:
    """True if two matters, by their telling words, are much alike."""
    common = len(set(one) & set(other))
    return common >= SHARED_LEAST and common >= SHARED_PART * min(len(set(one)), len(set(other)))


def best(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """The few that are worth saying, best first."""
    worth = [one for one in suggestions if one.points >= LEAST and one.grounds]
    return sorted(worth, key=lambda one: (-one.points, one.agency_id))[:SHOWN_MOST]

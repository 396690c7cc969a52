"""Tokens as the index stores them and asks for them: the same function on both sides, or nothing is found."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from portal.kernel.thai_text import WordBreaker, clusters, fold_digits, normalise, search_tokens

#: Stands between title, text and agency, so that no phrase runs from one into the next. A private letter: nobody can type it.
SEAM = "\ue000"
#: Stands between two letters of a script that parts its words, or "tap" would be found in "baht a page". Thai and digits need none:
#: their spaces are matters of taste, and a telephone number is found however it is grouped.
GAP = "\ue001"
LONGEST_WORD = 60
#: What a token may hold; the dictionary also knows words with spaces and dots, such as names of agencies.
_NO_LETTER = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|_")


class Tokens(NamedTuple):
    """Words, for ranking, and clusters, for finding."""

    words: list[str]
    clusters: list[str]


class Cluster(NamedTuple):
    """A cluster as it is compared, and where it stands in the text it came from."""

    text: str
    start: int
    end: int


def tokens(text: str, breaker: WordBreaker) -> Tokens:
    """Words and clusters of ``text``, each free of spaces, quotes and every sign that a query language knows."""
    words = search_tokens(text, breaker)[0]
    tidy = (_NO_LETTER.sub("", word)[:LONGEST_WORD] for word in words)
    return Tokens([word for word in tidy if word], [cluster.text for cluster in located(normalise(text))])


def located(text: str) -> list[Cluster]:
    """The clusters of a normalised text, and the gaps that count, with their places in it; folding may lengthen a letter (ß is ss)."""
    folded, origin = _folded(text)
    found: list[Cluster] = []
    place = 0
    for part in clusters(folded):
        start = folded.index(part, place)
        place = start + len(part)
        if part != "_":
            cluster = Cluster(part, origin[start], origin[place - 1] + 1)
            found += [*_gap(found, cluster), cluster]
    return found


def _gap(before: Sequence[Cluster], after: Cluster) -> list[Cluster]:
    if before and before[-1].end < after.start and _parts_words(before[-1].text) and _parts_words(after.text):
        return [Cluster(GAP, before[-1].end, after.start)]
    return []


def _parts_words(cluster: str) -> bool:
    return cluster[0].isalpha() and not "\u0e00" <= cluster[0] <= "\u0e7f"


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and for each of its characters the place it came from."""
    plain = fold_digits(text)
    folded = plain.casefold()
    if len(folded) == len(plain):
        return folded, range(len(plain))
    return folded, [place for place, character in enumerate(plain) for _ in character.casefold()]

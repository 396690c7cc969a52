"""Names that are words of their own, such as those of agencies, found in a text before the dictionary cuts it.

They are not loaded into the dictionary: nlpo3 never frees one, and each change of a name would cost every process another 75 MB.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from portal.kernel.thai_text.characters import MARKS, clusters

#: A name of fewer clusters may be a piece of an ordinary word, so it counts only where it stands alone.
_UNMISTAKABLE = 4
_HEAD = 2
#: What no cluster begins with, so that no name ends before it.
_INNER = re.compile(f"[{MARKS}ะาำๅ]")


class Names:
    """Names to look for; they are given as the text is, folded and in one spelling."""

    def __init__(self, names: Iterable[str]) -> None:
        #: By their first letters: the lengths they may have, longest first.
        self._lengths: dict[str, list[int]] = {}
        self._names = frozenset(name for name in names if len(name) >= _HEAD)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._names:
            lengths[name[:_HEAD]].add(len(name))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def split(self, text: str) -> Iterator[tuple[str, bool]]:
        """The text in its pieces, each with whether it is a name; of names that begin at one place the longest."""
        if not self._names:
            yield text, False
            return
        begun = place = 0
        while place < len(text):
            end = self._end(text, place)
            if not end:
                place += 1
                continue
            if begun < place:
                yield text[begun:place], False
            yield text[place:end], True
            begun = place = end
        if begun < len(text):
            yield text[begun:], False

    def _end(self, text: str, place: int) -> int:
        """Where the name that begins here ends; 0 where none begins."""
        for length in self._lengths.get(text[place : place + _HEAD], ()):
            end = place + length
            if text[place:end] in self._names and _stands(text, place, end):
                return end
        return 0


def _stands(text: str, start: int, end: int) -> bool:
    """True unless the stretch tears a cluster or, being short or foreign, a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("เ", "แ", "โ", "ใ", "ไ") or _INNER.match(after):
        return False
    if len(clusters(text[start:end])) >= _UNMISTAKABLE and not text[start].isascii():
        return True
    return not (before.isalnum() or after.isalnum())

"""Much the same text gives much the same marks: a sketch (minhash in one pass) cut into bands.

Two texts that share nine tenths of their pieces share a band nearly always, those that share a third hardly ever. Digits, spaces and signs
do not count, so that a running number in each copy changes nothing.
"""

import hashlib

from portal.kernel.thai_text import normalise

PIECE = 5  # characters
BANDS = 6
ROWS = 4
#: More than this says nothing new about likeness, and a body may be long.
LOOKED_AT = 3000  # characters
#: Two texts are alike if so many of their bands are the same.
ALIKE_BANDS = 3
_PLACES = BANDS * ROWS


def bands(text: str) -> list[str]:
    """The marks of a text, ``BANDS`` of them; the same text always gives the same."""
    letters = "".join(sign for sign in normalise(text)[:LOOKED_AT].casefold() if not (sign.isspace() or sign.isdigit() or sign in _SIGNS))
    pieces = {letters[at : at + PIECE] for at in range(max(1, len(letters) - PIECE + 1))}
    least = _least_by_place(pieces)
    return [f"{band}:{'.'.join(map(str, least[band * ROWS : (band + 1) * ROWS]))}" for band in range(BANDS)]


def are_alike(one: list[str], other: list[str]) -> bool:
    """True if two lists of marks are of much the same text."""
    return len(set(one) & set(other)) >= ALIKE_BANDS


def _least_by_place(pieces: set[str]) -> list[int]:
    """Each piece falls into one place; the least hash of a place stands for it, an empty place borrows from the next."""
    least: list[int | None] = [None] * _PLACES
    for piece in pieces:
        number = int.from_bytes(hashlib.blake2b(piece.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        place, value = number % _PLACES, number // _PLACES
        held = least[place]
        if held is None or value < held:
            least[place] = value
    return [_from_here(least, place) for place in range(_PLACES)]


def _from_here(least: list[int | None], place: int) -> int:
    return next(value for step in range(_PLACES) if (value := least[(place + step) % _PLACES]) is not None)


_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’…–—ๆฯ๏๚๛")

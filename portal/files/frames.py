"""Several files as one stream of bytes: what the cleaning process writes to its standard output."""

from collections.abc import Iterable


def framed(pieces: Iterable[bytes]) -> bytes:
    """As one stream of bytes, each piece after its length."""
    return b"".join(len(piece).to_bytes(8, "big") + piece for piece in pieces)


def unframed(stream: bytes) -> list[bytes]:
    """What ``framed`` put together."""
    pieces, at = [], 0
    while at < len(stream):
        length = int.from_bytes(stream[at : at + 8], "big")
        pieces.append(stream[at + 8 : at + 8 + length])
        at += 8 + length
    return pieces

"""Reading a form that is too large to take: what was typed is given back, the rest is thrown away.

Pages put their text fields before their file fields, so the words are in the first kilobytes of a body whose
files break every limit.
"""

from typing import IO

from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

TEXT_MOST = 2 * 1024 * 1024  # bytes read in search of text
_PIECE = 64 * 1024


def text_before_files(stream: IO[bytes], content_type: str, limit_bytes: int = TEXT_MOST) -> dict[str, list[str]]:
    """Text fields of a multipart body that stand before its first file, read from ``stream`` at most ``limit_bytes`` far.

    Never raises for what the body holds: a broken body gives the fields before the break, another content type none.
    A field that the limit cuts is given back as far as it was read.
    """
    media_type, options = parse_options_header(content_type)
    boundary = options.get("boundary", "").encode("ascii", "ignore")
    if media_type != "multipart/form-data" or not boundary:
        return {}
    found, rest = _TextFields(MultipartDecoder(boundary)), bytearray()
    while limit_bytes > 0 and not found.complete and (piece := stream.read(min(_PIECE, limit_bytes))):
        limit_bytes -= len(piece)
        rest += piece
        # Whole lines only: of a boundary that is cut from its line end the decoder makes a stray CR in the text.
        lines = rest.rfind(b"\n") + 1
        found.feed(bytes(rest[:lines]))
        del rest[:lines]
    found.feed(bytes(rest))
    return found.texts()


def drain(stream: IO[bytes], most: int) -> int:
    """Read and forget up to ``most`` bytes; returns how many there were.

    A browser that is still sending reads no answer, so a refusal is seen only if its body is taken in first.
    """
    taken = 0
    try:
        while taken < most and (piece := stream.read(min(_PIECE, most - taken))):
            taken += len(piece)
    except OSError:  # the sender hung up
        return taken
    return taken


class _TextFields:
    """Collects fields until a file begins, the body ends, or it turns out to be broken."""

    def __init__(self, decoder: MultipartDecoder) -> None:
        self.complete = False
        self._decoder = decoder
        self._fields: list[tuple[str, bytearray]] = []

    def feed(self, piece: bytes) -> None:
        try:
            self._decoder.receive_data(piece)
            while not self.complete and not isinstance(event := self._decoder.next_event(), NeedData):
                self._take(event)
        except (ValueError, LookupError, TypeError, AttributeError):  # what the decoder throws at a body that is no form
            self.complete = True

    def texts(self) -> dict[str, list[str]]:
        texts: dict[str, list[str]] = {}
        for name, value in self._fields:
            texts.setdefault(name, []).append(value.decode(errors="replace"))
        return texts

    def _take(self, event: object) -> None:
        if isinstance(event, Field):
            self._fields.append((event.name or "", bytearray()))
        elif isinstance(event, Data) and self._fields:
            self._fields[-1][1].extend(event.data)
        self.complete = isinstance(event, (File, Epilogue))

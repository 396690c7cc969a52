"""Header lines to text and addresses.

The parser of the standard library's newer policy raises on many broken headers and takes quadratic time over some; so the lines are
taken raw and read here, where nothing raises.
"""

import base64
import binascii
import re
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from quopri import decodestring

from portal.feedback.mail_in.reading.charsets import decode

LINE_MOST = 10_000  # characters of one header that are looked at
_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([BbQq])\?([^?\s]*(?: [^?\s]+)*)\?=")
_NAMED = re.compile(r"<([^<>\s]{1,500})>")


def raw_values(message: Message, name: str) -> list[str]:
    """Every value of the header, unfolded, with undecoded bytes as surrogates; at most ten."""
    wanted = name.lower()
    found = [value for key, value in message.raw_items() if key.lower() == wanted]
    return [re.sub(r"[\r\n]+[ \t]*", " ", str(value)[:LINE_MOST]) for value in found[:10]]


def first(message: Message, name: str) -> str:
    """The first value as text, empty if there is none."""
    return next((text_of(value) for value in raw_values(message, name)), "")


def text_of(raw: str) -> str:
    """A header's value with its encoded words in clear. Letters torn apart between two words of one encoding are put together."""
    data = raw.encode("utf-8", "surrogateescape")
    pieces: list[tuple[bytes, str | None]] = []
    at = 0
    for word in _WORD.finditer(data):
        between = data[at : word.start()]
        if between.strip() or not pieces or pieces[-1][1] is None:
            pieces.append((between, None))
        pieces.append((_unpacked(word[2], word[3]), word[1].decode("ascii", "replace").partition("*")[0].lower()))
        at = word.end()
    pieces.append((data[at:], None))
    return "".join(decode(part, charset or "").text for part, charset in _joined(pieces) if part)


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """Name and address of everybody in these headers; what is no address is left out."""
    values = [value for name in names for value in raw_values(message, name)]
    found = []
    for value in values:
        for name, address in _split(value):
            plain = address.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
            if "@" in plain.strip("@") and len(plain) <= 254:
                found.append((text_of(name).strip(), plain))
    return found[:200]


def _split(value: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([value])
    except (RecursionError, ValueError, IndexError, TypeError, AttributeError):  # comments in comments, and worse
        return []


def ids(message: Message, *names: str) -> list[str]:
    """What stands in angle brackets."""
    return [found for name in names for value in raw_values(message, name) for found in _NAMED.findall(value)][:100]


def day_of(message: Message) -> str:
    """When the message says that it was written, ISO 8601; empty where it says nothing that can be read."""
    try:
        return parsedate_to_datetime(first(message, "Date")).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _unpacked(how: bytes, text: bytes) -> bytes:
    if how in b"Qq":
        return decodestring(text, header=True)
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return text


def _joined(pieces: list[tuple[bytes, str | None]]) -> list[tuple[bytes, str | None]]:
    whole: list[tuple[bytes, str | None]] = []
    for part, charset in pieces:
        if whole and charset is not None and whole[-1][1] == charset:
            whole[-1] = (whole[-1][0] + part, charset)
        else:
            whole.append((part, charset))
    return whole

"""What a tag may be, and which spellings are one tag."""

import re
import unicodedata

from portal.casework.texts import tidy_line, too_long
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits, normalise

NAME_MOST = 40  # characters
#: On one case.
ON_CASE_MOST = 12
#: Of one agency: more cannot be chosen from.
AGENCY_MOST = 300
_BETWEEN = re.compile(r"[,，、;\n]")
_EMPTY = Message(N_("Write a tag"))


def named(text: str) -> str:
    """The tag as it is kept: one line, one spelling of what looks the same."""
    return tidy_line(text).strip(" #")


def fold(name: str) -> str:
    """The same for spellings that mean one tag: capitals, Thai digits, spaces, dashes and dots do not count."""
    plain = fold_digits(normalise(name)).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LMN")


def split(text: str) -> list[str]:
    """Several tags written in one field, between commas; each spelling once."""
    names = [name for part in _BETWEEN.split(text) if (name := named(part))]
    return list({fold(name): name for name in reversed(names)}.values())[::-1]


def fault(name: str) -> Message | None:
    """What is wrong with one tag."""
    if len(name) > NAME_MOST:
        return too_long(NAME_MOST)
    return None if fold(name) else _EMPTY


def fault_of(text: str) -> Message | None:
    """What is wrong with a field of tags."""
    names = split(text)
    return next((found for name in names if (found := fault(name))), None) if names else _EMPTY

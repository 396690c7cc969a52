"""What of a reported passage is hidden at once, and how. Values in, values out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.messages import N_
from portal.kernel.redaction import Reason, propose
from portal.kernel.redaction.flat import flat

#: What a pattern proves; names only look like names, so a person decides.
AT_ONCE = frozenset({Reason.TELEPHONE, Reason.IDENTITY_NUMBER, Reason.EMAIL, Reason.HOUSE_NUMBER, Reason.PLATE})
LEAST, MOST = 2, 300  # characters of a passage
REPORTS_NETWORK = "10 per 10 minutes"
#: Working days within which an officer looks.
REVIEW_DAYS = 1


class What(StrEnum):
    """What the passage is, as whoever reports it says, or as the pattern found; the first codes are those of ``Reason``."""

    TELEPHONE = "telephone"
    IDENTITY_NUMBER = "identity_number"
    EMAIL = "email"
    HOUSE_NUMBER = "house_number"
    PLATE = "plate"
    PERSONAL_NAME = "personal_name"
    OTHER = "other"
    PICTURE = "picture"

    @property
    def label(self) -> str:
        """English source text."""
        return OTHER_LABELS[self] if self in OTHER_LABELS else Reason(self.value).label

    @property
    def mark(self) -> str:
        """What stands there once it is hidden for good; in place of a picture nothing stands."""
        return OTHER_MARKS[self] if self in OTHER_MARKS else Reason(self.value).mark

    def waiting_mark(self, serial: int) -> str:
        """What stands there until an officer has looked; ``serial`` makes it the passage's own."""
        return f"{self.mark[:-1]} · รอตรวจ {serial}]"


OTHER_LABELS = {What.OTHER: N_("Something else that tells who it is"), What.PICTURE: N_("A picture")}
OTHER_MARKS = {What.OTHER: "[ปิด: ข้อมูลส่วนบุคคล]", What.PICTURE: "[ปิด: ภาพ]"}
#: What somebody may say of a passage of text.
OF_TEXT = [what for what in What if what is not What.PICTURE]


class PassageState(StrEnum):
    """Where a reported passage stands; the last two are an officer's word."""

    HIDDEN = "hidden"
    REPORTED = "reported"
    CLOSED = "closed"
    STANDS = "stands"

    @property
    def label(self) -> str:
        """English source text, for the public log."""
        return STATE_LABELS[self]


STATE_LABELS = {
    PassageState.HIDDEN: N_("Hidden at once, an officer has yet to look"),
    PassageState.REPORTED: N_("Waits for an officer"),
    PassageState.CLOSED: N_("Hidden for good"),
    PassageState.STANDS: N_("Stands: an officer looked, it is nobody's personal data"),
}
WAITING = frozenset({PassageState.HIDDEN, PassageState.REPORTED})


@dataclass(frozen=True)
class Match:
    """A piece of the text that a pattern proves to be personal data."""

    what: What
    text: str

    @property
    def key(self) -> str:
        """The same for every way to write it."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """Digits where there are enough of them to tell; else the letters without case and spaces."""
    plain = flat(text)
    digits = re.sub(r"\D", "", plain)
    return digits if len(digits) >= 9 else "".join(plain.casefold().split())[:MOST]


def stands_in(text: str, passage: str) -> bool:
    """True if the passage stands in the text, however it is broken into lines."""
    return next(_places(text, passage), None) is not None


def matches(texts: Sequence[str], passage: str) -> list[Match]:
    """What a pattern proves inside or around the passage, and every other way in which the texts write the same."""
    proven = [(text, one) for text in texts for one in propose(text) if one.reason in AT_ONCE]
    touched = {
        key_of(one.text) for text, one in proven if any(one.start < end and start < one.end for start, end in _places(text, passage))
    }
    found = {Match(What(one.reason.value), one.text): None for _text, one in proven if key_of(one.text) in touched}
    return list(found)


def without(text: str, passage: str, mark: str) -> str:
    """The text with the mark wherever the passage stands."""
    for start, end in reversed(list(_places(text, passage))):
        text = text[:start] + mark + text[end:]
    return text


def _places(text: str, passage: str) -> Iterator[tuple[int, int]]:
    words = passage.split()
    if not words:
        return
    yield from (found.span() for found in re.finditer(r"\s+".join(map(re.escape, words)), text))

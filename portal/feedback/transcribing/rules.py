"""States of a sheet, why one is set aside, how long somebody has it, and what a registry number is. In words: ``docs/rules/letters.md``."""

import re
from datetime import timedelta
from enum import StrEnum

from portal.casework.rules import Channel, Status
from portal.kernel.messages import N_
from portal.kernel.thai_text import fold_digits

#: Whoever begins a sheet has it for so long, counted anew with each saving.
LEASE = timedelta(minutes=30)
#: Pages and words of what was set aside go after this.
ASIDE_KEPT = timedelta(days=365)
NUMBER_MOST = 60
REFERENCE_MOST = 200
WHY_MOST = 500
#: Pages that one request may add.
PAGES_AT_ONCE = 100
#: Channels by which something comes on paper, or on a picture of it; letters first.
ON_PAPER = (Channel.LETTER, Channel.BOX, Channel.WALK_IN, Channel.FAX, Channel.FORUM, Channel.EMAIL, Channel.LINE, Channel.FACEBOOK)


class SheetState(StrEnum):
    """Where a sheet stands."""

    WAITING = "waiting"
    TO_CHECK = "to_check"
    CASE = "case"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


class Aside(StrEnum):
    """Why a sheet becomes no case."""

    BLANK = "blank"
    ILLEGIBLE = "illegible"
    DUPLICATE = "duplicate"
    NOT_FOR_US = "not_for_us"

    @property
    def label(self) -> str:
        """English source text."""
        return ASIDE_LABELS[self]


STATE_LABELS = {
    SheetState.WAITING: N_("To be typed"),
    SheetState.TO_CHECK: N_("To be checked"),
    SheetState.CASE: N_("Became a case"),
    SheetState.SET_ASIDE: N_("Set aside"),
}
ASIDE_LABELS = {
    Aside.BLANK: N_("Nothing is written on it"),
    Aside.ILLEGIBLE: N_("It cannot be read"),
    Aside.DUPLICATE: N_("The same as another"),
    Aside.NOT_FOR_US: N_("Not for us"),
}
#: Somebody still has to do something about these.
WAITING = (SheetState.WAITING, SheetState.TO_CHECK)
#: Nobody types the photographed letter of a case that ended without an answer.
OVER = (Status.WITHDRAWN, Status.DECLINED, Status.MERGED)
#: Nothing needs to be said about an empty sheet.
SPEAKS_FOR_ITSELF = frozenset({Aside.BLANK})

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def number_key(number: str) -> str:
    """What makes two spellings one registry number: "๐๐12 / ๒๕๗๐" is "12/2570". Empty for none."""
    return _ZEROS.sub("", "".join(fold_digits(number).split()).casefold())

"""For whom a channel is, whether it is open, and what its address leads to. In words: ``docs/rules/channels.md``."""

import re
from datetime import date
from enum import StrEnum

from portal.kernel.messages import N_
from portal.kernel.thai_text import fold_digits

_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@.,;:<>()\"]+(\.[^\s@.,;:<>()\"]+)+")
_PHONE = re.compile(r"\+?\d[\d ().-]{2,24}")
_LINE_ID = re.compile(r"@[A-Za-z0-9._-]{3,30}")
#: What LINE itself gives out for an official account; what stands behind a question mark only counts clicks.
_LINE_LINK = re.compile(
    r"https://(line\.me/(?:R/)?ti/p/(?:@|%40|~)?[A-Za-z0-9._-]{3,60}|lin\.ee/[A-Za-z0-9_-]{3,40}|page\.line\.me/[A-Za-z0-9._-]{3,60})(?:\?\S*)?"
)
_PAGE = re.compile(r"https?://[^\s<>\"]+")


class ChannelAudience(StrEnum):
    """Whom a channel is meant for."""

    GENERAL_PUBLIC = "general_public"
    TARGET_GROUP = "target_group"

    @property
    def label(self) -> str:
        """English source text."""
        return AUDIENCE_LABELS[self]


class State(StrEnum):
    """Whether a channel is open on a day."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


AUDIENCE_LABELS = {
    ChannelAudience.GENERAL_PUBLIC: N_("For everybody"),
    ChannelAudience.TARGET_GROUP: N_("For a target group"),
}
STATE_LABELS = {
    State.OPEN: N_("Channel open"),
    State.UPCOMING: N_("Opens later"),
    State.CLOSED: N_("Channel closed"),
}


def state_on(day: date, open_from: date, open_until: date | None) -> State:
    """The first and the last day are open days."""
    if day < open_from:
        return State.UPCOMING
    return State.CLOSED if open_until is not None and day > open_until else State.OPEN


def line_link(text: str) -> str | None:
    """The address that opens an official account in LINE, from ``@id`` or from a link of LINE's own; None for anything else."""
    text = text.strip()
    if _LINE_ID.fullmatch(text):
        return f"https://line.me/R/ti/p/{text}"
    found = _LINE_LINK.fullmatch(text)
    return f"https://{found[1]}" if found else None


def link_of(address: str) -> str | None:
    """What a tap on the address opens: a page, a mail or a call; None for what is none of these."""
    text = fold_digits(address).strip()
    if _PAGE.fullmatch(text):
        return text
    if _EMAIL.fullmatch(text):
        return f"mailto:{text}"
    if _PHONE.fullmatch(text):
        return "tel:" + re.sub(r"[^\d+]", "", text)
    return None

"""Level 1 of 2549: what is disclosed, and by which channels people are heard."""

from datetime import date

from msgspec import Struct

from portal.kernel.evidence.base import Fact, Lasting


class MissionPage(Lasting, frozen=True, kw_only=True):
    """The newest public version, in the year looked at or before, of a page about a mission; ``on`` is its updated day."""

    mission: str  # the code; a page is about one mission only


class LegalList(Struct, frozen=True, kw_only=True):
    """What a law or the year's integrity assessment asks to be disclosed (``law``: "s7", "s9", "oit").

    ``is_complete`` is False where the portal does not know the whole list: nothing can be computed from it then. ``items`` are the codes
    that are asked for.
    """

    code: str
    law: str
    name_th: str
    name_en: str = ""
    is_complete: bool
    items: tuple[str, ...] = ()
    #: Made up by the portal for invented agencies.
    is_sample: bool = False


class LegalItem(Lasting, frozen=True, kw_only=True):
    """An item of a list that is disclosed; several pages may serve one item, each is a fact."""

    list_code: str
    item: str


class ChannelFact(Lasting, frozen=True, kw_only=True):
    """An entry in the register of channels."""

    channel: str
    #: "general_public" or "target_group".
    audience: str
    is_formal: bool
    #: The person or position named to collect what comes (ผู้รวบรวม); empty where nobody is.
    collector: str = ""


class ChannelInput(Fact, frozen=True, kw_only=True):
    """What came by a channel in a quarter (1 to 4) of the fiscal year; ``on`` is the quarter's last day or the day of the look."""

    channel: str
    is_formal: bool
    quarter: int
    received: int


class Box(Lasting, frozen=True, kw_only=True):
    """A suggestion box. ``months`` are the first days of the whole months of the year in which it hung and that are over."""

    months: tuple[date, ...] = ()


class BoxOpened(Fact, frozen=True, kw_only=True):
    """A box was opened on ``on`` before ``witnesses`` from outside; taken back ones are not among the facts."""

    box: str  # the key of the ``Box``
    witnesses: int = 0

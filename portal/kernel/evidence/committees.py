"""Level 4 of 2549 and level 1 of 2550: bodies on which people from outside the state sit."""

from msgspec import Struct

from portal.kernel.evidence.base import Fact, Lasting, Sector


class Seat(Struct, frozen=True, kw_only=True):
    """A seat: never whose it is, only its sector, how it was filled, and whether it was taken."""

    sector: Sector
    #: Chosen openly: announced, and by more than one hand.
    chosen_openly: bool = False
    accepted: bool = True


class Committee(Lasting, frozen=True, kw_only=True):
    """An advisory committee, or a body that a law prescribes; ``until`` is the end of its term."""

    order: str = ""  # number of the order that set it up
    law: str = ""  # the law that prescribes it; empty where none does
    seats: tuple[Seat, ...] = ()


class CommitteeMeeting(Fact, frozen=True, kw_only=True):
    """A meeting of the body with this key."""

    body: str
    has_minutes: bool = False
    had_quorum: bool = False
    #: How many from outside the state were there.
    outside: int = 0


class Resolution(Fact, frozen=True, kw_only=True):
    """A resolution of a body that sets or changes a policy."""

    body: str
    #: Where the policy can be read; empty where nothing is linked.
    policy_path: str = ""
    #: "adopted", "not_adopted" or "" while the agency has not answered.
    answer: str = ""
    has_reasons: bool = False


class JointGroup(Lasting, frozen=True, kw_only=True):
    """A joint working group (คณะทำงานร่วม) of the state and civil society.

    ``on`` is the day of its order, ``until`` its last day, once it is dissolved.
    """

    order: str = ""
    #: "reform", "performance" or "public_service"; empty where none is stated.
    mandate: str = ""
    seats: tuple[Seat, ...] = ()

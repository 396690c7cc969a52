"""Who sits on a body: how many from outside the state, from where, and whether the state is there too."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias, TypeVar

from msgspec import Struct

from portal.kernel.evidence import Committee, JointGroup, Seat, Sector
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count, Share
from portal.participation.rules.predicates.base import lacks, said
from portal.participation.rules.predicates.judging import lacking
from portal.participation.rules.results import Missing, Said

Body: TypeAlias = Committee | JointGroup
B = TypeVar("B", Committee, JointGroup)


class Sides(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked of the seats: at least ``share`` per cent of all seats and ``sectors`` sectors outside the state.

    With ``openly`` only those outside seats count that were filled openly.
    """

    share: Share = 0
    sectors: Count = 1
    openly: bool = False


def outside(body: Body, given: Sides) -> Sequence[Seat]:
    """The seats outside the state that were accepted, and filled openly where that is asked."""
    return [seat for seat in body.seats if seat.accepted and seat.sector is not Sector.STATE and (seat.chosen_openly or not given.openly)]


def share_of(body: Body, given: Sides) -> int:
    """Outside seats among all seats, whether accepted or not, in whole per cent, rounded down."""
    return 100 * len(outside(body, given)) // len(body.seats) if body.seats else 0


def sectors_of(body: Body, given: Sides) -> int:
    """From how many sectors outside the state."""
    return len({seat.sector for seat in outside(body, given)})


def seats_lack(body: Body, given: Sides) -> tuple[Missing, ...]:
    """What the seats lack; of a joint group (r6) also the state's side."""
    found = [*_too_few(body, given)]
    if isinstance(body, JointGroup):
        state = any(seat.accepted and seat.sector is Sector.STATE for seat in body.seats)
        found.extend(lacking(body, (state, N_("Nobody from the state has accepted a seat"))))
    return tuple(found)


def _too_few(body: Body, given: Sides) -> Iterator[Missing]:
    if not outside(body, given):
        yield lacks(body, NOBODY_OPENLY if given.openly else NOBODY)
        return
    if 100 * len(outside(body, given)) < given.share * len(body.seats):
        yield lacks(body, FEW_OPENLY if given.openly else FEW, have=share_of(body, given), need=given.share)
    if sectors_of(body, given) < given.sectors:
        yield lacks(body, N_("Sectors outside the state: %(have)s of %(need)s"), have=sectors_of(body, given), need=given.sectors)


def best(bodies: Sequence[B], given: Sides) -> Sequence[B]:
    """The one with the greatest share outside the state, or none."""
    return [max(bodies, key=lambda body: share_of(body, given))] if bodies else []


def seats_said(bodies: Sequence[Body], given: Sides) -> Said:
    """The seats of the first of these bodies, in words."""
    share, sectors = (share_of(bodies[0], given), sectors_of(bodies[0], given)) if bodies else (0, 0)
    return said(N_("Outside the state: %(share)s %% of the seats, from %(sectors)s sectors"), share=share, sectors=sectors)


NOBODY = N_("Nobody from outside the state has accepted a seat")
NOBODY_OPENLY = N_("Nobody from outside the state who was chosen openly has accepted a seat")
FEW = N_("People from outside the state hold %(have)s %% of the seats; %(need)s %% are asked for")
FEW_OPENLY = N_("People from outside the state who were chosen openly hold %(have)s %% of the seats; %(need)s %% are asked for")

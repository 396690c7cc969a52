"""Who inspects, and who answers."""

from portal.casework.policy import DECIDERS
from portal.kernel.actor import Actor, Role
from portal.monitoring.samples.models import SampleDraw

READERS = (Role.CIVIL_SOCIETY, *DECIDERS)


def can_inspect(actor: Actor, draw: SampleDraw) -> bool:
    """A member of civil society whom the agency has given the role."""
    return actor.holds(Role.CIVIL_SOCIETY, draw.agency_id)


def can_reply(actor: Actor, draw: SampleDraw) -> bool:
    """A coordinator or an executive of the agency."""
    return actor.holds_any(DECIDERS, draw.agency_id)


def can_open(actor: Actor, draw: SampleDraw) -> bool:
    """Either of them."""
    return can_inspect(actor, draw) or can_reply(actor, draw)

"""Who hands in, and who reads the agency's own page."""

from portal.kernel.actor import Actor, Role

#: Whose page it is.
READERS = (Role.EXECUTIVE, Role.COORDINATOR)


def can_claim(actor: Actor, agency_id: int) -> bool:
    """An executive of the agency, also by a grant above it."""
    return actor.user_id is not None and actor.holds(Role.EXECUTIVE, agency_id)


def can_read(actor: Actor, agency_id: int) -> bool:
    """Executives and coordinators of the agency."""
    return actor.holds_any(READERS, agency_id)

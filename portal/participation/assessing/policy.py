"""Who may assess whom. ``near`` is ``assessing.queries.near_to`` the actor, read once."""

from portal.kernel.actor import Actor, Role
from portal.kernel.errors import NotAllowed


def can_assess(actor: Actor, near: frozenset[int], agency_id: int) -> bool:
    """An assessor who belongs neither to the agency nor to one above or below it."""
    return actor.user_id is not None and actor.has_role(Role.ASSESSOR) and agency_id not in near


def check(actor: Actor, near: frozenset[int], agency_id: int) -> int:
    """The id of the assessor; raises ``NotAllowed`` unless ``can_assess``."""
    if not can_assess(actor, near, agency_id) or actor.user_id is None:
        raise NotAllowed
    return actor.user_id

"""Who may set up an agency. Pure questions."""

from portal.agencies.models import Agency
from portal.kernel.actor import Actor, ActorKind, Role


def can_administer(actor: Actor, agency: Agency | None) -> bool:
    """May change the settings of an agency, or without one those that hold for the whole portal. The command line may as well."""
    if actor.kind is ActorKind.SYSTEM or actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        return True
    return agency is not None and actor.holds(Role.ADMINISTRATOR, agency.id)

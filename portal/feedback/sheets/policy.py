"""Who may import cases, and who may see an import."""

from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.actor import Actor, ActorKind, Role

IMPORTERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def can_import(actor: Actor, agency: Agency) -> bool:
    """Coordinators and administrators, into an agency that takes matters and is open; and the command line."""
    taking = agency.level in ADDRESSABLE and not agency.is_closed
    return taking and (actor.kind is ActorKind.SYSTEM or actor.holds_any(IMPORTERS, agency.id))


def can_see(actor: Actor, agency_id: int) -> bool:
    """Imports of the agency: counts and file names. Which cases came of them is for ``casework.policy``."""
    return actor.holds_any(IMPORTERS, agency_id)

"""Who may write and publish: publishers of the agency, and the system itself (command line, demonstration)."""

from sqlalchemy import ColumnElement, false, true

from portal.disclosures.models import Disclosure
from portal.kernel.actor import Actor, ActorKind, Role
from portal.kernel.errors import NotAllowed

#: Roles that may see the desk's pages of their agencies.
ROLES = (Role.PUBLISHER,)


def can_write(actor: Actor, agency_id: int) -> bool:
    """Create, edit, review, publish, withdraw: one role, because small agencies have one person for it."""
    return actor.kind is ActorKind.SYSTEM or actor.holds_any(ROLES, agency_id)


def check_write(actor: Actor, agency_id: int) -> None:
    """Raise ``NotAllowed`` unless ``can_write``."""
    if not can_write(actor, agency_id):
        raise NotAllowed


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which disclosures the actor sees on the desk, drafts included."""
    if actor.kind is ActorKind.SYSTEM:
        return true()
    agencies = actor.agencies(*ROLES)
    return Disclosure.agency_id.in_(agencies) if agencies else false()

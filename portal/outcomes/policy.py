"""Who may do what with themes, reports and improvements of an agency."""

from portal.kernel.actor import CASE_ROLES, Actor, ActorKind, Role
from portal.kernel.errors import NotAllowed

#: Keep the list of themes.
THEME_KEEPERS = (Role.COORDINATOR, Role.EXECUTIVE)
#: Write, review and publish reports.
REPORTERS = (Role.COORDINATOR, Role.EXECUTIVE, Role.PUBLISHER)
#: Keep improvements, and give cases their themes: they link cases, so they work cases.
IMPROVERS = CASE_ROLES
#: Whoever has something to do here.
DESK = (*CASE_ROLES, Role.PUBLISHER)


def can(actor: Actor, roles: tuple[Role, ...], agency_id: int) -> bool:
    """True for who holds one of the roles in the agency, and for the system itself (jobs, demonstration)."""
    return actor.kind is ActorKind.SYSTEM or actor.holds_any(roles, agency_id)


def check(actor: Actor, roles: tuple[Role, ...], agency_id: int) -> None:
    """Raise ``NotAllowed`` unless ``can``."""
    if not can(actor, roles, agency_id):
        raise NotAllowed

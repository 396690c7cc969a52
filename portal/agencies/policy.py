"""Who may set up an agency. Pure questions."""

from portal.agencies.models import Agency
from portal.kernel.actor import Actor, ActorKind, Role


def can_administer(actor: Actor, agency: Agency | None) -> bool:
    """May change the settings of an agency, or without one those that hold for the whole portal. The command line may as well."""
    if actor.kind is ActorKind.SYSTEM or actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        return True
    return agency is not None and actor.holds(Role.ADMINISTRATOR, agency.id)


def can_add_below(actor: Actor, parent: Agency | None) -> bool:
    """May add something below ``parent``; at the top of the tree system administrators only."""
    return can_administer(actor, parent)


def can_leave_place(actor: Actor, agency: Agency) -> bool:
    """May take the agency from where it lies or end it: who administers what is above it, so nobody their own root."""
    return can_administer(actor, agency) and can_administer(actor, agency.parent)


def can_move(actor: Actor, agency: Agency, parent: Agency | None) -> bool:
    """May move the agency below ``parent``."""
    return can_leave_place(actor, agency) and can_administer(actor, parent)


def can_end(actor: Actor, agency: Agency, successor: Agency | None) -> bool:
    """May close or merge the agency into ``successor``."""
    return can_leave_place(actor, agency) and (successor is None or can_administer(actor, successor))


def rules_everything(actor: Actor) -> bool:
    """May do what reaches beyond any agency: enrol in the compulsory indicator, let rights that rule go over."""
    return can_administer(actor, None)

"""Who may do what with the listening plan of an agency."""

from portal.kernel.actor import Actor, ActorKind, Role
from portal.kernel.errors import NotAllowed

#: Write the plan, hand it in, note what happened.
WRITERS = (Role.COORDINATOR, Role.EXECUTIVE)
#: Write and put right what was said and what came of it, and link records.
EDITORS = (*WRITERS, Role.PUBLISHER)
#: May approve beside the head of the agency; the plan says so.
APPROVERS = (Role.EXECUTIVE,)
#: Whoever has something to do here; an officer may be the head.
DESK = (*EDITORS, Role.OFFICER)


def can(actor: Actor, roles: tuple[Role, ...], agency_id: int) -> bool:
    """True for who holds one of the roles in the agency, and for the system itself (jobs, demonstration)."""
    return actor.kind is ActorKind.SYSTEM or actor.holds_any(roles, agency_id)


def check(actor: Actor, roles: tuple[Role, ...], agency_id: int) -> None:
    """Raise ``NotAllowed`` unless ``can``."""
    if not can(actor, roles, agency_id):
        raise NotAllowed


def can_approve(actor: Actor, agency_id: int, head_id: int | None) -> bool:
    """True for the head of the agency, by ``head_id``, and for an executive of it."""
    return is_head(actor, head_id) or can(actor, APPROVERS, agency_id)


def is_head(actor: Actor, head_id: int | None) -> bool:
    """True if this is the head."""
    return head_id is not None and actor.user_id == head_id

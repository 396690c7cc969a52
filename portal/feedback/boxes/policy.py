"""Who may do what with a box. Pure questions."""

from sqlalchemy import ColumnElement, false, true

from portal.agencies.policy import can_administer
from portal.feedback.boxes.models import Box
from portal.kernel.actor import CASE_ROLES, Actor, ActorKind, Role

#: Who set boxes up, print slips and put openings right.
KEEPERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
#: Who sees the desk's pages of boxes.
DESK_ROLES = (*CASE_ROLES, Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Box``: of an agency where the actor works cases or administers."""
    if actor.kind is ActorKind.SYSTEM or actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        return true()
    agencies = actor.agencies(*CASE_ROLES, Role.ADMINISTRATOR)
    return Box.agency_id.in_(sorted(agencies)) if actor.user_id is not None and agencies else false()


def can_keep(actor: Actor, agency_id: int) -> bool:
    """May set up, change and take down the agency's boxes, print their slips, and correct what was recorded."""
    return can_administer(actor, None) or actor.holds_any(KEEPERS, agency_id)


def can_record(actor: Actor, box: Box) -> bool:
    """May record an opening or a posting: who works cases in the agency, because the slips become some."""
    return actor.holds_any(CASE_ROLES, box.agency_id)

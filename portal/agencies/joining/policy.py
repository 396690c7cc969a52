"""Who governs, who decides that an agency joins or leaves. A role that reaches down from an agency above is not enough for either."""

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.kernel.actor import Actor, Role

DECIDERS = (Role.EXECUTIVE,)


def governs(actor: Actor, province: Agency) -> bool:
    """An executive of the province itself, while there is one."""
    return province.level is AgencyLevel.PROVINCE and not province.is_closed and actor.holds_itself(DECIDERS, province.id)


def can_join(actor: Actor, agency: Agency) -> bool:
    """An executive of the very agency."""
    return not agency.is_closed and actor.holds_itself(DECIDERS, agency.id)


def can_leave(actor: Actor, agency: Agency, province: Agency) -> bool:
    """The same, or the governor, who need not read along."""
    return can_join(actor, agency) or governs(actor, province)

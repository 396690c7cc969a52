"""Which agencies somebody is too near to for assessing them."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.kernel.actor import Actor, Role


def near_to(session: Session, actor: Actor) -> frozenset[int]:
    """Ids of the agencies where the actor works or holds any role, of all above and below these, and of what was merged with them."""
    places = set(actor.agencies(*Role))
    user = session.get(User, actor.user_id) if actor.user_id is not None else None
    if user is not None and user.unit_id is not None:
        places.add(user.unit_id)
    if not places:
        return frozenset()
    below = agencies.subtrees(session, places)
    return frozenset(places).union(_above(session, places), *below.values())


def _above(session: Session, places: set[int]) -> frozenset[int]:
    """Parents and successors, and theirs; one query."""
    lower, upper = aliased(Agency), aliased(Agency)
    start = select(Agency.id).where(Agency.id.in_(sorted(places))).cte("above", recursive=True)
    link = or_(lower.parent_id == upper.id, lower.successor_id == upper.id)
    tree = start.union(select(upper.id).join(lower, link).where(lower.id == start.c.id))
    return frozenset(session.scalars(select(tree.c.id)))

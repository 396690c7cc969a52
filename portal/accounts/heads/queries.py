"""Named reads of heads and substitutes."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import CTE, select, union
from sqlalchemy.orm import Session, aliased, joinedload

from portal.accounts.heads.models import UnitHead
from portal.accounts.models import Grant, User
from portal.agencies.models import Agency
from portal.kernel.actor import Role, Ties

#: Roles of people who work in the agency that granted them; reviewers, civil society and assessors look at it from outside.
WORKING = (Role.PUBLISHER, Role.COORDINATOR, Role.OFFICER, Role.EXECUTIVE, Role.ADMINISTRATOR)


def ties_of(session: Session, user_ids: Collection[int]) -> dict[int, Ties]:
    """For each person those whose cases are kept from them; one query for all, small however large the agency.

    Read from below: the units in which a person works or which the person heads, with all above them, those of the people whom the person
    stands in for, and the heads that stand above the person's own.
    """
    up = _units_above(user_ids)
    heads = select(up.c.root, up.c.person, up.c.unit, UnitHead.user_id).outerjoin(UnitHead, UnitHead.agency_id == up.c.unit)
    people: dict[int, set[int]] = defaultdict(set)
    units: dict[int, set[int]] = defaultdict(set)
    for root, person, unit, head in session.execute(heads):
        people[root].add(person)
        if unit is not None:
            units[root].add(unit)
        if person == root and head is not None:
            people[root].add(head)
    return {user_id: Ties(frozenset(people[user_id] | {user_id}), frozenset(units[user_id])) for user_id in user_ids}


def _units_above(user_ids: Collection[int]) -> CTE:
    """(root, person, unit): the person is the root or one whom the root stands in for, the unit is theirs, perhaps none, or lies above."""
    themselves = select(User.id.label("root"), User.id.label("person")).where(User.id.in_(user_ids))
    stood_for = select(User.substitute_id.label("root"), User.id.label("person")).where(User.substitute_id.in_(user_ids))
    stand = union(themselves, stood_for).cte("stand")
    own = select(stand.c.root, stand.c.person, User.unit_id.label("unit")).join(User, User.id == stand.c.person)
    granted = select(stand.c.root, stand.c.person, Grant.agency_id).join(Grant, Grant.user_id == stand.c.person)
    headed = select(stand.c.root, stand.c.person, UnitHead.agency_id).join(UnitHead, UnitHead.user_id == stand.c.person)
    near = union(own, granted.where(Grant.role.in_(WORKING)), headed).cte("near")
    up = select(near.c.root, near.c.person, near.c.unit).cte("up", recursive=True)
    above = select(up.c.root, up.c.person, Agency.parent_id).join(Agency, Agency.id == up.c.unit)
    return up.union(above.where(Agency.parent_id.is_not(None)))


def heads(session: Session, agency_ids: Collection[int]) -> dict[int, UnitHead]:
    """Heads by the id of their unit, the people loaded."""
    rows = session.scalars(select(UnitHead).where(UnitHead.agency_id.in_(agency_ids)).options(joinedload(UnitHead.user)))
    return {row.agency_id: row for row in rows}


def people_of(session: Session, agency_ids: Collection[int]) -> Sequence[User]:
    """Everybody who works in one of these agencies and units, not disabled, by name."""
    granted = select(Grant.user_id).where(Grant.agency_id.in_(agency_ids), Grant.role.in_(WORKING))
    there = User.unit_id.in_(agency_ids) | User.id.in_(granted)
    return session.scalars(select(User).where(there, User.disabled_at.is_(None)).order_by(User.name_th, User.id)).all()


def substitutes(session: Session, user_ids: Collection[int]) -> Sequence[tuple[User, User]]:
    """(person, substitute) of those of the people who have one, by name."""
    stands_in = aliased(User)
    pairs = select(User, stands_in).join(stands_in, stands_in.id == User.substitute_id).where(User.id.in_(user_ids))
    return [(person, substitute) for person, substitute in session.execute(pairs.order_by(User.name_th, User.id))]


def system_administrators(session: Session) -> Sequence[User]:
    """Who looks after the whole portal, not disabled, by name."""
    held = select(Grant.user_id).where(Grant.role == Role.SYSTEM_ADMINISTRATOR)
    return session.scalars(select(User).where(User.id.in_(held), User.disabled_at.is_(None)).order_by(User.name_th, User.id)).all()

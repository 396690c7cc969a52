"""What the end of an agency or unit does to its people and their rights. In words: ``docs/rules/agencies.md``."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from portal.accounts.models import Grant, User
from portal.accounts.service.people import touch
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.kernel.actor import Actor, Role
from portal.outbox import service as outbox

#: What people do day by day; these may go over to a successor by anybody who may merge.
WORKING = frozenset({Role.PUBLISHER, Role.COORDINATOR, Role.OFFICER, Role.CIVIL_SOCIETY})


def people_in(session: Session, agency_ids: Collection[int]) -> Sequence[User]:
    """Everybody whose unit is one of these, closed accounts too, by id."""
    return session.scalars(select(User).where(User.unit_id.in_(agency_ids)).order_by(User.id)).all()


def grants_in(session: Session, agency_id: int) -> Sequence[Grant]:
    """The rights given in this very agency, their people loaded."""
    query = select(Grant).where(Grant.agency_id == agency_id).order_by(Grant.id)
    return session.scalars(query.options(selectinload(Grant.user).selectinload(User.grants))).all()


def holders_of(session: Session, agency_id: int) -> dict[Role, int]:
    """How many people with an open account hold each role in this very agency."""
    rows = select(Grant.role, func.count()).join(User).where(Grant.agency_id == agency_id, User.disabled_at.is_(None))
    return dict(session.execute(rows.group_by(Grant.role)).all())


def move_people(session: Session, actor: Actor, now: datetime, people: Sequence[User], unit: Agency) -> None:
    """Let these people work in another unit."""
    for user in people:
        before, user.unit_id = user.unit_id, unit.id
        session.flush()
        session.expire(user, ["unit"])
        touch(session, user)
        audit.record(session, actor, now, "user.unit_changed", "user", str(user.id), agency_id=unit.id, detail={"unit_before": before})


#: Where a role of what ends goes on; None where it ends too.
Where = Callable[[Role], Agency | None]


def carry_over(session: Session, actor: Actor, now: datetime, agency: Agency, where: Where, below: Sequence[Agency]) -> None:
    """End every right given in ``agency``, and give it again ``where`` it goes on; closed accounts get nothing.

    A right with children reaches what lay ``below``, and nothing else of the successor's.
    """
    for row in grants_in(session, agency.id):
        user, role, spread = row.user, row.role, row.with_children
        user.grants.remove(row)
        session.flush()
        detail = {"role": role.value, "with_children": spread, "reorganised": True}
        audit.record(session, actor, now, "user.revoked", "user", str(user.id), agency_id=agency.id, detail=detail)
        outbox.announce(session, "user.revoked", now, user_id=user.id)
        place = where(role)
        if place is not None and user.disabled_at is None:
            _give(session, actor, now, user, role, place, False)
            for one in below if spread else ():
                _give(session, actor, now, user, role, one, True)
        touch(session, user)


def _give(session: Session, actor: Actor, now: datetime, user: User, role: Role, agency: Agency, with_children: bool) -> None:
    row = next((held for held in user.grants if (held.role, held.agency_id) == (role, agency.id)), None)
    if row is not None and (row.with_children or not with_children):
        return
    if row is None:
        row = Grant(user=user, agency_id=agency.id, role=role)
        session.add(row)
    row.with_children = with_children
    session.flush()
    detail = {"role": role.value, "with_children": with_children, "reorganised": True}
    audit.record(session, actor, now, "user.granted", "user", str(user.id), agency_id=agency.id, detail=detail)
    outbox.announce(session, "user.granted", now, user_id=user.id, grant_id=row.id)

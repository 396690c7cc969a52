"""Cases of somebody who leaves: to a successor where that person may have them, else to nobody, for the coordinators."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework import policy
from portal.casework.models import Case
from portal.casework.rules import Act, Status, possible
from portal.casework.service.door import Extra, act_on
from portal.kernel.actor import CASE_ROLES, Actor

BATCH = 200


@dataclass(frozen=True)
class Handed:
    """How many cases went to the successor, and how many wait without an owner; without those that the actor must not know of."""

    moved: int = 0
    released: int = 0


def owned_by(session: Session, user_id: int, told: Actor) -> dict[int, int]:
    """How many cases the person has to hand on, by agency; what must be kept from ``told``, who reads the numbers, is left out."""
    mine = and_(_to_hand_on(user_id), ~policy.kept_from(told))
    rows = session.execute(select(Case.agency_id, func.count()).where(mine).group_by(Case.agency_id))
    return dict(rows.all())


def hand_on(session: Session, actor: Actor, now: datetime, leaver: User, successor: User | None) -> Handed:
    """Give every case that is open, or answered and not yet closed, to the successor, one act each.

    Whoever calls it has asked who may let the person leave. What the successor may not own (they decided it before, it is about
    them, they do not work there) is released: it keeps its status and waits without an owner.
    """
    candidate = accounts.actor_for(session, successor) if successor else None
    moved = released = 0
    for case in _cases(session, _to_hand_on(leaver.id)):
        told = not policy.is_kept_from(actor, case)
        if candidate is not None and policy.can_own(candidate, case):
            _give(session, actor, now, case, candidate)
            moved += told
        else:
            _release(session, actor, now, case)
            released += told
    return Handed(moved, released)


def release_where_not_at_work(session: Session, actor: Actor, now: datetime, user: User, agency_ids: Collection[int]) -> int:
    """After a role was taken away: release what the person owns in these agencies and can own there no longer. Returns how many."""
    still = accounts.actor_for(session, user)
    gone = sorted(agency_id for agency_id in agency_ids if not still.holds_any(CASE_ROLES, agency_id))
    count = 0
    for case in _cases(session, and_(_to_hand_on(user.id), Case.agency_id.in_(gone))):
        _release(session, actor, now, case)
        count += 1
    return count


def release_stranded(session: Session, actor: Actor, now: datetime, user: User) -> int:
    """Release what the person owns and can work no more: everything once the account is closed. Returns how many.

    What was forwarded and waits to be taken up keeps its owner's name (``rules/clock.md``), as long as that is somebody who is here.
    """
    still = accounts.actor_for(session, user)
    count = 0
    for case in _cases(session, _to_hand_on(user.id)):
        waits_elsewhere = case.status is Status.RECEIVED and user.disabled_at is None
        if user.disabled_at is not None or not (waits_elsewhere or policy.works_there(still, case)):
            _release(session, actor, now, case)
            count += 1
    return count


def owners(session: Session) -> Sequence[User]:
    """Everybody who owns a case on which somebody still has to act."""
    owning = select(Case.owner_id).where(Case.owner_id.is_not(None), or_(Case.is_open, Case.status == Status.ANSWERED))
    return session.scalars(select(User).where(User.id.in_(owning.distinct())).order_by(User.id)).all()


def _to_hand_on(user_id: int) -> ColumnElement[bool]:
    return and_(Case.owner_id == user_id, or_(Case.is_open, Case.status == Status.ANSWERED))


def _cases(session: Session, which: ColumnElement[bool]) -> Iterator[Case]:
    """Under a lock, a batch at a time."""
    last = 0
    query = select(Case).options(selectinload(Case.about), selectinload(Case.barred)).order_by(Case.id).limit(BATCH).with_for_update()
    while batch := session.scalars(query.where(which, Case.id > last).execution_options(populate_existing=True)).all():
        yield from batch
        last = batch[-1].id


def _give(session: Session, actor: Actor, now: datetime, case: Case, candidate: Actor) -> None:
    before, case.owner_id = case.owner_id, candidate.user_id
    act = Act.HAND_OVER if possible(Act.HAND_OVER, case.status) else Act.ASSIGN
    act_on(session, actor, now, case, act, Extra(detail={"owner": case.owner_id, "owner_before": before}))


def _release(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    before, case.owner_id = case.owner_id, None
    act_on(session, actor, now, case, Act.RELEASE, Extra(detail={"owner_before": before}))

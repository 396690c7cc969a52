"""Who receives a report: the collectors of the agency it is about, else of the one above, and so on, else of the home agency."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import Grant, User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.corruption.policy import is_kept_away
from portal.corruption.sealing import KeptAway
from portal.kernel.actor import Role
from portal.kernel.keyring import Keyring


@dataclass(frozen=True)
class Reception:
    """A desk, and its people who would read the report."""

    desk: Agency
    collectors: Sequence[User]


def collectors_of(session: Session, agency_id: int) -> Sequence[User]:
    """People who collect reports of this very agency, by name."""
    return accounts.holders(session, [agency_id], [Role.INTEGRITY])


def reference(keyring: Keyring, user_id: int) -> str:
    """What a form calls a collector: no internal id leaves, and nobody can guess one."""
    return keyring.mac("corruption collector", str(user_id))[1][:16]


def reception(session: Session, about: Agency | None, home: Agency, kept: KeptAway) -> Reception | None:
    """The first desk where somebody is left; None if there is nobody at all."""
    return next(receptions(session, about, home, kept), None)


def receptions(session: Session, about: Agency | None, home: Agency, kept: KeptAway) -> Iterator[Reception]:
    """Every desk where somebody is left, nearest first."""
    for desk in _desks(session, about, home, kept):
        found = [user for user in collectors_of(session, desk.id) if may_receive(session, user, about, kept)]
        if found:
            yield Reception(desk, found)


def may_receive(session: Session, user: User, about: Agency | None, kept: KeptAway) -> bool:
    """True unless the person is kept away."""
    return not is_kept_away(accounts.actor_for(session, user), about.id if about else None, kept)


def widened(session: Session, about: Agency | None, kept: KeptAway) -> KeptAway:
    """With "nobody of this agency", all collectors anywhere who sit in it or in one of its units, or hold any role there, by name."""
    if about is None or not kept.outside:
        return kept
    inside = agencies.subtree_ids(session, [about.id])
    return replace(kept, user_ids=kept.user_ids | _collectors_inside(session, inside))


def _collectors_inside(session: Session, inside: Collection[int]) -> set[int]:
    collecting = select(Grant.user_id).where(Grant.role == Role.INTEGRITY)
    with_role = select(Grant.user_id).where(Grant.agency_id.in_(inside))
    rows = select(User.id).where(User.id.in_(collecting), or_(User.unit_id.in_(inside), User.id.in_(with_role)))
    return set(session.scalars(rows))


def _desks(session: Session, about: Agency | None, home: Agency, kept: KeptAway) -> list[Agency]:
    above = accounts.ancestors(session, about.id) if about else []
    found = agencies.by_ids(session, above)
    way = [*([about] if about else []), *(found[agency_id] for agency_id in above), home]
    return [desk for desk in dict.fromkeys(way) if not (kept.outside and desk is about)]

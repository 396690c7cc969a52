"""Named reads of people."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.heads.queries import ties_of
from portal.accounts.models import Grant, SignInSession, User
from portal.accounts.policy import Realm, visible_to
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.kernel.actor import ABOVE_AGENCIES, Actor, ActorKind, Role

_PUBLIC_ID = re.compile(r"[0-9a-f]{16}")


def by_email(session: Session, email: str) -> User | None:
    """The person with this address, whatever its case."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def by_public_id(session: Session, public_id: str, *, lock: bool = False) -> User | None:
    """The person at this address, grants loaded; anything may be asked for. ``lock`` inside a unit of work before acting."""
    if not _PUBLIC_ID.fullmatch(public_id):
        return None
    query = select(User).where(User.public_id == public_id).options(selectinload(User.grants).selectinload(Grant.agency))
    return session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)


def listed(realm: Realm, text: str = "", place: int | None = None, role: Role | None = None, *, closed: bool = False) -> Select[User]:
    """People of a realm with what a list shows, to be ordered and paged; ``text`` is a part of a name or of the address."""
    query = select(User).where(visible_to(realm), User.disabled_at.is_not(None) if closed else User.disabled_at.is_(None))
    if text:
        query = query.where(or_(*(column.icontains(text, autoescape=True) for column in (User.name_th, User.name_en, User.email))))
    if place is not None:
        query = query.where(or_(User.unit_id == place, User.grants.any(Grant.agency_id == place)))
    if role is not None:
        query = query.where(User.grants.any(Grant.role == role))
    return query.options(selectinload(User.unit), selectinload(User.grants).selectinload(Grant.agency))


def by_ids(session: Session, ids: Collection[int]) -> dict[int, User]:
    """People by id, one query, their units loaded."""
    rows = session.scalars(select(User).where(User.id.in_(ids)).options(selectinload(User.unit)))
    return {user.id: user for user in rows}


def of_session(session: Session, token_hash: str, now: datetime) -> User | None:
    """Whose session this is, while it lives and the person is not disabled."""
    return session.scalar(
        select(User)
        .join(SignInSession, SignInSession.user_id == User.id)
        .where(SignInSession.token_hash == token_hash, SignInSession.expires_at > now, User.disabled_at.is_(None))
        .options(selectinload(User.grants), joinedload(User.unit))
    )


def actor_for(session: Session, user: User) -> Actor:
    """The actor that the rules know: grants with children unfolded by one query, ties read by another."""
    spread = {grant.agency_id for grant in user.grants if grant.with_children and grant.agency_id}
    trees = agencies.subtrees(session, spread) if spread else {}
    places = {grant.agency_id for grant in user.grants if grant.agency_id}
    taken_over = agencies.taken_over(session, places) if places else {}  # rights reach back over what was closed into a place
    roles: dict[Role, frozenset[int]] = {}
    own: dict[Role, frozenset[int]] = {}
    for grant in user.grants:
        held = roles.get(grant.role, frozenset())
        if grant.role in ABOVE_AGENCIES or grant.agency_id is None:
            roles[grant.role] = held
        else:
            roles[grant.role] = held | (trees[grant.agency_id] if grant.with_children else taken_over[grant.agency_id])
            own[grant.role] = own.get(grant.role, frozenset()) | taken_over[grant.agency_id]
    inherited = {role: held - own.get(role, frozenset()) for role, held in roles.items()}
    ties = ties_of(session, [user.id])[user.id]
    return Actor(ActorKind.USER, user_id=user.id, name=user.name_th, roles=roles, inherited=inherited, ties=ties)


def holders(session: Session, agency_ids: Collection[int], roles: Collection[Role]) -> Sequence[User]:
    """People who hold one of the roles directly in one of the agencies, not disabled, by name."""
    return session.scalars(
        select(User)
        .join(Grant)
        .where(Grant.agency_id.in_(agency_ids), Grant.role.in_(roles), User.disabled_at.is_(None))
        .distinct()
        .order_by(User.name_th)
    ).all()


def workers_of(session: Session, agency_id: int, roles: Collection[Role]) -> Sequence[User]:
    """People who hold one of the roles in the agency, directly or through a grant with children above it."""
    agency_id = _place_of_work(session, agency_id)
    above = ancestors(session, agency_id)
    direct = (Grant.agency_id == agency_id) | (Grant.agency_id.in_(above) & Grant.with_children)
    return session.scalars(
        select(User).join(Grant).where(direct, Grant.role.in_(roles), User.disabled_at.is_(None)).distinct().order_by(User.name_th)
    ).all()


def _place_of_work(session: Session, agency_id: int) -> int:
    """The agency itself, or where the work of a closed one goes on: rights at the successor reach back."""
    agency = session.get(Agency, agency_id)
    successor = agencies.successor_of(session, agency) if agency is not None and agency.is_closed else None
    return successor.id if successor else agency_id


def ancestors(session: Session, agency_id: int) -> list[int]:
    """Ids above an agency, nearest first."""
    agency = agencies.by_ids(session, [agency_id]).get(agency_id)
    found: list[int] = []
    while agency is not None and agency.parent_id is not None and agency.parent_id not in found:
        found.append(agency.parent_id)
        agency = agency.parent
    return found


def names_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Official names by id, one query."""
    return dict(session.execute(select(User.id, User.name_th).where(User.id.in_(ids))).all())

"""What an administrator looks after."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Grant
from portal.accounts.policy import Realm
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE, AgencyLevel
from portal.kernel.actor import Actor, ActorKind, Role
from portal.kernel.thai_text import sort_key


def realm_of(session: Session, actor: Actor) -> Realm:
    """The actor's realm as the grants stand now, which inside a unit of work is what is true; two or three queries."""
    if actor.kind is ActorKind.SYSTEM or actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        return Realm(everything=True)
    own = select(Grant.agency_id, Grant.with_children).where(Grant.user_id == actor.user_id, Grant.role == Role.ADMINISTRATOR)
    rows = session.execute(own).all() if actor.user_id is not None else []
    spread = agencies.subtree_ids(session, {row.agency_id for row in rows if row.with_children})
    return Realm(everything=False, agencies=spread | _with_divisions(session, {row.agency_id for row in rows}), spread=spread)


def administered(session: Session, realm: Realm) -> Sequence[Agency]:
    """Agencies and units of the realm in Thai dictionary order: what the selects of an administrator offer."""
    query = select(Agency).where(Agency.closed_at.is_(None))
    if not realm.everything:
        query = query.where(Agency.id.in_(sorted(realm.agencies)))
    return sorted(session.scalars(query), key=lambda agency: sort_key(agency.name_th))


def grantable(places: Sequence[Agency]) -> list[Agency]:
    """Those of them in which a role means something: cases, pages and settings belong to agencies, not to their divisions."""
    return [agency for agency in places if agency.level in ADDRESSABLE]


def _with_divisions(session: Session, roots: Collection[int]) -> frozenset[int]:
    """The agencies and the divisions inside them, one query."""
    tree = select(Agency.id).where(Agency.id.in_(roots)).cte("office", recursive=True)
    tree = tree.union(select(Agency.id).where(Agency.parent_id == tree.c.id, Agency.level == AgencyLevel.DIVISION))
    return frozenset(session.scalars(select(tree.c.id)))

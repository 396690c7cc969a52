"""Nobody shuts an office out of itself: the last administrator of an agency, and of the portal, stays."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Grant, User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.actor import Actor, ActorKind, Role
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

KEPT = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)


def check_others_remain(session: Session, actor: Actor, ending: Collection[Grant]) -> None:
    """Raise ``Invalid`` (field ``role``) if without these grants an agency, or the portal, would have no administrator left.

    The command line may: who has the machine can make another one. Rows are locked, so that of two administrators who remove
    each other at one moment one is refused.
    """
    ending = [row for row in ending if row.role in KEPT]
    if not ending or actor.kind is ActorKind.SYSTEM:
        return
    gone = {row.id for row in ending}
    others = [row for row in _held(session) if row.id not in gone]
    if any(row.role is Role.SYSTEM_ADMINISTRATOR for row in ending) and not any(row.role is Role.SYSTEM_ADMINISTRATOR for row in others):
        raise Invalid({"role": [Message(N_("This is the last system administrator, name another one first"))]})
    left = _covered(session, ending) - _covered(session, others)
    if left:
        raise Invalid({"role": [Message(N_("This is the last administrator of an agency, name another one first"))]})


def _held(session: Session) -> list[Grant]:
    """Grants of administration of people whose accounts are open."""
    rows = select(Grant).join(User).where(Grant.role.in_(KEPT), User.disabled_at.is_(None)).order_by(Grant.id)
    return list(session.scalars(rows.with_for_update(of=Grant)))


def _covered(session: Session, grants: Collection[Grant]) -> frozenset[int]:
    """Agencies that citizens can write to and that these grants administer."""
    ids = {row.agency_id for row in grants if row.agency_id is not None}
    wide = {row.agency_id for row in grants if row.agency_id is not None and row.with_children}
    every = ids | agencies.subtree_ids(session, wide)
    return frozenset(session.scalars(select(Agency.id).where(Agency.id.in_(every), Agency.level.in_(ADDRESSABLE))))

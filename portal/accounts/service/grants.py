"""Giving and taking roles. In words: ``docs/rules/people.md``."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy, queries
from portal.accounts.models import Grant, User
from portal.accounts.service.last import check_others_remain
from portal.accounts.service.people import touch
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.kernel.actor import ABOVE_AGENCIES, Actor, ActorKind, Role
from portal.kernel.errors import Invalid
from portal.outbox import service as outbox


def grant(
    session: Session, actor: Actor, now: datetime, user: User, role: Role, agency: Agency | None, with_children: bool = False
) -> Grant:
    """Give a role in an agency; one that is held already is kept, ``with_children`` as said now. Roles above agencies take none.

    Raises ``Invalid`` where that does not fit, or for what the actor may not give.
    """
    if (agency is None) != (role in ABOVE_AGENCIES):
        raise Invalid({"agency": [policy.NEEDS_AGENCY]})
    _check_giver(session, actor, user, role, agency, with_children)
    agency_id = agency.id if agency else None
    row = next((held for held in user.grants if (held.role, held.agency_id) == (role, agency_id)), None)
    narrower = row is not None and row.with_children and not with_children
    if row is not None and narrower:
        check_others_remain(session, actor, [row])
    if row is None:
        row = Grant(user=user, agency_id=agency_id, role=role)
        session.add(row)
    row.with_children = with_children
    touch(session, user)
    detail = {"role": role.value, "with_children": with_children}
    audit.record(session, actor, now, "user.granted", "user", str(user.id), agency_id=row.agency_id, detail=detail)
    outbox.announce(session, "user.granted", now, user_id=user.id, grant_id=row.id)
    if narrower:  # everything below is taken
        outbox.announce(session, "user.revoked", now, user_id=user.id, agency_id=agency_id or 0, with_children=True)
    return row


def revoke(session: Session, actor: Actor, now: datetime, user: User, role: Role, agency_id: int | None) -> None:
    """Take a role away; who does not hold it holds it no longer. Raises ``Invalid`` for the last administrator, ``NotAllowed``."""
    row = next((held for held in user.grants if (held.role, held.agency_id) == (role, agency_id)), None)
    if row is None:
        return
    if actor.kind is not ActorKind.SYSTEM:
        policy.check(policy.can_revoke(queries.realm_of(session, actor), row))
    _end(session, actor, now, user, [row])


def revoke_all(session: Session, actor: Actor, now: datetime, user: User) -> None:
    """Take every role away; the caller has checked that the actor manages the account. Raises ``Invalid`` for the last administrator."""
    _end(session, actor, now, user, list(user.grants))


def _end(session: Session, actor: Actor, now: datetime, user: User, rows: Sequence[Grant]) -> None:
    check_others_remain(session, actor, rows)
    for row in rows:
        detail = {"role": row.role.value, "with_children": row.with_children}
        audit.record(session, actor, now, "user.revoked", "user", str(user.id), agency_id=row.agency_id, detail=detail)
        outbox.announce(session, "user.revoked", now, user_id=user.id, agency_id=row.agency_id or 0, with_children=row.with_children)
        user.grants.remove(row)
    touch(session, user)


def _check_giver(session: Session, actor: Actor, user: User, role: Role, agency: Agency | None, with_children: bool) -> None:
    if actor.kind is ActorKind.SYSTEM:
        return
    refusal = policy.refusal_to_grant(queries.realm_of(session, actor), actor, user.id, role, agency, with_children)
    if refusal is not None:
        raise Invalid({"role": [refusal]})

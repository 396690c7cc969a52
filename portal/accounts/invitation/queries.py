"""Named reads of invitations."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session, selectinload

from portal.accounts.invitation.models import Invitation, InvitedGrant
from portal.accounts.policy import Realm

_PUBLIC_ID = re.compile(r"[0-9a-f]{16}")


def waiting(now: datetime) -> ColumnElement[bool]:
    """Criterion: nobody has answered or ended it, and its time has not run out."""
    return and_(unanswered(), Invitation.expires_at > now)


def unanswered() -> ColumnElement[bool]:
    """Criterion: nobody has answered or ended it, run out or not."""
    return and_(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.declined_at.is_(None))


def visible_to(realm: Realm) -> ColumnElement[bool]:
    """Criterion: for people of the realm; those without a unit belong to system administrators."""
    return true() if realm.everything else Invitation.unit_id.in_(sorted(realm.agencies))


def listed(realm: Realm) -> Select[Invitation]:
    """Invitations of a realm with what a list shows, to be ordered by id and paged; accepted ones are people by now."""
    return select(Invitation).where(visible_to(realm), Invitation.accepted_at.is_(None)).options(*_shown())


def by_public_id(session: Session, realm: Realm, public_id: str, *, lock: bool = False) -> Invitation | None:
    """The invitation if it belongs to the realm; anything may be asked for."""
    if not _PUBLIC_ID.fullmatch(public_id):
        return None
    return session.scalar(_locked(select(Invitation).where(Invitation.public_id == public_id, visible_to(realm)), lock))


def by_token(session: Session, digest: str, *, lock: bool = False) -> Invitation | None:
    """The invitation behind a link, whatever its state."""
    return session.scalar(_locked(select(Invitation).where(Invitation.token_hash == digest), lock))


def for_address(session: Session, email: str, now: datetime) -> Sequence[Invitation]:
    """What waits for the person with this address, newest first."""
    query = select(Invitation).where(Invitation.email == email, waiting(now)).options(*_shown())
    return session.scalars(query.order_by(Invitation.id.desc())).all()


def written_by(session: Session, user_id: int) -> Sequence[Invitation]:
    """Invitations of one inviter that nobody has answered."""
    return session.scalars(select(Invitation).where(Invitation.invited_by_id == user_id, unanswered())).all()


def is_waiting(session: Session, realm: Realm, email: str, now: datetime) -> bool:
    """True if the realm has asked this address already."""
    query = select(Invitation.id).where(Invitation.email == email, visible_to(realm), waiting(now))
    return session.scalar(query.limit(1)) is not None


def forgotten(before: datetime) -> ColumnElement[bool]:
    """Criterion: ended before this moment, one way or another."""
    return or_(
        Invitation.accepted_at < before, Invitation.withdrawn_at < before, Invitation.declined_at < before, Invitation.expires_at < before
    )


def _locked(query: Select[Invitation], lock: bool) -> Select[Invitation]:
    query = query.options(*_shown())
    return query.with_for_update().execution_options(populate_existing=True) if lock else query


def _shown() -> tuple[Any, ...]:
    return (
        selectinload(Invitation.unit),
        selectinload(Invitation.invited_by),
        selectinload(Invitation.grants).selectinload(InvitedGrant.agency),
    )

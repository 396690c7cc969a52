"""The account itself: made, found again before it is changed, edited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import policy, queries
from portal.accounts.addresses import account_address
from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.accounts.service.passwords import check_password
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message

#: Columns that an administrator writes, and how long they may be.
NAMES = {"name_th": 200, "name_en": 200, "position_th": 200, "position_en": 200}


def create(session: Session, actor: Actor, now: datetime, email: str, password: str, values: Mapping[str, Any]) -> User:
    """Create a person. Raises ``Invalid`` for an address that is taken or a password that is too weak."""
    check_password(password, email)
    return create_with_hash(session, actor, now, email, hash_password(password), values)


def create_with_hash(session: Session, actor: Actor, now: datetime, email: str, password_hash: str, values: Mapping[str, Any]) -> User:
    """Create a person whose password was hashed before (which is slow work, to be done outside a transaction)."""
    email = account_address(email)
    if queries.by_email(session, email):
        raise Invalid({"email": [Message(N_("Somebody already has this e-mail address"))]})
    user = User(email=email, password_hash=password_hash, created_at=now, **values)
    session.add(user)
    session.flush()
    audit.record(session, actor, now, "user.created", "user", str(user.id), agency_id=user.unit_id)
    return user


def at_hand(session: Session, realm: policy.Realm, public_id: str, row_version: int) -> User:
    """The person under a lock, before an act on them: raises ``NotFound`` outside the realm, ``Conflict`` for an old version."""
    user = queries.by_public_id(session, public_id, lock=True)
    if user is None or not policy.can_see(realm, user):
        raise NotFound
    if user.row_version != row_version:
        raise Conflict(Message(N_("Somebody else has changed this person since you opened the page, look at it again")))
    return user


def edit(session: Session, actor: Actor, now: datetime, realm: policy.Realm, user: User, values: Mapping[str, Any]) -> None:
    """Names, positions and ``unit_id``. Raises ``Invalid`` for what is empty, too long, or a unit that the actor does not administer."""
    policy.check(policy.can_manage(realm, user))
    check_names(values)
    unit_id = values["unit_id"]
    if unit_id != user.unit_id and not (unit_id and policy.administers(realm, unit_id)):
        raise Invalid({"unit": [Message(N_("Choose a unit that you administer"))]})
    changed = {name for name, value in values.items() if getattr(user, name) != value}
    for name in changed:
        setattr(user, name, values[name])
    session.flush()
    session.expire(user, ["unit"])
    touch(session, user)
    audit.record(session, actor, now, "user.edited", "user", str(user.id), agency_id=unit_id, detail={"fields": sorted(changed)})
    raise_public_revision(session)


def touch(session: Session, user: User) -> None:
    """A new version: forms filled in before are noticed."""
    user.row_version += 1
    session.flush()


def check_names(values: Mapping[str, Any]) -> None:
    """Raises ``Invalid`` for a missing Thai name, and for what does not fit its column."""
    faults: dict[str, list[Message]] = {}
    if not values["name_th"]:
        faults["name_th"] = [Message(N_("Write the name in Thai"))]
    for field, most in NAMES.items():
        if len(values[field]) > most:
            faults[field] = [Message(N_("At most %(most)s characters"), {"most": most})]
    if faults:
        raise Invalid(faults)

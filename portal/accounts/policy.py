"""Who may do what with whose account. In words: ``docs/rules/people.md``.

An administrator's ``Realm`` is read once and asked here. Their own agencies are those where the role ADMINISTRATOR is held, with children
where the grant says so, and the divisions inside them.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, true

from portal.accounts.models import Grant, User
from portal.agencies.models import Agency
from portal.kernel.actor import ABOVE_AGENCIES, Actor, Role
from portal.kernel.errors import NotAllowed
from portal.kernel.messages import N_, Message

ADMINISTRATORS = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
NEEDS_AGENCY = Message(N_("This role needs an agency, unless it stands above all of them"))


@dataclass(frozen=True)
class Realm:
    """Whose people an administrator looks after. ``everything`` holds for system administrators and the system itself."""

    everything: bool
    #: Agencies and the divisions inside them.
    agencies: frozenset[int] = frozenset()
    #: The part of them that comes from a grant with children, so that whatever is made below belongs to it too.
    spread: frozenset[int] = frozenset()


def check(allowed: bool) -> None:
    """Raise ``NotAllowed`` unless policy said yes."""
    if not allowed:
        raise NotAllowed


def administers(realm: Realm, agency_id: int | None) -> bool:
    """True if the agency or unit belongs to the realm."""
    return realm.everything or (agency_id is not None and agency_id in realm.agencies)


def visible_to(realm: Realm) -> ColumnElement[bool]:
    """Criterion on ``User``: works in the realm, or holds a role there."""
    if realm.everything:
        return true()
    ids = sorted(realm.agencies)
    return or_(User.unit_id.in_(ids), User.grants.any(Grant.agency_id.in_(ids)))


def can_see(realm: Realm, user: User) -> bool:
    """The same for one person (a test holds them together)."""
    if realm.everything:
        return True
    return any(place in realm.agencies for place in _places(user))


def can_manage(realm: Realm, user: User) -> bool:
    """May edit, close, sign out, let leave: only where nothing of the person lies outside the realm."""
    if realm.everything:
        return True
    places = _places(user)
    return bool(places) and all(place in realm.agencies for place in places) and not any(row.role in ABOVE_AGENCIES for row in user.grants)


def can_revoke(realm: Realm, row: Grant) -> bool:
    """May take this role away, one's own too."""
    return realm.everything or administers(realm, row.agency_id)


def refusal_to_grant(
    realm: Realm, actor: Actor, user_id: int | None, role: Role, agency: Agency | None, with_children: bool
) -> Message | None:
    """Why the actor may not give this, ``None`` if they may. ``user_id`` is None for somebody who is only invited."""
    if user_id is not None and user_id == actor.user_id:
        return Message(N_("Nobody gives roles to themselves, ask another administrator"))
    if (agency is None) != (role in ABOVE_AGENCIES):
        return NEEDS_AGENCY
    if realm.everything:
        return None
    if role in ABOVE_AGENCIES:
        return Message(N_("Only a system administrator gives this role"))
    if agency is None or agency.id not in realm.agencies:
        return Message(N_("You may give roles only in agencies that you administer"))
    if with_children and agency.id not in realm.spread:
        return Message(N_("You may give a role with everything below only where you administer everything below yourself"))
    return None


def _places(user: User) -> set[int]:
    return {place for place in (user.unit_id, *(row.agency_id for row in user.grants)) if place is not None}

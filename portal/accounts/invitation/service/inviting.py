"""Writing an invitation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts import queries as people
from portal.accounts.addresses import account_address
from portal.accounts.invitation import queries
from portal.accounts.invitation.models import Invitation, InvitedGrant
from portal.accounts.invitation.service.trail import note, open_until
from portal.accounts.service.people import check_names
from portal.agencies.models import Agency
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox


@dataclass(frozen=True)
class Promise:
    """A role that goes with an invitation."""

    role: Role
    agency: Agency | None
    with_children: bool = False


@dataclass(frozen=True)
class Guest:
    """Who is invited, as an administrator writes it."""

    email: str
    name_th: str
    name_en: str = ""
    position_th: str = ""
    position_en: str = ""
    unit: Agency | None = None


def invite(session: Session, actor: Actor, now: datetime, guest: Guest, promises: Sequence[Promise]) -> Invitation:
    """Ask somebody to come. Raises ``Invalid`` for what cannot be written, and for roles that the actor may not give.

    Whether the address has an account is said only where that person is in the actor's realm.
    """
    realm = people.realm_of(session, actor)
    email = account_address(guest.email)
    _check_guest(realm, guest)
    _check_promises(realm, actor, promises)
    _check_new_here(session, realm, now, email)
    row = Invitation(email=email, invited_by_id=actor.user_id, created_at=now, expires_at=open_until(session, now))
    row.name_th, row.name_en, row.position_th, row.position_en = guest.name_th, guest.name_en, guest.position_th, guest.position_en
    row.unit_id = guest.unit.id if guest.unit else None
    row.grants = [_row_of(promise) for promise in promises]
    session.add(row)
    session.flush()
    note(session, actor, now, row, "invitation.sent")
    outbox.announce(session, "invitation.sent", now, invitation_id=row.id)
    return row


def _check_guest(realm: policy.Realm, guest: Guest) -> None:
    check_names({name: getattr(guest, name) for name in ("name_th", "name_en", "position_th", "position_en")})
    if not realm.everything and not policy.administers(realm, guest.unit.id if guest.unit else None):
        raise Invalid({"unit": [Message(N_("Choose a unit that you administer"))]})


def _check_promises(realm: policy.Realm, actor: Actor, promises: Sequence[Promise]) -> None:
    for one in promises:
        if refusal := policy.refusal_to_grant(realm, actor, None, one.role, one.agency, one.with_children):
            raise Invalid({"role": [refusal]})


def _check_new_here(session: Session, realm: policy.Realm, now: datetime, email: str) -> None:
    there = people.by_email(session, email)
    if there is not None and policy.can_see(realm, there):
        raise Invalid({"email": [Message(N_("This person has an account already, give further roles on their page"))]})
    if queries.is_waiting(session, realm, email, now):
        raise Invalid({"email": [Message(N_("This address has been invited and has not answered yet, send it again from the list"))]})


def _row_of(promise: Promise) -> InvitedGrant:
    agency_id = promise.agency.id if promise.agency else None
    return InvitedGrant(agency_id=agency_id, role=promise.role, with_children=promise.with_children)

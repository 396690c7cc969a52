"""Everything that is kept about an account, as plain values for JSON and for a page to read and print."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.heads.models import UnitHead
from portal.accounts.invitation.models import Invitation
from portal.accounts.models import Grant, User
from portal.accounts.oidc.models import LinkedIdentity
from portal.accounts.second_factor import queries as second_factor
from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.audit.rules import RESERVED
from portal.casework import policy as casework
from portal.casework.models import Case
from portal.kernel.actor import Actor
from portal.privacy.queries.exports import request_export
from portal.privacy.queries.ledger import ledger_of
from portal.privacy.queries.requests import of_user


def account_export(session: Session, actor: Actor, now: datetime, user: User, *, most_acts: int | None = None) -> dict[str, Any]:
    """What is kept of the person, who is the actor. ``most_acts`` keeps the newest acts only: for a page, where the file has them all.

    Left out, for the rights of others: cases and reports that are kept from the person, and who marked them so.
    """
    return {
        "account": _account(user),
        "grants": [_grant(row) for row in user.grants],
        "heads": [_name(agency) for agency in session.scalars(select(Agency).join(UnitHead).where(UnitHead.user_id == user.id))],
        "sessions": [_session(row) for row in accounts.open_sessions(session, user.id, now)],
        "second_factors": _second_factors(session, user),
        "identities": _identities(session, user),
        "invitations": [_invitation(row) for row in session.scalars(select(Invitation).where(Invitation.email == user.email))],
        "cases": list(session.scalars(_in_charge(actor, user))),
        "requests": [request_export(row) for row in of_user(session, user.id)],
        "erased": [{"part": row.part.value, "at": row.at.isoformat()} for row in ledger_of(session, "user", user.public_id)],
        "acts": list(_acts(session, user, most_acts)),
    }


def _account(user: User) -> dict[str, Any]:
    plain = ("email", "name_th", "name_en", "position_th", "position_en")
    return {
        **{name: getattr(user, name) for name in plain},
        "unit": _name(user.unit) if user.unit else None,
        "password": bool(user.password_hash),  # kept as a hash that says nothing to a person
        "created_at": user.created_at.isoformat(),
        "closed_at": user.disabled_at.isoformat() if user.disabled_at else None,
    }


def _grant(row: Grant) -> dict[str, Any]:
    return {"role": row.role.value, "agency": _name(row.agency) if row.agency else None, "with_children": row.with_children}


def _session(row: Any) -> dict[str, Any]:
    moments = {name: getattr(row, name).isoformat() if getattr(row, name) else None for name in ("created_at", "seen_at", "expires_at")}
    return {"browser": row.agent, "proof": row.proof.value, **moments}


def _second_factors(session: Session, user: User) -> dict[str, Any]:
    held = second_factor.held_by(session, user.id)
    keys = [{"name": row.name, "created_at": row.created_at.isoformat()} for row in second_factor.passkeys_of(session, user.id)]
    return {"app": held.app, "passkeys": keys, "recovery_codes_left": held.codes_left}


def _identities(session: Session, user: User) -> list[dict[str, Any]]:
    rows = session.scalars(select(LinkedIdentity).where(LinkedIdentity.user_id == user.id)).all()
    return [{"provider": row.provider.name_th, "subject": row.subject, "linked_at": row.linked_at.isoformat()} for row in rows]


def _invitation(row: Invitation) -> dict[str, Any]:
    moments = ("created_at", "accepted_at", "declined_at", "withdrawn_at")
    told = {name: getattr(row, name).isoformat() if getattr(row, name) else None for name in moments}
    return {"name_th": row.name_th, "position_th": row.position_th, "unit": _name(row.unit) if row.unit else None, **told}


def _in_charge(actor: Actor, user: User) -> Any:
    return select(Case.number).where(Case.owner_id == user.id, ~casework.kept_from(actor)).order_by(Case.id)


def _acts(session: Session, user: User, most: int | None) -> Iterator[dict[str, Any]]:
    """What the person did, and what was done with the account; newest first."""
    about = and_(AuditEntry.object_type == "user", AuditEntry.object_key == str(user.id))
    reserved = (~AuditEntry.act.startswith(beginning, autoescape=True) for beginning in RESERVED)
    rows = select(AuditEntry).where(or_(AuditEntry.actor_id == user.id, about), *reserved).order_by(AuditEntry.id.desc())
    for row in session.scalars(rows.limit(most).execution_options(yield_per=500)):
        own = row.object_type == "user"  # its key is an internal id
        yield {
            "at": row.at.isoformat(),
            "act": row.act,
            "by": "you" if row.actor_id == user.id else row.actor_kind.value,
            "object": "account" if own else f"{row.object_type} {row.object_key}",
        }


def _name(agency: Agency) -> str:
    return agency.name_th

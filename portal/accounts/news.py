"""News about an account: to its person, and to those who should not learn of a new colleague by chance."""

from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import mails, queries
from portal.accounts.models import Grant, User
from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.outbox.service import payload_id
from portal.outbox.worker import JobContext

PASSWORD_CHANGED = N_("The password of your account was changed")
ROLE_GIVEN = N_("Somebody was given a role in your agency")
#: Roles that are never given unseen.
TOLD = (Role.ADMINISTRATOR, Role.EXECUTIVE, Role.INTEGRITY, Role.PRIVACY)


def tell_of_password(context: JobContext, payload: dict[str, Any]) -> None:
    """To the person, so that who did not do it knows."""
    user = context.session.get(User, payload_id(payload, "user_id"))
    if user is not None and user.disabled_at is None:
        reference = f"password-changed-{context.event_id}"
        context.mailer.send(mails.compose(user.email, PASSWORD_CHANGED, "password_changed", reference, base_url=context.base_url))


def tell_of_grant(context: JobContext, payload: dict[str, Any]) -> None:
    """To the administrators of the agency and to who holds that role there already, but not to the person."""
    row = context.session.get(Grant, payload_id(payload, "grant_id"))
    if row is None or row.role not in TOLD or row.agency_id is None:
        return
    for person in _watchers(context.session, row):
        reference = f"role-given-{context.event_id}-{person.public_id}"
        facts = {"person": row.user, "role": row.role, "agency": row.agency, "base_url": context.base_url}
        context.mailer.send(mails.compose(person.email, ROLE_GIVEN, "role_given", reference, **facts))


def _watchers(session: Session, row: Grant) -> list[User]:
    assert row.agency_id is not None
    found = queries.workers_of(session, row.agency_id, {Role.ADMINISTRATOR, row.role})
    return [person for person in found if person.id != row.user_id]

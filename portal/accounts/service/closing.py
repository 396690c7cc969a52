"""Closing an account, and opening it again."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts import policy, queries
from portal.accounts.models import SignInSession, User
from portal.accounts.service.last import check_others_remain
from portal.accounts.service.people import touch
from portal.audit import service as audit
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.outbox import service as outbox


def disable(session: Session, actor: Actor, now: datetime, user: User) -> None:
    """Close the account: no session lives on, no password opens it. What the person did stays; what they had open is let go by the worker.

    Raises ``NotAllowed``, and ``Invalid`` for oneself or the last administrator; the command line may.
    """
    if actor.kind is not ActorKind.SYSTEM:
        policy.check(policy.can_manage(queries.realm_of(session, actor), user))
        if actor.user_id == user.id:
            raise Invalid({"person": [Message(N_("You cannot close your own account, another administrator can"))]})
        check_others_remain(session, actor, user.grants)
    user.disabled_at = user.disabled_at or now
    session.execute(delete(SignInSession).where(SignInSession.user_id == user.id))
    touch(session, user)
    audit.record(session, actor, now, "user.disabled", "user", str(user.id), agency_id=user.unit_id)
    outbox.announce(session, "user.disabled", now, user_id=user.id)


def open_again(session: Session, actor: Actor, now: datetime, user: User) -> None:
    """Open a closed account: with the roles that it still holds, and the password of before."""
    if actor.kind is not ActorKind.SYSTEM:
        policy.check(policy.can_manage(queries.realm_of(session, actor), user))
    user.disabled_at = None
    touch(session, user)
    audit.record(session, actor, now, "user.opened_again", "user", str(user.id), agency_id=user.unit_id)

"""Who comes back from a provider: somebody linked, somebody invited, or nobody we know. In words: ``docs/rules/oidc.md``."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.invitation.service import accept_by_address
from portal.accounts.models import User
from portal.accounts.oidc import queries, service
from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.rules import Claimed, answers_for
from portal.kernel.actor import SYSTEM, Actor, ActorKind


def person_for(session: Session, now: datetime, provider: IdentityProvider, claimed: Claimed) -> User | None:
    """The person who may come in; an open invitation for a verified address of its domains is accepted. Inside a unit of work."""
    known = queries.person_behind(session, provider.id, claimed.subject)
    if known is not None:
        return known.user if known.user.disabled_at is None else None
    if not claimed.email or not answers_for(provider.domains, claimed.email):
        return None
    user = accept_by_address(session, now, claimed.email)
    if user is not None:
        service.link(session, Actor(ActorKind.USER, user_id=user.id), now, provider, user, claimed)
    return user


def note_refusal(session: Session, now: datetime, provider: str, why: str) -> None:
    """Nobody was let in."""
    service.refused(session, SYSTEM, now, provider, why)

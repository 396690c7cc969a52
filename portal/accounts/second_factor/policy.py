"""Who may take a lost second factor away."""

from portal.accounts import policy
from portal.accounts.models import User
from portal.accounts.policy import Realm
from portal.kernel.actor import Actor


def can_reset(actor: Actor, realm: Realm, user: User) -> bool:
    """Who looks after all of the person's roles; nobody for themselves, so that a session left open does not shed its second factor."""
    return actor.user_id != user.id and policy.can_manage(realm, user)

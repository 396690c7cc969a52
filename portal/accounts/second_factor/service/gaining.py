"""What happens when somebody sets up an app or a passkey."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.accounts.models import SignInSession, User
from portal.accounts.rules import Proof
from portal.accounts.second_factor.queries import held_by
from portal.accounts.second_factor.service.recovery import give_codes
from portal.kernel.keyring import Keyring


def gained(session: Session, now: datetime, keyring: Keyring, user: User, token_hash: str, proof: Proof) -> list[str]:
    """Call before the row is written. The session at hand counts as opened by it, and with the first factor the person's other ones end.

    Returns the ten recovery codes that come with a first factor, else none.
    """
    this = SignInSession.token_hash == token_hash
    session.execute(update(SignInSession).where(this).values(proof=proof, confirmed_at=now))
    if held_by(session, user.id).any:
        return []
    session.execute(delete(SignInSession).where(SignInSession.user_id == user.id, ~this))
    return give_codes(session, keyring, user.id)

"""Showing once more who one is, in the midst of a session."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts import throttle
from portal.accounts.models import SignInSession, User
from portal.accounts.rules import Proof
from portal.accounts.second_factor.ceremony import Site
from portal.accounts.second_factor.queries import held_by
from portal.accounts.second_factor.rules import Purpose
from portal.accounts.second_factor.service.proving import Shown, prove
from portal.audit import service as audit
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

WRONG_PASSWORD = Message(N_("This is not your password"))


def confirm(
    session: Session,
    now: datetime,
    keyring: Keyring,
    site: Site,
    user: User,
    token_hash: str,
    network: str,
    shown: Shown,
    *,
    password_right: bool,
) -> Message | None:
    """Note with the session that the person has shown who they are; a sentence if not, and the failure counted.

    The password counts only for who has no second factor; ``password_right`` was found out before, because it is slow work.
    Raises ``TooMany`` while answers of this person are slowed.
    """
    counted = [*throttle.of_sign_in(keyring, user.email, network), *throttle.of_second_step(keyring, user.id)]
    throttle.check(session, now, counted)
    proof: Proof | Message = Proof.PASSWORD if password_right else WRONG_PASSWORD
    if held_by(session, user.id).any:
        proof = prove(session, now, keyring, site, user, Purpose.CONFIRM, shown)
    if isinstance(proof, Message):
        throttle.note(session, now, counted)
        actor = Actor(ActorKind.USER, user_id=user.id)
        audit.record(session, actor, now, "user.confirm_failed", "user", str(user.id), agency_id=user.unit_id)
        session.flush()
        return proof
    throttle.forget(session, throttle.of_second_step(keyring, user.id))
    session.execute(update(SignInSession).where(SignInSession.token_hash == token_hash).values(confirmed_at=now))
    return None

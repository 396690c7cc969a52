"""The authenticator app: offered, set up with a first code, and shown."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import pyotp
from cryptography.fernet import InvalidToken
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.rules import Proof
from portal.accounts.second_factor import rules
from portal.accounts.second_factor.models import AuthenticatorApp
from portal.accounts.second_factor.rules import Verdict
from portal.accounts.second_factor.service.gaining import gained
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

PURPOSE = "second factor"
OFFER = "second factor offer"


@dataclass(frozen=True)
class Offer:
    """A secret that nobody has yet: as it is, as the phone reads it from a picture, and sealed for the form to bring back."""

    secret: str
    address: str
    sealed: str


def offer_app(keyring: Keyring, now: datetime, user: User, issuer: str, sealed: str = "") -> Offer:
    """A new secret, or the one that ``sealed`` holds while it may still be set up; nothing is written."""
    secret = _unsealed(keyring, now, user.id, sealed) or pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer)
    return Offer(secret, address, keyring.encrypt(OFFER, f"{user.id} {int(now.timestamp())} {secret}"))


def set_up_app(
    session: Session, actor: Actor, now: datetime, keyring: Keyring, user: User, sealed: str, code: str, token_hash: str
) -> list[str]:
    """Take the secret of an offer with its first code, in place of an earlier app; returns new recovery codes with a first factor.

    ``token_hash`` is the session that goes on. Raises ``Invalid`` (field ``code``) and ``Conflict`` for an offer that is too old.
    """
    secret = _unsealed(keyring, now, user.id, sealed)
    if not secret:
        raise Conflict(Message(N_("This page has been open for too long, open it again and scan the new picture")))
    row = of_person(session, user.id)
    same = row is not None and keyring.decrypt(PURPOSE, row.secret) == secret
    judged = rules.judge(secret, rules.digits_of(code), now, row.last_step if row and same else 0, ())
    if judged.verdict is not Verdict.RIGHT:
        raise Invalid({"code": [Message(rules.VERDICT_WORDS[judged.verdict])]})
    codes = gained(session, now, keyring, user, token_hash, Proof.APP)
    if row is None:
        row = AuthenticatorApp(user_id=user.id)
        session.add(row)
    row.secret, row.created_at, row.last_step, row.burnt_steps = keyring.encrypt(PURPOSE, secret), now, judged.step, []
    session.flush()
    audit.record(session, actor, now, "second_factor.app_set_up", "user", str(user.id), agency_id=user.unit_id)
    return codes


def show_code(session: Session, now: datetime, keyring: Keyring, user: User, digits: str) -> Verdict:
    """Judge and use up a code of the app. The row is locked: of the same code shown twice at one moment one is refused."""
    row = of_person(session, user.id)
    if row is None:
        return Verdict.WRONG
    judged = rules.judge(keyring.decrypt(PURPOSE, row.secret), digits, now, row.last_step, row.burnt_steps)
    here = rules.step_of(now)
    if judged.verdict is Verdict.RIGHT:
        row.last_step = judged.step
    elif judged.verdict is Verdict.CLOCK_OFF and judged.step > here:
        row.burnt_steps = [*(step for step in row.burnt_steps if step >= here - rules.TOLERANCE), judged.step]
    session.flush()
    return judged.verdict


def of_person(session: Session, user_id: int) -> AuthenticatorApp | None:
    """The person's app, locked and as it is now."""
    query = select(AuthenticatorApp).where(AuthenticatorApp.user_id == user_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _unsealed(keyring: Keyring, now: datetime, user_id: int, sealed: str) -> str:
    with suppress(InvalidToken, ValueError):
        owner, made, secret = keyring.decrypt(OFFER, sealed).split(" ")
        if int(owner) == user_id and now.timestamp() - int(made) < rules.OFFER_LIFE.total_seconds():
            return secret
    return ""

"""Showing a second factor: a code of the app, a recovery code or a passkey, whichever was given."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.rules import Proof
from portal.accounts.second_factor import rules
from portal.accounts.second_factor.ceremony import Site
from portal.accounts.second_factor.rules import Purpose, Verdict
from portal.accounts.second_factor.service.app import show_code
from portal.accounts.second_factor.service.passkeys import REFUSED, show_passkey
from portal.accounts.second_factor.service.recovery import use_code
from portal.audit import service as audit
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.keyring import Keyring
from portal.kernel.messages import Message


@dataclass(frozen=True)
class Shown:
    """What the person gave: a code as it was typed, or what the browser says for a passkey (JSON)."""

    code: str = ""
    passkey: str = ""

    def __repr__(self) -> str:
        """Nothing of it, so that no log ever holds it."""
        return "Shown()"


def prove(session: Session, now: datetime, keyring: Keyring, site: Site, user: User, purpose: Purpose, shown: Shown) -> Proof | Message:
    """What was proved, or what to say to the person. Uses up codes and challenges; the caller counts failures, in the same transaction."""
    if shown.passkey:
        return Proof.PASSKEY if show_passkey(session, now, site, purpose, user.id, shown.passkey) else REFUSED
    digits = rules.digits_of(shown.code)
    if len(digits) == rules.RECOVERY_DIGITS and use_code(session, now, keyring, user.id, digits):
        actor = Actor(ActorKind.USER, user_id=user.id)
        audit.record(session, actor, now, "second_factor.code_used", "user", str(user.id), agency_id=user.unit_id)
        return Proof.RECOVERY_CODE
    verdict = show_code(session, now, keyring, user, digits) if len(digits) == rules.APP_DIGITS else Verdict.WRONG
    return Proof.APP if verdict is Verdict.RIGHT else Message(rules.VERDICT_WORDS[verdict])

"""Recovery codes: given, renewed, used once."""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.second_factor import rules
from portal.accounts.second_factor.models import RecoveryCode
from portal.accounts.second_factor.queries import held_by
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

PURPOSE = "recovery code"


def renew_codes(session: Session, actor: Actor, now: datetime, keyring: Keyring, user: User) -> list[str]:
    """Ten new codes; the old ones are worthless. Raises ``Conflict`` for a person without app and passkey."""
    if not held_by(session, user.id).any:
        raise Conflict(Message(N_("Recovery codes come with an app or a passkey, set one up first")))
    codes = give_codes(session, keyring, user.id)
    audit.record(session, actor, now, "second_factor.codes_renewed", "user", str(user.id), agency_id=user.unit_id)
    return codes


def give_codes(session: Session, keyring: Keyring, user_id: int) -> list[str]:
    """Write ten codes in place of earlier ones; returns them, to be shown once."""
    codes = rules.new_recovery_codes()
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    for code in codes:
        key_id, mac = keyring.mac(PURPOSE, f"{user_id} {code}")
        session.add(RecoveryCode(user_id=user_id, code_mac=mac, key_id=key_id))
    session.flush()
    return codes


def use_code(session: Session, now: datetime, keyring: Keyring, user_id: int, digits: str) -> bool:
    """Use up one code; False if it is none of the person's, or was used. One statement, so that it cannot be used twice."""
    fits = RecoveryCode.code_mac.in_(keyring.macs(PURPOSE, f"{user_id} {digits}"))
    used = update(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None), fits).values(used_at=now)
    return cast("CursorResult[object]", session.execute(used)).rowcount == 1

"""Between the password and the second step."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import throttle
from portal.accounts.models import User
from portal.accounts.second_factor import queries, rules
from portal.accounts.second_factor.ceremony import Site
from portal.accounts.second_factor.models import WaitingSignIn
from portal.accounts.second_factor.rules import Purpose
from portal.accounts.second_factor.service.proving import Shown, prove
from portal.accounts.service import start_session, token_hash
from portal.audit import service as audit
from portal.kernel.actor import VISITOR
from portal.kernel.keyring import Keyring
from portal.kernel.messages import Message


@dataclass(frozen=True)
class Step:
    """What came of an answer: the token of the session, or what to say; ``over`` when one has to begin again."""

    token: str = ""
    problem: Message | None = None
    over: bool = False


def begin_waiting(session: Session, now: datetime, user: User) -> str:
    """The password was right; returns the token for the cookie of the second step."""
    token = secrets.token_urlsafe(32)
    mark, ends = _mark(user), now + rules.WAITING_LIFE
    session.add(WaitingSignIn(token_hash=token_hash(token), user_id=user.id, password_mark=mark, expires_at=ends))
    session.flush()
    return token


def is_waiting(session: Session, now: datetime, token: str) -> WaitingSignIn | None:
    """The sign-in that waits under this token, if its person may still go on."""
    row = queries.waiting(session, token_hash(token), now) if token else None
    return row if row and row.password_mark == _mark(row.user) else None


def second_step(
    session: Session, now: datetime, keyring: Keyring, site: Site, token: str, network: str, shown: Shown, agent: str = ""
) -> Step:
    """Judge the answer and start the session, or count the failure. Raises ``TooMany`` while answers of this person are slowed."""
    row = queries.waiting(session, token_hash(token), now, lock=True) if token else None
    if row is None or row.password_mark != _mark(row.user):
        return Step(over=True)
    user = row.user
    counted = [*throttle.of_sign_in(keyring, user.email, network), *throttle.of_second_step(keyring, user.id)]
    throttle.check(session, now, counted)
    proof = prove(session, now, keyring, site, user, Purpose.SECOND_STEP, shown)
    if not isinstance(proof, Message):
        session.delete(row)
        return Step(token=start_session(session, now, keyring, user, network, proof, agent))
    throttle.note(session, now, counted)
    detail = {"agent": agent} if agent else {}
    audit.record(session, VISITOR, now, "second_factor.refused", "user", str(user.id), agency_id=user.unit_id, detail=detail)
    row.failures += 1
    over = row.failures >= rules.WAITING_ATTEMPTS
    if over:
        session.delete(row)
    session.flush()
    return Step(problem=proof, over=over)


def _mark(user: User) -> str:
    return hashlib.sha256(user.password_hash.encode()).hexdigest()

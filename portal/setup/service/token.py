"""The one-time token: made by the command line, typed by whoever sets up."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import rules as accounts
from portal.accounts import throttle
from portal.audit import service as audit
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.setup import queries, rules
from portal.setup.models import ONLY, SetupState

PURPOSE = "setup token"


def begin(session: Session, now: datetime, keyring: Keyring) -> str | None:
    """A new token, which ends the one before; None where nothing is to be set up. What was filled in stays."""
    if not queries.may_begin(session):
        return None
    token = rules.new_token()
    _key, digest = keyring.mac(PURPOSE, rules.read_token(token))
    row = queries.state(session)
    if row is None:
        session.add(SetupState(id=ONLY, token=digest, token_ends=now + rules.TOKEN_LASTS, changed_at=now, done=[]))
    else:
        row.token, row.token_ends, row.changed_at = digest, now + rules.TOKEN_LASTS, now
    session.flush()
    audit.record(session, SYSTEM, now, "setup.token_made", "setup", "portal")
    return token


def check_throttle(session: Session, now: datetime, keyring: Keyring, network: str) -> None:
    """Raises ``TooMany`` while the network has guessed too much."""
    throttle.check(session, now, _counted(keyring, network))


def enter(session: Session, now: datetime, keyring: Keyring, typed: str, network: str) -> SetupState | None:
    """The state that the token opens; None for a wrong one, which is counted. Raises ``Invalid`` for what can be no token."""
    letters = rules.read_token(typed)
    if not letters:
        raise Invalid({"token": [Message(N_("The code has twelve letters and digits, such as 7K3M-9QXA-2VBN"))]})
    row = queries.state(session)
    if row is not None and queries.takes_token(row, now) and row.token in keyring.macs(PURPOSE, letters):
        throttle.forget(session, _counted(keyring, network))
        audit.record(session, SYSTEM, now, "setup.entered", "setup", "portal")
        return row
    throttle.note(session, now, _counted(keyring, network))
    return None


def _counted(keyring: Keyring, network: str) -> throttle.Counted:
    """By network alone: nobody else is shut out by guesses, and sixty bits are not guessed from many."""
    return [(keyring.mac("sign-in setup", network)[1], accounts.PAIR)]

"""Failed sign-ins: counted so that guessing is slow, and kept in the trail so that a person sees who tried."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import queries, throttle
from portal.audit import service as audit
from portal.kernel.actor import VISITOR
from portal.kernel.keyring import Keyring


def check_throttle(session: Session, now: datetime, keyring: Keyring, email: str, network: str) -> None:
    """Raise ``TooMany`` while this address or network is blocked. Reads only; call before the password work."""
    throttle.check(session, now, throttle.of_sign_in(keyring, email, network))


def note_failure(session: Session, now: datetime, keyring: Keyring, email: str, network: str, agent: str = "") -> None:
    """Count a failed sign-in against the address, the network, and the two together, and write it into the trail.

    An address that nobody has leaves a row as well, without the address: the work is the same for everybody.
    """
    throttle.note(session, now, throttle.of_sign_in(keyring, email, network))
    user = queries.by_email(session, email)
    kind, key = ("user", str(user.id)) if user else ("sign_in", "unknown")
    agency_id = user.unit_id if user else None
    audit.record(session, VISITOR, now, "user.sign_in_failed", kind, key, agency_id=agency_id, detail={"agent": agent} if agent else {})
    session.flush()


def forget_failures(session: Session, keyring: Keyring, email: str, network: str) -> None:
    """Open the door again for this address from this network: its person has proved who they are by mail."""
    pair, address, _network = throttle.of_sign_in(keyring, email, network)
    throttle.forget(session, [pair, address])

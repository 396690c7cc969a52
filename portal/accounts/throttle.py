"""Failures slow the next attempt: counted in rows that are locked while they are counted, so that many guesses at one moment all count."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts import rules
from portal.accounts.models import SignInFailures
from portal.db.upsert import upsert
from portal.kernel.errors import TooMany
from portal.kernel.keyring import Keyring

#: What failures are counted against (keyed hashes), each with its limit.
Counted = Sequence[tuple[str, rules.Limit]]


def of_sign_in(keyring: Keyring, email: str, network: str) -> Counted:
    """Address and network together, which stands first, the address, the network."""
    address = email.strip().lower()
    counted = (("pair", f"{address} {network}", rules.PAIR), ("address", address, rules.ADDRESS), ("network", network, rules.NETWORK))
    return [(keyring.mac(f"sign-in {name}", value)[1], limit) for name, value, limit in counted]


def of_second_step(keyring: Keyring, user_id: int) -> Counted:
    """The person, from wherever the answers come: only who has the password gets so far, so nobody is shut out by strangers."""
    return [(keyring.mac("sign-in second step", str(user_id))[1], rules.SECOND_STEP)]


def check(session: Session, now: datetime, counted: Counted) -> None:
    """Raise ``TooMany`` while one of them is blocked. Reads only."""
    for key, _limit in counted:
        failures = session.get(SignInFailures, key)
        if failures and failures.blocked_until and failures.blocked_until > now:
            raise TooMany(int((failures.blocked_until - now).total_seconds()) + 1)


def note(session: Session, now: datetime, counted: Counted) -> None:
    """Count a failure against each."""
    for key, limit in counted:
        session.execute(upsert(session, SignInFailures).values(key=key, failures=0, since=now).on_conflict_do_nothing())
        row = session.get_one(SignInFailures, key, with_for_update=True, populate_existing=True)  # guesses come many at a time
        if row.since < now - rules.WINDOW and (row.blocked_until or now) <= now:
            row.failures, row.since = 0, now
        row.failures += 1
        row.blocked_until = rules.blocked_until(row.failures, limit, now)


def forget(session: Session, counted: Counted) -> None:
    """Forget what was counted against these."""
    session.execute(delete(SignInFailures).where(SignInFailures.key.in_([key for key, _limit in counted])))

"""Sign-in: how long a session lives, and how failures slow the next attempt.

Five failures in fifteen minutes for one address from one network close the door for that pair, for a time that doubles with each further
failure up to an hour. An address that is tried from everywhere, or a network that tries everybody, is slowed after a hundred, five minutes
at most: nobody can shut an officer or an office out by guessing. The right password after that time always works.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.kernel.messages import N_

SESSION_LIFE = timedelta(hours=12)
#: How long having shown who one is counts for acts that ask for it.
CONFIRMED_FOR = timedelta(minutes=10)
WINDOW = timedelta(minutes=15)
#: How often the time of last use of a session moves at most.
SEEN_EVERY = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


class Proof(StrEnum):
    """What a person has shown last to open a session."""

    PASSWORD = "password"  # noqa: S105 - a code, no password
    APP = "app"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    PROVIDER = "provider"  # the agency's own accounts, which vouched for the person alone
    PROVIDER_STRONG = "provider_strong"  # and for a second factor, where the provider is trusted with it

    @property
    def label(self) -> str:
        """English source text."""
        return PROOF_LABELS[self]

    @property
    def is_second(self) -> bool:
        """True for what a password alone does not give."""
        return self in (Proof.APP, Proof.RECOVERY_CODE, Proof.PASSKEY, Proof.PROVIDER_STRONG)


PROOF_LABELS = {
    Proof.PASSWORD: N_("Password"),
    Proof.APP: N_("Authenticator app"),
    Proof.RECOVERY_CODE: N_("Recovery code"),
    Proof.PASSKEY: N_("Passkey"),
    Proof.PROVIDER: N_("Account of the agency"),
    Proof.PROVIDER_STRONG: N_("Account of the agency with a second factor"),
}


def is_confirmed(confirmed_at: datetime | None, now: datetime) -> bool:
    """True while an act that asks once more who one is may go on without asking."""
    return confirmed_at is not None and now < confirmed_at + CONFIRMED_FOR


@dataclass(frozen=True)
class Limit:
    """How many failures cost nothing, and how long the door stays shut at most."""

    free: int
    longest: timedelta


PAIR = Limit(5, timedelta(hours=1))
ADDRESS = Limit(100, timedelta(minutes=5))
NETWORK = Limit(100, timedelta(minutes=5))
SECOND_STEP = Limit(10, timedelta(hours=1))
LONGEST_BLOCK = PAIR.longest


def blocked_until(failures: int, limit: Limit, now: datetime) -> datetime | None:
    """When the door opens again after ``failures`` in the window."""
    if failures < limit.free:
        return None
    minutes = 1 << min(failures - limit.free, 10)
    return now + min(limit.longest, timedelta(minutes=minutes))


#: Acts of the trail that make up a person's sign-in history, in the words of that page.
HISTORY_ACTS = {
    "user.signed_in": N_("Signed in"),
    "user.sign_in_failed": N_("A sign-in failed"),
    "second_factor.refused": N_("The password was right, the second step was not"),
    "user.confirm_failed": N_("Confirming who it is failed"),
    "user.signed_out": N_("Signed out"),
    "user.session_ended": N_("A session was ended"),
    "user.signed_out_everywhere": N_("Signed out everywhere"),
    "user.password_changed": N_("The password was changed"),
    "user.disabled": N_("The account was closed"),
    "user.opened_again": N_("The account was opened again"),
    "second_factor.app_set_up": N_("An authenticator app was set up"),
    "second_factor.app_removed": N_("The authenticator app was removed"),
    "second_factor.passkey_added": N_("A passkey was added"),
    "second_factor.passkey_removed": N_("A passkey was removed"),
    "second_factor.code_used": N_("A recovery code was used"),
    "second_factor.codes_renewed": N_("New recovery codes were made"),
    "second_factor.reset": N_("An administrator took the second factors away"),
    "user.identity_linked": N_("An account of the agency was linked"),
    "user.identity_unlinked": N_("The link to an account of the agency was taken away"),
}
#: Those of them in which somebody did not get on.
FAILED_ACTS = ("user.sign_in_failed", "second_factor.refused", "user.confirm_failed")

"""Codes of the app and recovery codes: what is right, what is used up, and when a clock is wrong. No table, no clock of its own."""

import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pyotp

from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.kernel.thai_text import fold_digits

STEP_SECONDS = 30
#: Steps before and after this one that are taken as well.
TOLERANCE = 1
#: Steps in which a code that is refused may still be told from a wrong one: ten minutes.
FAR_OFF = 20
APP_DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_DIGITS = 12
FEW_CODES = 3
#: Between the password and the second step.
WAITING_LIFE = timedelta(minutes=10)
WAITING_ATTEMPTS = 5
CHALLENGE_LIFE = timedelta(minutes=5)
#: Where a new app's secret may lie in the form before its first code comes.
OFFER_LIFE = timedelta(hours=1)
PASSKEYS_MOST = 20
NAME_MOST = 60

#: Nobody reads reports of corruption with a password alone, whatever is set.
ALWAYS = frozenset({Role.INTEGRITY})


class Purpose(StrEnum):
    """What a challenge was given out for; it serves nothing else."""

    ADD = "add"
    SIGN_IN = "sign_in"
    SECOND_STEP = "second_step"
    CONFIRM = "confirm"


class Verdict(StrEnum):
    """What is to be said of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"
    CLOCK_OFF = "clock_off"


VERDICT_WORDS = {
    Verdict.WRONG: N_("This code is not right, look at the newest one and write it again"),
    Verdict.USED: N_("This code was used already, wait for the next one"),
    Verdict.CLOCK_OFF: N_(
        "This code belongs to another time: the clock of the phone seems to be wrong. "
        "Let the phone set its time by itself, and use a new code"
    ),
}


@dataclass(frozen=True)
class Judged:
    """A verdict, and the step that the code belongs to where it belongs to one."""

    verdict: Verdict
    step: int = 0


def step_of(now: datetime) -> int:
    """Number of the half minute."""
    return int(now.timestamp()) // STEP_SECONDS


def judge(secret: str, code: str, now: datetime, last_step: int, burnt: Collection[int]) -> Judged:
    """Judge a code of the app. ``last_step`` is the last that was used, ``burnt`` are steps whose code was shown before its time."""
    here = step_of(now)
    fitting = _fitting(secret, code, here)
    near = [step for step in fitting if abs(step - here) <= TOLERANCE]
    fresh = [step for step in near if step > last_step and step not in burnt]
    if fresh:
        return Judged(Verdict.RIGHT, fresh[0])
    if near:
        return Judged(Verdict.USED, near[0])
    return Judged(Verdict.CLOCK_OFF, fitting[0]) if fitting else Judged(Verdict.WRONG)


def _fitting(secret: str, code: str, here: int) -> list[int]:
    """Steps around this one whose code it is, nearest first; every one is compared, so that the time taken says nothing."""
    app = pyotp.TOTP(secret, digits=APP_DIGITS, interval=STEP_SECONDS)
    steps = sorted(range(here - FAR_OFF, here + FAR_OFF + 1), key=lambda step: abs(step - here))
    return [step for step in steps if hmac.compare_digest(app.generate_otp(step), code)]


def digits_of(text: str) -> str:
    """What was typed, as plain digits: Thai digits, blanks and dashes are forgiven. Empty for anything else."""
    plain = re.sub(r"[\s\-–]", "", fold_digits(text))
    return plain if plain.isascii() and plain.isdecimal() else ""


def new_recovery_codes() -> list[str]:
    """Ten codes of twelve digits."""
    return [f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}d}" for _ in range(RECOVERY_CODES)]


def in_groups(text: str, size: int = 4, between: str = "-") -> str:
    """As people read and type it: ``1234-5678-9012``."""
    return between.join(text[at : at + size] for at in range(0, len(text), size))


def must_have_one(codes: Collection[str], roles: Collection[Role]) -> bool:
    """True if one of the roles held asks for a second factor; ``codes`` is what the option says, ``ALWAYS`` comes on top."""
    return any(role in ALWAYS or role.value in codes for role in roles)

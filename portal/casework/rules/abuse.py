"""Signs of a flood and what they weigh. In words: ``docs/rules/abuse.md``."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.kernel.messages import N_

#: How far back is counted.
WINDOW = timedelta(minutes=10)
#: So many alike are still people who copy a good sentence.
HANDFUL = 30
#: Faster than this nobody fills in a form.
HASTE_UNDER = 4.0  # seconds
#: From here on a case is looked at first.
TOO_HEAVY = 4
#: Leading zero bits of a proof: 65,000 tries, a second on a cheap telephone.
PROOF_BITS = 16
_LONGEST_PROOF = 20


class Sign(StrEnum):
    """What makes a submission look like part of a flood."""

    TRAP = "trap"
    HASTE = "haste"
    ALIKE = "alike"
    CROWD = "crowd"
    PRESSURE = "pressure"

    @property
    def label(self) -> str:
        """English source text."""
        return SIGN_LABELS[self]


class Tally(StrEnum):
    """What is counted for a few minutes."""

    NETWORK = "network"
    TEXT = "text"


class Verdict(StrEnum):
    """How a case left the quarantine."""

    RELEASED = "released"
    REFUSED = "refused"


SIGN_LABELS = {
    Sign.TRAP: N_("A hidden field was filled in"),
    Sign.HASTE: N_("Sent within seconds"),
    Sign.ALIKE: N_("Many alike at once"),
    Sign.CROWD: N_("Very many from one network"),
    Sign.PRESSURE: N_("Very many from everywhere"),
}
POINTS = {Sign.TRAP: 3, Sign.HASTE: 1, Sign.ALIKE: 4, Sign.CROWD: 4, Sign.PRESSURE: 4}


@dataclass(frozen=True)
class Arrival:
    """How a submission came: what an entrance knows beside the words.

    ``network`` is the daily hash of the address; ``seconds`` since its page was made, None where there was no page.
    """

    network: str
    seconds: float | None = None
    trapped: bool = False
    proven: bool = False


@dataclass(frozen=True)
class Crowding:
    """How many came within the window before this one: alike, from its network, from everybody; and from which numbers on it is much."""

    alike: int
    network: int
    everybody: int
    network_most: int
    everybody_most: int


def signs_of(arrival: Arrival, crowding: Crowding) -> list[Sign]:
    """The signs, in the order of the table."""
    present = {
        Sign.TRAP: arrival.trapped,
        Sign.HASTE: arrival.seconds is not None and arrival.seconds < HASTE_UNDER,
        Sign.ALIKE: crowding.alike >= HANDFUL,
        Sign.CROWD: not arrival.proven and crowding.network >= crowding.network_most,
        Sign.PRESSURE: not arrival.proven and crowding.everybody >= crowding.everybody_most,
    }
    return [sign for sign, there in present.items() if there]


def is_heavy(signs: list[Sign]) -> bool:
    """True if the case is to be looked at first."""
    return sum(POINTS[sign] for sign in signs) >= TOO_HEAVY


def proves(challenge: str, proof: str, bits: int = PROOF_BITS) -> bool:
    """True if SHA-256 of ``challenge:proof`` begins with so many zero bits. Any text may be asked."""
    if not challenge or not proof or len(proof) > _LONGEST_PROOF:
        return False
    digest = hashlib.sha256(f"{challenge}:{proof}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0

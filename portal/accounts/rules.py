"""Sign-in: how long a session lives, and how failures slow the next attempt.

Five failures in fifteen minutes for one address from one network close the door for that pair, for a time that doubles with each further
failure up to an hour. An address that is tried from everywhere, or a network that tries everybody, is slowed after a hundred, five minutes
at most: nobody can shut an officer or an office out by guessing. The right password after that time always works.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SESSION_LIFE = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
SHORTEST_PASSWORD = 12


@dataclass(frozen=True)
class Limit:
    """How many failures cost nothing, and how long the door stays shut at most."""

    free: int
    longest: timedelta


PAIR = Limit(5, timedelta(hours=1))
ADDRESS = Limit(100, timedelta(minutes=5))
NETWORK = Limit(100, timedelta(minutes=5))
LONGEST_BLOCK = PAIR.longest


def blocked_until(failures: int, limit: Limit, now: datetime) -> datetime | None:
    """When the door opens again after ``failures`` in the window."""
    if failures < limit.free:
        return None
    minutes = 1 << min(failures - limit.free, 10)
    return now + min(limit.longest, timedelta(minutes=minutes))

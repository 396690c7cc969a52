"""Where else the public words of a case stand: rooms above keep copies of their own, such as the text of a petition.

``registry`` names the holders; what somebody reports is looked for, and hidden, in all of them together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.models import Case


@dataclass(frozen=True)
class PublicWords:
    """Texts of one record that everybody can read now. ``put`` writes the changed ones, with everything that hangs on them."""

    texts: Sequence[str]
    put: Callable[[Session, datetime, Sequence[str]], None]


#: Each gives nothing while nothing of its own is public.
Holder = Callable[[Session, Case], PublicWords | None]
_holders: list[Holder] = []


def init_holders(holders: Sequence[Holder]) -> None:
    """Name everybody who holds such words; once, when the app is made."""
    _holders[:] = holders


def elsewhere(session: Session, case: Case) -> list[PublicWords]:
    """What rooms above show of the case."""
    return [words for holder in _holders if (words := holder(session, case)) is not None]

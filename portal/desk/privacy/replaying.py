"""Erasing again what a restored backup has brought back."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.desk.privacy.erasers import ERASERS, Outcome
from portal.privacy import service
from portal.privacy.service import LedgerLine, Tools


def replay(
    session: Session, now: datetime, tools: Tools, lines: Iterable[LedgerLine], say: Callable[[int], None] = lambda _done: None
) -> Counter[Outcome]:
    """Take over each row and erase again, one unit of work each: it may be stopped and begun anew, and twice is once."""
    found: Counter[Outcome] = Counter()
    for number, line in enumerate(lines, 1):
        found[_replay_one(session, now, tools, line)] += 1
        say(number)
    return found


def _replay_one(session: Session, now: datetime, tools: Tools, line: LedgerLine) -> Outcome:
    eraser = ERASERS.get(line.object_type)
    with unit_of_work(session):
        service.take_over(session, line)
        return eraser(session, now, tools, line) if eraser else Outcome.UNKNOWN

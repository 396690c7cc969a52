"""Which cases a press means, and deciding them a few at a time, so that nobody's submission waits for hundreds of refusals."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import queries, service
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound

#: With one press.
ALL_MOST = 500
#: In one transaction.
AT_ONCE = 50
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")
Verb = Callable[[Session, Actor, datetime, Case], object]


@dataclass(frozen=True)
class Narrowed:
    """What part of the quarantine is shown: words, and the beginning of what alike texts have in common."""

    words: str = ""
    alike: str = ""


@dataclass(frozen=True)
class Done:
    """How many were decided, and how many somebody else had decided meanwhile."""

    decided: int
    passed: int


def numbers_of(session: Session, actor: Actor, narrowed: Narrowed) -> list[str]:
    """Numbers of everything that is shown, oldest first, up to ``ALL_MOST``."""
    query = queries.aside(actor, words=narrowed.words, family=narrowed.alike).order_by(Case.due_on, Case.id).limit(ALL_MOST)
    return [case.number for case in session.scalars(query)]


def plausible(numbers: Sequence[str]) -> list[str]:
    """Those that can be numbers at all, each once."""
    return list(dict.fromkeys(number for number in numbers if _NUMBER.fullmatch(number)))[:ALL_MOST]


def decide(session: Session, actor: Actor, now: datetime, numbers: Sequence[str], verb: Verb) -> Done:
    """Decide each; opens units of work of its own. Who may not is told ``NotAllowed`` by the verb."""
    decided = 0
    for start in range(0, len(numbers), AT_ONCE):
        with unit_of_work(session):
            decided += sum(_one(session, actor, now, number, verb) for number in numbers[start : start + AT_ONCE])
    return Done(decided, len(numbers) - decided)


def _one(session: Session, actor: Actor, now: datetime, number: str, verb: Verb) -> bool:
    try:
        verb(session, actor, now, queries.visible(session, actor, number, lock=True))
    except (Conflict, NotFound):
        return False
    return True


def refusing(reason: str) -> Verb:
    """Refuse with this reason."""
    return lambda session, actor, now, case: service.refuse(session, actor, now, case, reason)

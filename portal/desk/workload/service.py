"""Handing cases of one person to others: the plan, and the act. Each case is given by ``casework.service.assign``."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.absence.queries import absent_on
from portal.accounts.models import User
from portal.casework import policy
from portal.casework import service as casework
from portal.casework.models import Case
from portal.desk.workload.queries import loads, movable
from portal.desk.workload.rules import MOST, Wanted, share
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day

CHANGED = Message(N_("The plan is another one by now, look at it again before you confirm"))


@dataclass(frozen=True)
class Line:
    """A case, and who gets it; None: it stays."""

    case: Case
    to: User | None


@dataclass(frozen=True)
class Plan:
    """What would be done, soonest due first."""

    lines: Sequence[Line]

    @property
    def moved(self) -> int:
        """How many go to somebody."""
        return sum(line.to is not None for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """What is confirmed: every case as it is now, and who gets it."""
        said = "|".join(f"{line.case.number} {line.case.row_version} {line.to.public_id if line.to else '-'}" for line in self.lines)
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def plan(session: Session, actor: Actor, now: datetime, person: User, numbers: Sequence[str], others: Sequence[User]) -> Plan:
    """Who would get what: of these cases of the person, or of all open ones without ``numbers``. Raises ``Invalid`` for "others".

    The number of queries grows with the people chosen, not with the cases.
    """
    chosen = [user for user in others if user.id != person.id and user.disabled_at is None]
    if not chosen:
        raise Invalid({"others": [Message(N_("Choose who gets the cases"))]})
    away = absent_on(session, [user.id for user in chosen], office_day(now))
    if any(not row.takes_new for row in away.values()):
        raise Invalid({"others": [Message(N_("Somebody whom you chose is away and takes no new cases"))]})
    cases = movable(session, actor, person.id, MOST, numbers)
    if not cases:
        raise Invalid({"cases": [Message(N_("There is no open case here that you could give to others"))]})
    able = {user.id: accounts.actor_for(session, user) for user in chosen}
    wanted = [Wanted(case.id, frozenset(user_id for user_id, one in able.items() if policy.can_own(one, case))) for case in cases]
    shared = share(wanted, loads(session, actor, list(able)))
    by_id = {user.id: user for user in chosen}
    return Plan([Line(case, by_id.get(shared[case.id] or 0)) for case in cases])


def hand_on(session: Session, actor: Actor, now: datetime, made: Plan, confirmed: str) -> int:
    """Do what the plan says; returns how many cases have another owner. Raises ``Conflict`` if it is not the one that was confirmed."""
    if made.fingerprint != confirmed:
        raise Conflict(CHANGED)
    for line in made.lines:
        if line.to is not None:
            mine = line.to.id == actor.user_id
            casework.assign(session, actor, now, line.case, None if mine else line.to, row_version=line.case.row_version, anyway=True)
    return made.moved

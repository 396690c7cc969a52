"""One case, seven people, every verb: whoever comes tries something, and what came of it is looked at."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from portal.casework import policy, service
from portal.casework.clock.days import running_pause
from portal.casework.clock.rules import PauseReason
from portal.casework.models import Case
from portal.casework.rules import ANSWERING, MOVES
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, VISITOR, Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.casework.conftest import Office
from tests.casework.machine.writing import Written
from tests.conftest import NOW

STAFF = ("coordinator", "officer", "colleague", "executive", "stranger")
PEOPLE = (*STAFF, "citizen", "visitor")
#: Those who may do most come most often, so that stories go far; so do words that can be taken.
WHO = ("coordinator", "coordinator", "executive", "executive", "officer", *PEOPLE)
WORDS = ("ถ้อยคำ", "ข้อความ", "ถ้อยคำ", "ข้อความ", "", "\u200b")
REFUSED = (Conflict, Invalid, NotAllowed)


class Life:
    """Of a fresh case; ``acts`` counts what was done to it, ``told`` is what was tried, for whoever looks for a fault."""

    def __init__(self, office: Office, other: Case, written: Written, chance: random.Random) -> None:
        self.office, self.session, self.written, self.chance = office, office.session, written, chance
        anonymity = chance.choice(["named", "confidential", "anonymous"])
        self.case = office.case(publish_consent=self.one_in(2), anonymity=anonymity, name="มานี", email="a@example.org")
        self.other = other
        self.now, self.acts = NOW, 1
        self.first_due, self.first_answer = self.case.first_due_on, None
        self.told: list[str] = [anonymity]
        self._apart: tuple[int, set[str], set[str]] | None = None

    def one_in(self, times: int) -> bool:
        return not self.chance.randrange(times)

    def words(self) -> str:
        return self.chance.choice(WORDS)

    def actor(self, who: str) -> Actor:
        return {"citizen": CITIZEN, "visitor": VISITOR}.get(who) or getattr(self.office, who)

    def attempt(self, verb: Callable[..., Any], *args: Any, fresh: bool = True, who: str = "", **values: Any) -> None:
        """Somebody, half the time ``who`` or the owner, tries it: it is refused and leaves nothing, or is one act as the moves allow."""
        who = (who or self.owner()) if self.one_in(2) else self.chance.choice(WHO)
        before = (self.case.status, self.case.row_version)
        waited_for = verb in (service.citizen_add, service.citizen_answer) and self.case.is_open and self.is_waited_for()
        if "row_version" in verb.__annotations__:
            values["row_version"] = self.case.row_version - (not fresh)
        barred, kept_from = self.apart()
        commits = self.written.commits
        self.told.append(f"{who} {verb.__name__} {args} {values}")
        try:
            with unit_of_work(self.session):
                event = verb(self.session, self.actor(who), self.now, self.case, *args, **values)
        except REFUSED:
            assert self.written.commits == commits, "what was refused left a row"
            assert (self.case.status, self.case.row_version) == before  # as it is read again after what was rolled back
            return
        assert self.written.commits == commits + 1, "an act is not one transaction"
        self.acts += 1
        if waited_for:
            self.acts += 1  # the pause that waited for it is over
        assert who not in kept_from, "somebody from whom the case is kept did something with it"
        assert fresh, "a stale form was taken"
        assert who != "visitor"
        assert not (who in barred and event.act in ANSWERING), "who decided before decided again"
        assert before[0] in MOVES[event.act].sources
        assert (event.old_status, event.new_status) == (before[0], MOVES[event.act].to or before[0])
        if event.act in ANSWERING and self.first_answer is None:
            self.first_answer = self.now

    def owner(self) -> str:
        """Or who gives it one."""
        return next((name for name in STAFF if self.actor(name).user_id == self.case.owner_id), "coordinator")

    def apart(self) -> tuple[set[str], set[str]]:
        """Who decided before, and from whom the case is kept; asked again once something was written."""
        if self._apart is None or self._apart[0] != self.written.commits:
            barred = {name for name in STAFF if policy.is_barred(self.actor(name), self.case)}
            kept_from = {name for name in STAFF if policy.is_kept_from(self.actor(name), self.case)}
            self._apart = (self.written.commits, barred, kept_from)
        return self._apart[1:]

    def is_waited_for(self) -> bool:
        row = running_pause(self.session, self.case)
        return row is not None and row.reason is PauseReason.DOCUMENTS

    def time_passes(self) -> None:
        self.now += timedelta(days=self.chance.randint(1, 20))
        self.told.append(f"it is {self.now}")

"""Everything that can be tried."""

from collections.abc import Callable
from datetime import timedelta

from portal.casework import service
from portal.casework.clock.rules import PauseReason
from portal.casework.contributing import service as contributing
from portal.db import unit_of_work
from portal.kernel.thai_calendar import office_day
from tests.casework.machine.life import REFUSED, STAFF, WHO, Life


class Busy(Life):
    """With the acts as methods; each name stands once in ``ACTS``."""

    def step(self) -> None:
        """Any of them that can be tried; what ends the story comes seldom."""
        tried = len(self.told)
        while len(self.told) == tried:
            self.chance.choices(ACTS, weights=[1 if act in ENDING else 8 for act in ACTS])[0](self)

    def assign(self) -> None:
        whom = self.chance.choice([None, *STAFF])
        self.attempt(service.assign, self.office.users[whom] if whom else None, fresh=not self.one_in(3))

    def say(self) -> None:
        self.attempt(self.chance.choice([service.note, service.ask, service.reply, service.decline]), self.words())

    def pause(self) -> None:
        until = office_day(self.now) + timedelta(days=self.chance.randint(-1, 70))
        self.attempt(service.pause, self.chance.choice([*PauseReason, "?"]), until.isoformat(), self.words())

    def resume(self) -> None:
        self.attempt(service.resume)

    def extend(self) -> None:
        self.attempt(service.extend, "many_facts", str(self.chance.randint(0, 16)), self.words())

    def the_worker_looks_at_the_pause(self) -> None:
        with unit_of_work(self.session):
            ended = service.end_what_is_over(self.session, self.now + timedelta(days=self.chance.randint(-3, 40)), self.case)
        self.told.append("the worker looks at the pause")
        self.acts += ended is not None

    def start(self) -> None:
        self.attempt(service.start)

    def close(self) -> None:
        words = {name: self.words() for name in ("result", "reason", "proof")}
        self.attempt(service.close, disposition=self.chance.choice(["accepted", "done", "?"]), **words)

    def refer(self) -> None:
        self.attempt(service.refer, self.words(), "เหตุผล")

    def forward(self) -> None:
        self.attempt(service.forward, self.chance.choice([self.office.agency, self.office.unit, self.office.elsewhere]), "เหตุผล")

    def citizen_says(self) -> None:
        self.attempt(self.chance.choice([service.citizen_add, service.citizen_answer, service.contest]), self.words(), who="citizen")

    def citizen_decides(self) -> None:
        self.attempt(self.chance.choice([service.confirm, service.withdraw_consent]), who="citizen")

    def withdraw(self) -> None:
        self.attempt(service.withdraw, "", pressed=self.one_in(2), who="citizen")

    def merge(self) -> None:
        self.attempt(service.merge, self.other, "เรื่องเดียวกัน")

    def unmerge(self) -> None:
        self.attempt(service.unmerge, self.words())

    def mark_about(self) -> None:
        whom = self.office.users[self.chance.choice(["officer", "colleague", "executive"])]
        self.attempt(service.mark_about, [whom], [], fresh=self.one_in(2))

    def say_about(self) -> None:
        self.attempt(service.say_about, self.words(), above=self.one_in(2))

    def unmark_about(self) -> None:
        self.attempt(service.unmark_about, self.words())

    def publish(self) -> None:
        self.attempt(service.publish, self.words(), "เนื้อ", "คำตอบ")

    def withdraw_publication(self) -> None:
        self.attempt(service.withdraw_publication, "เหตุผล")

    def ask_contribution(self) -> None:
        day = str(self.now.date() + timedelta(days=3))
        self.attempt(
            contributing.ask_contribution, self.chance.choice([self.office.unit, self.office.elsewhere]), "opinion", self.words(), day
        )

    def contribute(self) -> None:
        if self.case.contributions:
            part, words = self.case.contributions[-1], self.words()
            verb = self.chance.choice([contributing.contribute, contributing.decline_contribution])
            self.attempt(lambda session, actor, now, _case: verb(session, actor, now, part, words), who="stranger")

    def recall_contribution(self) -> None:
        if self.case.contributions:
            self.attempt(contributing.recall_contribution, self.case.contributions[-1].public_id)

    def unmask(self) -> None:
        actor, reason = self.actor(self.chance.choice(WHO)), self.words()
        self.told.append("unmask")
        try:
            with unit_of_work(self.session):
                service.unmask(self.session, actor, self.now, self.office.keyring, self.case, reason)
        except REFUSED:
            return
        self.acts += 1
        assert self.case.anonymity == "confidential"


ACTS: list[Callable[[Busy], None]] = [
    Busy.time_passes, Busy.assign, Busy.say, Busy.pause, Busy.resume, Busy.extend, Busy.the_worker_looks_at_the_pause, Busy.start,
    Busy.close, Busy.refer, Busy.forward, Busy.citizen_says, Busy.citizen_decides, Busy.withdraw, Busy.merge, Busy.unmerge, Busy.mark_about,
    Busy.say_about, Busy.unmark_about, Busy.publish, Busy.withdraw_publication, Busy.ask_contribution, Busy.contribute,
    Busy.recall_contribution, Busy.unmask,
]  # fmt: skip
ENDING = (Busy.withdraw, Busy.merge)

"""Every act tells the worker whose evidence has changed, so that what is computed live is what computing everything anew would give."""

import os
import random
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Mission
from portal.audit import service as audit
from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import Base, unit_of_work
from portal.feedback.boxes import service as boxes
from portal.feedback.boxes.models import BoxOpening
from portal.feedback.channels import queries as register
from portal.feedback.channels import service as channels
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.errors import PortalError
from portal.kernel.thai_calendar import office_day
from portal.outbox.evidence import CHANGED
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext
from portal.outcomes.improvements import service as improvements
from portal.outcomes.improvements.models import Improvement, ImprovementCase
from portal.outcomes.improvements.rules import MOVING
from portal.outcomes.themes import service as themes
from portal.outcomes.themes.models import Theme
from portal.participation.scores.jobs import daily
from portal.participation.scores.scored import whose
from portal.participation.scores.sources import SOURCES
from portal.participation.scores.watching import watched_rows
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.feedback.boxes.conftest import ROUND
from tests.feedback.boxes.counting import counted
from tests.feedback.channels.test_service import TYPED
from tests.outcomes.conftest import CLOSING
from tests.outcomes.improvements.test_service import TYPED as PLANNED
from tests.participation.scores.conftest import Town

#: Moved with the cases; people and agencies are watched for every source; who scores is followed by ``participation.following``.
BESIDE = {"case_tally", "case_tally_move", "user_account", "agency", "mission"}
BESIDE |= {"score_claim", "score_confirmation", "evidence_ruling"}


#: How many histories of some 170 acts are played; more of them by hand, on one database.
HISTORIES = int(os.environ.get("PORTAL_TEST_HISTORIES", "1"))
#: The seed whose history is known to hold every kind of fact.
FIRST = 2550


class History:
    """Random acts of an office, by the real verbs; an act that is not allowed changes nothing."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.office, self.session = town, town.office, town.session
        self.chance = random.Random(seed)
        self.at = NOW - timedelta(days=54, hours=8)  # early, so that no midnight comes between
        self.acts: list[Callable[[], object]] = [
            self.submit, self.submit, self.assign, self.reply, self.close, self.withdraw, self.merge, self.mark, self.unmark, self.forward,
            self.theme, self.channel, self.open_box, self.take_back, self.edit_box, self.plan, self.link, self.unlink, self.step,
            self.rename, self.mission, self.number_of_slips, self.contest,
        ]  # fmt: skip

    def act(self) -> None:
        """One of them, some minutes later."""
        self.at += timedelta(minutes=self.chance.randrange(1, 4))
        with suppress(PortalError), unit_of_work(self.session):
            self.chance.choice(self.acts)()

    def any_of(self, table: type[Base]) -> object:
        rows = self.session.scalars(select(table).order_by(*table.__table__.primary_key.columns)).all()
        if not rows:
            raise PortalError
        return self.chance.choice(rows)

    def do(self, verb: Callable[..., object], who: str, *args: object, **values: object) -> None:
        case = self.any_of(Case)
        actor = CITIZEN if who == "citizen" else getattr(self.office, who)
        if "row_version" in verb.__annotations__:
            values["row_version"] = case.row_version
        verb(self.session, actor, self.at, case, *args, **values)

    def submit(self) -> None:
        make_case(self.session, self.office.keyring, self.office.agency, self.at, channel=self.chance.choice(["telephone", "box", "fax"]))

    def assign(self) -> None:
        self.do(casework.assign, "coordinator", self.office.users["officer"])

    def reply(self) -> None:
        self.do(casework.reply, "officer", "เปิดทุกวัน", publish=False)

    def close(self) -> None:
        self.do(casework.close, "officer", disposition="accepted", **CLOSING)

    def contest(self) -> None:
        self.do(casework.contest, "citizen", "ยังไม่เสร็จ")

    def withdraw(self) -> None:
        self.do(casework.withdraw, "citizen", "")

    def merge(self) -> None:
        self.do(casework.merge, "coordinator", self.any_of(Case), "เรื่องเดียวกัน")

    def mark(self) -> None:
        self.do(casework.mark_about, "coordinator", [self.office.users["colleague"]], [])

    def unmark(self) -> None:
        self.do(casework.unmark_about, "coordinator", "ไม่เกี่ยว")

    def forward(self) -> None:
        self.do(casework.forward, "coordinator", self.chance.choice([self.office.unit, self.office.elsewhere]), "อยู่ในอำนาจของท่าน")

    def theme(self) -> None:
        found = self.session.scalars(select(Theme)).all()
        theme = found[0] if found else themes.add_theme(self.session, self.office.coordinator, self.at, self.office.agency, "น้ำ", "Water")
        chosen = {self.any_of(Case).number: self.chance.choice([theme.slug, ""])}
        themes.give_themes(self.session, self.office.coordinator, self.at, self.office.agency, chosen, {})

    def channel(self) -> None:
        entry = register.by_code(self.session, self.office.agency.id, "telephone")
        typed = replace(TYPED, formality=self.chance.choice(["formal", "informal"]), open_from="1/9/2569")
        channels.edit_channel(self.session, SYSTEM, self.at, entry, typed, entry.row_version)

    def open_box(self) -> None:
        boxes.record_opening(
            self.session, self.office.officer, self.at, self.town.place.box, replace(ROUND, day=_thai(self.at), time="0:01")
        )

    def take_back(self) -> None:
        boxes.take_back(self.session, self.office.coordinator, self.at, self.town.place.box, self.any_of(BoxOpening), "ผิดตู้")

    def number_of_slips(self) -> None:
        boxes.correct_count(self.session, self.office.coordinator, self.at, self.town.place.box, self.any_of(BoxOpening), "7", "นับผิด")

    def edit_box(self) -> None:
        self.signed()
        box = self.town.place.box
        box.set_up_on = office_day(self.at) - timedelta(days=self.chance.randrange(40, 90))

    def plan(self) -> None:
        typed = replace(PLANNED, unit=self.office.agency.slug, owner=self.office.users["officer"].public_id)
        improvements.plan(self.session, self.office.officer, self.at, self.office.agency, typed, "")

    def link(self) -> None:
        improvements.link(self.session, self.office.officer, self.at, self.any_of(Improvement), self.any_of(Case).number)

    def unlink(self) -> None:
        one = self.any_of(ImprovementCase)
        improvements.unlink(self.session, self.office.officer, self.at, one.improvement, one.case.number)

    def step(self) -> None:
        row, texts = self.any_of(Improvement), {"result_th": "รอสั้นลง", "abandoned_th": "ไม่มีงบประมาณ"}
        improvements.step(self.session, self.office.officer, self.at, row, self.chance.choice(sorted(MOVING)).value, row.row_version, texts)

    def signed(self) -> None:
        """Every verb leaves its row in the trail; what is written here by hand does so too, or its event would bear another moment."""
        audit.record(self.session, SYSTEM, self.at, "agency.changed", "agency", "by-hand")

    def rename(self) -> None:
        self.signed()
        self.session.get_one(User, self.office.users["officer"].id).name_th = f"ชื่อใหม่ {self.chance.random()}"

    def mission(self) -> None:
        self.signed()
        number = self.chance.randrange(10**6)
        self.session.add(Mission(agency_id=self.office.agency.id, code=f"m{number}", text_th="ภารกิจ", position=number))


def _thai(moment: datetime) -> str:
    day = office_day(moment)
    return f"{day.day}/{day.month}/{day.year + 543}"


@pytest.mark.parametrize("seed", range(FIRST, FIRST + HISTORIES))
def test_live_equals_full(town: Town, seed: int) -> None:
    """Over the turn of a fiscal year: what the worker computed act by act is what computing all anew gives, on every one of the days."""
    history, years = History(town, seed), set()
    for _ in range(4):
        for _year in range(2):
            with unit_of_work(town.session):
                daily(JobContext(town.session, history.at, MemoryMailer(), town.store, town.place.keyring, ""))
        for _ in range(4):
            for _ in range(history.chance.randrange(4, 20)):
                history.act()
            town.work(history.at)
        live = town.kept(), town.scores()
        assert town.compute(history.at, sorted({key[1] for key in live[0]})) == 0
        full = town.kept()
        assert {key: (live[0][key], facts) for key, facts in full.items() if facts != live[0][key]} == {}
        assert (full, town.scores()) == live
        years |= {key[1] for key in live[0]}
        town.forget()
        history.at += timedelta(days=18)
    assert years == {2569, 2570}
    said = "".join(town.kept().values())
    assert seed != FIRST or all(f'"{kind}"' in said for kind in ("CaseQuarter", "ChannelInput", "BoxOpened", "ImprovementFact"))


def test_every_table_that_a_source_reads_is_watched(town: Town) -> None:
    look_ids = whose(town.session, [town.office.agency.id])
    assert look_ids
    for source in SOURCES.values():
        with counted(town.session.get_bind()) as statements:
            town.asked(source=source.name)
        asked = [one for one in statements if "score_facts" not in one and "option_value" not in one and "WITH RECURSIVE" not in one]
        read = set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(asked)))
        watched = {one.row.__tablename__ for name, one in watched_rows() if name == source.name}
        assert read - BESIDE - watched == set(), source.name
        assert len(read) > 1, source.name


def test_one_event_for_an_agency_and_none_for_what_does_not_matter(town: Town) -> None:
    town.forget()
    case = town.office.case()
    (event,) = town.session.scalars(select(OutboxEvent).where(OutboxEvent.name == CHANGED))
    assert event.payload == {"agency_id": town.office.agency.id, "sources": "cases channels"}
    assert event.created_at == NOW
    town.forget()
    with unit_of_work(town.session):
        town.session.get_one(Case, case.id).paused_until = office_day(NOW)
    assert town.session.scalars(select(OutboxEvent)).all() == []


def test_what_is_rolled_back_tells_nobody(town: Town) -> None:
    town.forget()
    with pytest.raises(ZeroDivisionError), unit_of_work(town.session):
        make_case(town.session, town.office.keyring, town.office.agency, NOW)
        raise ZeroDivisionError
    with unit_of_work(town.session):
        town.session.get_one(User, town.office.users["stranger"].id).position_th = "อื่น"
    assert town.session.scalars(select(OutboxEvent)).all() == []


def test_a_division_of_the_agency_and_an_unknown_one(town: Town, session: Session) -> None:
    town.forget()
    with unit_of_work(session):
        row = register.by_code(session, town.office.agency.id, "telephone")
        row.agency_id = town.office.unit.id  # the division's, which no page does
    assert town.work() == 3  # two about evidence, and one of a level that was computed for the first time
    assert {key[0] for key in town.kept()} == {town.office.agency.id}

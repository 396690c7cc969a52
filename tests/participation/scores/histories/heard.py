"""What people said: cases, themes, channels, boxes, improvements; and who the people are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, select

from portal.accounts.models import User
from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.feedback.boxes import service as boxes
from portal.feedback.boxes.models import BoxOpening
from portal.feedback.channels import queries as register
from portal.feedback.channels import service as channels
from portal.kernel.actor import CITIZEN, SYSTEM
from portal.kernel.thai_calendar import office_day
from portal.outcomes.improvements import service as improvements
from portal.outcomes.improvements.models import Improvement, ImprovementCase
from portal.outcomes.improvements.rules import MOVING
from portal.outcomes.themes import service as themes
from portal.outcomes.themes.models import Theme
from tests.casework.factories import make_case
from tests.feedback.boxes.conftest import ROUND
from tests.feedback.channels.test_service import TYPED
from tests.outcomes.conftest import CLOSING
from tests.outcomes.improvements.test_service import TYPED as PLANNED
from tests.participation.scores.histories.stage import Act, Stage, typed


class Heard(Stage):
    """Acts of those who write, and of those who answer."""

    def heard(self) -> list[Act]:
        """Some of them more often than others."""
        return [
            self.submit, self.submit, self.assign, self.reply, self.close, self.withdraw, self.merge, self.mark, self.unmark, self.forward,
            self.theme, self.channel, self.open_box, self.take_back, self.edit_box, self.improve, self.link, self.unlink, self.step,
            self.rename, self.number_of_slips, self.contest,
        ]  # fmt: skip

    def do(
        self, verb: Callable[..., object], who: str, *args: object, fitting: ColumnElement[bool] = Case.is_open, **values: object
    ) -> None:
        case = self.any_of(Case, fitting)
        actor = CITIZEN if who == "citizen" else getattr(self.office, who)
        if "row_version" in verb.__annotations__:
            values["row_version"] = case.row_version
        verb(self.session, actor, self.at, case, *args, **values)

    def submit(self) -> None:
        make_case(self.session, self.office.keyring, self.office.agency, self.at, channel=self.chance.choice(["telephone", "box", "fax"]))

    def assign(self) -> None:
        self.do(casework.assign, "coordinator", self.office.users["officer"])

    def reply(self) -> None:
        self.take_on()
        self.do(casework.reply, "officer", "เปิดทุกวัน", publish=False, fitting=self.is_worked())

    def close(self) -> None:
        self.take_on()
        self.do(casework.close, "officer", disposition="accepted", **CLOSING, fitting=self.is_worked())

    def take_on(self) -> None:
        """The officer works a case, where there is none yet."""
        if not self.keys(Case, self.is_worked()):
            self.do(casework.assign, "coordinator", self.office.users["officer"], fitting=and_(Case.is_open, ~Case.guarded))

    def is_worked(self) -> ColumnElement[bool]:
        return and_(Case.owner_id == self.office.users["officer"].id, Case.is_open)

    def contest(self) -> None:
        self.do(casework.contest, "citizen", "ยังไม่เสร็จ", fitting=Case.status == Status.CLOSED)

    def withdraw(self) -> None:
        self.do(casework.withdraw, "citizen", "")

    def merge(self) -> None:
        self.do(casework.merge, "coordinator", self.any_of(Case, Case.is_open), "เรื่องเดียวกัน")

    def mark(self) -> None:
        self.do(casework.mark_about, "coordinator", [self.office.users["colleague"]], [])

    def unmark(self) -> None:
        self.do(casework.unmark_about, "coordinator", "ไม่เกี่ยว", fitting=Case.guarded)

    def forward(self) -> None:
        self.do(casework.forward, "coordinator", self.chance.choice([self.office.unit, self.office.elsewhere]), "อยู่ในอำนาจของท่าน")

    def theme(self) -> None:
        found = self.session.scalars(select(Theme).where(Theme.agency_id == self.office.agency.id)).all()
        theme = found[0] if found else themes.add_theme(self.session, self.office.coordinator, self.at, self.office.agency, "น้ำ", "Water")
        chosen = {self.any_of(Case).number: self.chance.choice([theme.slug, ""])}
        themes.give_themes(self.session, self.office.coordinator, self.at, self.office.agency, chosen, {})

    def channel(self) -> None:
        entry = register.by_code(self.session, self.office.agency.id, "telephone")
        entered = replace(TYPED, formality=self.chance.choice(["formal", "informal"]), open_from="1/9/2569")
        channels.edit_channel(self.session, SYSTEM, self.at, entry, entered, entry.row_version)

    def open_box(self) -> None:
        boxes.record_opening(
            self.session, self.office.officer, self.at, self.town.place.box, replace(ROUND, day=typed(office_day(self.at)), time="0:01")
        )

    def take_back(self) -> None:
        boxes.take_back(
            self.session,
            self.office.coordinator,
            self.at,
            self.town.place.box,
            self.any_of(BoxOpening, ~BoxOpening.corrections.any()),
            "ผิดตู้",
        )

    def number_of_slips(self) -> None:
        boxes.correct_count(
            self.session,
            self.office.coordinator,
            self.at,
            self.town.place.box,
            self.any_of(BoxOpening, ~BoxOpening.corrections.any()),
            "7",
            "นับผิด",
        )

    def edit_box(self) -> None:
        self.signed()
        box = self.town.place.box
        box.set_up_on = office_day(self.at) - timedelta(days=self.chance.randrange(40, 90))

    def improve(self) -> None:
        entered = replace(PLANNED, unit=self.office.agency.slug, owner=self.office.users["officer"].public_id)
        improvements.plan(self.session, self.office.officer, self.at, self.office.agency, entered, "")

    def link(self) -> None:
        improvements.link(self.session, self.office.officer, self.at, self.any_of(Improvement), self.any_of(Case, Case.counted).number)

    def unlink(self) -> None:
        one = self.any_of(ImprovementCase)
        improvements.unlink(self.session, self.office.officer, self.at, one.improvement, one.case.number)

    def step(self) -> None:
        row, texts = self.any_of(Improvement), {"result_th": "รอสั้นลง", "abandoned_th": "ไม่มีงบประมาณ"}
        improvements.step(self.session, self.office.officer, self.at, row, self.chance.choice(sorted(MOVING)).value, row.row_version, texts)

    def rename(self) -> None:
        self.signed()
        who = self.chance.choice(["officer", "coordinator", "executive"])
        self.session.get_one(User, self.office.users[who].id).name_th = f"ชื่อใหม่ {self.chance.random()}"

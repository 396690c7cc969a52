"""The listening plan: its way to approval, activities, what happened, and the records that they produced."""

from dataclasses import replace
from typing import Any

from portal.disclosures.models import Disclosure
from portal.plans import service
from portal.plans.models import ActivityRecord, ListeningPlan, PlanActivity
from portal.plans.records import FINDERS
from portal.plans.rules import Method, PlanState
from portal.plans.service import Reason, Row
from tests.participation.scores.histories.stage import Act, Stage
from tests.plans.conftest import HELD, TYPED, WORDS

#: The address under which the portal runs.
BASE = "https://portal.example"


class Planned(Stage):
    """Acts of those who plan, approve, hold and write about it."""

    def planned(self) -> list[Act]:
        """Some of them more often than others."""
        return [
            self.open_plan, self.on_its_way, self.on_its_way, self.on_its_way, self.add, self.add, self.change, self.duplicate, self.remove,
            self.table, self.cancel, self.take_up, self.tell, self.tell, self.write_words, self.produce, self.produce, self.disown,
        ]  # fmt: skip

    def open_plan(self) -> None:
        year, copy = self.chance.choice([2569, 2570]), self.one_in(4)
        service.open_plan(self.session, self.office.coordinator, self.at, self.office.agency, year, copy=copy)

    def plan(self) -> ListeningPlan:
        """One of them; where there is none yet, a new one."""
        if not self.keys(ListeningPlan):
            self.open_plan()
        return self.any_of(ListeningPlan)

    def activity(self) -> PlanActivity:
        """One of them; where there is none yet, a new one."""
        if not self.keys(PlanActivity):
            self.add()
        return self.any_of(PlanActivity)

    def on_its_way(self) -> None:
        """Whatever comes next, approval more often than not."""
        plan = self.plan()
        on_its_way = plan.state is PlanState.HANDED_IN
        verbs = [service.approve, service.approve, service.send_back, service.take_back] if on_its_way else [service.hand_in]
        verb = self.chance.choice(verbs)
        words: dict[Any, tuple[str, ...]] = {service.approve: ("1/88", self.day(-70, 0)), service.send_back: ("เพิ่มไตรมาสที่ 2",)}
        who = self.office.executive if verb in words else self.office.coordinator
        verb(self.session, who, self.at, plan, plan.row_version, *words.get(verb, ()))

    def entered(self) -> Any:
        """What is planned, as it is typed."""
        return replace(
            TYPED,
            mission=self.chance.choice(self.office.agency.missions).code if self.office.agency.missions else "",
            method=self.chance.choice(list(Method)).value,
            least_people=str(self.chance.randrange(1, 60)),
            planned_on=self.chance.choice([self.day(-40, 0), self.day(0, 90)]),
            unit=self.chance.choice([self.office.agency, self.office.unit, self.below]).slug,
            owner=self.chance.choice(["", self.office.users["officer"].public_id]),
            about_strategy=self.chance.choice(["", "1"]),
            budget=self.chance.choice(["", "0", "20000"]),
        )

    def reason(self) -> Reason:
        return Reason(self.chance.choice(["เลื่อนตามฤดูน้ำ", "เลื่อนตามฤดูน้ำ", ""]))

    def add(self) -> None:
        plan, each = self.plan(), self.one_in(4)
        service.add(self.session, self.office.coordinator, self.at, plan, self.entered(), self.reason(), each_quarter=each)

    def change(self) -> None:
        row = self.activity()
        service.change(self.session, self.office.coordinator, self.at, row, self.entered(), row.row_version, self.reason())

    def duplicate(self) -> None:
        row = self.activity()
        service.duplicate(self.session, self.office.coordinator, self.at, row.plan, row, self.reason())

    def remove(self) -> None:
        self.on_activity(service.remove)

    def table(self) -> None:
        plan = self.plan()
        rows = {one.number: Row(one.row_version, self.day(-60, 60), self.chance.choice(["", "500"]), "2") for one in plan.activities}
        service.save_rows(self.session, self.office.coordinator, self.at, plan, rows)

    def cancel(self) -> None:
        self.on_activity(service.cancel, Reason("น้ำท่วม"))

    def take_up(self) -> None:
        self.on_activity(service.take_up)

    def tell(self) -> None:
        held = self.day(-40, 0)
        happened = replace(HELD, held_on=held, notice_on=self.chance.choice(["", held]), people=str(self.chance.randrange(90)))
        if self.one_in(5):
            happened = replace(happened, held_on="", notice_on="", people="", officers="")  # it was not held after all
        self.on_activity(lambda session, actor, now, row, version: service.tell(session, actor, now, row, happened, version))

    def write_words(self) -> None:
        said = {name: self.chance.choice(["", text]) for name, text in WORDS.items()}
        self.on_activity(lambda session, actor, now, row, version: service.write_words(session, actor, now, row, said, version))

    def produce(self) -> None:
        """A record that the activity produced: the same ones again and again, so that missions share them."""
        box = self.town.place.box
        address = self.chance.choice([f"/boxes/{box.slug}", f"/boxes/{box.slug}#opening-1", "page"])
        address = f"/disclosures/{self.any_of(Disclosure).slug}" if address == "page" else address
        service.link(self.session, self.office.coordinator, self.at, self.activity(), address, BASE, FINDERS)

    def disown(self) -> None:
        record = self.any_of(ActivityRecord)
        service.unlink(self.session, self.office.coordinator, self.at, record.activity, record.path)

    def on_activity(self, verb: Any, *words: Any) -> None:
        """A verb for the present version of any activity."""
        row = self.activity()
        verb(self.session, self.office.coordinator, self.at, row, row.row_version, *words)

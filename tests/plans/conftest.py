"""An office with two missions, a head, and a plan for the fiscal year 2570 (1 October 2569 to 30 September 2570)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.heads.models import UnitHead
from portal.accounts.models import User
from portal.agencies.models import Mission
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.plans import queries, service
from portal.plans.entry import Happened, Planned
from portal.plans.models import ListeningPlan, PlanActivity
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW
from tests.factories import actor_of, make_user

YEAR = 2570
TYPED = Planned(
    mission="M1", title_th="เวทีรับฟังเรื่องน้ำ", method="hearing", groups_th="เกษตรกรนอกเขตชลประทาน", planned_on="15/11/2569",
    budget="๒๐,๐๐๐", staff_days="4.5",
)  # fmt: skip
HELD = Happened(notice_on="1/11/2569", held_on="15/11/2569", people="42", officers="5", budget_spent="18,500", staff_days_spent="4")
WORDS = {f"{part}_th": f"ข้อความ {part}" for part in ("summary", "issue", "participants", "result", "change")}


@dataclass
class Planning:
    """The office, its head and publisher, and how one works on its plan."""

    office: Office
    head: Actor
    publisher: Actor
    users: dict[str, User] = field(default_factory=dict)

    def plan(self, year: int = YEAR) -> ListeningPlan:
        """As it is now."""
        found = queries.of_year(self.office.session, self.office.agency, year)
        assert found is not None
        return found

    def open(self, year: int = YEAR, actor: Actor | None = None, at: datetime = NOW, **values: Any) -> ListeningPlan:
        with unit_of_work(self.office.session) as session:
            return service.open_plan(session, actor or self.office.coordinator, at, self.office.agency, year, **values)

    def add(self, actor: Actor | None = None, at: datetime = NOW, year: int = YEAR, reason: str = "", **values: Any) -> PlanActivity:
        each = values.pop("each_quarter", False)
        typed = replace(TYPED, **{"unit": self.office.agency.slug, **values})
        with unit_of_work(self.office.session) as session:
            who = actor or self.office.coordinator
            return service.add(session, who, at, self.plan(year), typed, service.Reason(reason), each_quarter=each)[0]

    def do(self, verb: Any, row: Any, *args: Any, actor: Actor | None = None, at: datetime = NOW, version: int | None = None) -> Any:
        """A verb on a plan or an activity in a unit of work of its own, for the present version."""
        with unit_of_work(self.office.session) as session:
            session.refresh(row)
            seen = row.row_version if version is None else version
            return verb(session, actor or self.office.coordinator, at, row, *args[:1], seen, *args[1:])

    def move(self, verb: Any, *args: Any, actor: Actor | None = None, at: datetime = NOW, version: int | None = None) -> ListeningPlan:
        """A step of the plan."""
        with unit_of_work(self.office.session) as session:
            plan = self.plan()
            verb(session, actor or self.office.coordinator, at, plan, plan.row_version if version is None else version, *args)
            return plan

    def approved(self, at: datetime = NOW) -> ListeningPlan:
        """Handed in and approved by the head."""
        self.move(service.hand_in, at=at)
        return self.move(service.approve, "สมม 0001/88", "30/9/2569", actor=self.head, at=at)


@pytest.fixture
def planning(session, keyring) -> Planning:
    return make_planning(make_office(session, keyring))


def make_planning(office: Office) -> Planning:
    """An office in a database of any kind."""
    with unit_of_work(office.session) as session:
        for place, code in enumerate(("M1", "M2")):
            session.add(Mission(agency_id=office.agency.id, code=code, text_th=f"ภารกิจ {code}", is_core=not place, position=place))
        head, publisher = (make_user(session, [(office.agency, role)]) for role in (Role.OFFICER, Role.PUBLISHER))
        session.add(UnitHead(agency_id=office.agency.id, user_id=head.id, changed_at=NOW))
        session.flush()
        actors = actor_of(session, head), actor_of(session, publisher)
    return Planning(office, *actors, users={"head": head, "publisher": publisher})

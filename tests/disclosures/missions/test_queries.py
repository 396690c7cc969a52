"""Missions that a page can be about, and missions with their pages."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.agencies import service as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.db import unit_of_work
from portal.disclosures.missions.queries import choosable, pages_of
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import make_agency
from tests.feedback.boxes.counting import counted


def test_a_unit_chooses_among_its_own_missions_and_its_agencys_and_a_branch_among_its_own(session: Session, agency: Agency) -> None:
    with unit_of_work(session):
        unit = make_agency(session, slug="unit", parent_id=agency.id, level=AgencyLevel.DIVISION)
        branch = make_agency(session, slug="branch", parent_id=unit.id, level=AgencyLevel.SERVICE_POINT)
        for place in (agency, unit, branch):
            agencies.add_mission(session, place, {"code": "M1", "text_th": "ภารกิจ"})
    assert list(choosable(session, agency)) == ["mueang/M1"]
    assert list(choosable(session, unit)) == ["unit/M1", "mueang/M1"]
    assert list(choosable(session, branch)) == ["branch/M1"]


def test_the_number_of_queries_does_not_depend_on_missions_and_pages(session: Session, engine: Engine, agency: Agency) -> None:
    def queries(most: int) -> int:
        session.expire_all()
        missions = sorted(agency.missions, key=lambda mission: mission.position)[:most]
        with counted(engine) as seen:
            assert [len(row.pages) for row in pages_of(session, missions, "th", NOW.date())] == [2] * most
        return len(seen)

    with unit_of_work(session):
        made = [agencies.add_mission(session, agency, {"code": f"M{n}", "text_th": "ภารกิจ", "position": n}) for n in range(3)]
    for mission in made * 2:
        make_page(session, NOW, agency, mission_id=mission.id)
    assert queries(1) == queries(3)

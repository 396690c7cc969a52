"""Facts of pages as they stood: versions, withdrawal, links, what the portal makes by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.agencies import service as agencies
from portal.agencies.models import Agency, Mission
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.db import unit_of_work
from portal.disclosures import service
from portal.disclosures.evidence import facts_of
from portal.disclosures.legal import service as legal
from portal.disclosures.legal.lists import by_code
from portal.disclosures.legal.queries import lists_for
from portal.disclosures.models import Disclosure
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.actor import SYSTEM
from portal.kernel.evidence import Fact, LegalItem, MissionPage, look_at
from portal.kernel.thai_calendar import office_day
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import make_agency
from tests.feedback.boxes.counting import counted

#: The year that ended on 30 September 2569 (2026); NOW lies in the next one.
YEAR = 2569
SPRING, SUMMER, AUTUMN = (
    datetime(2026, 3, 2, 3, 0, tzinfo=UTC),
    datetime(2026, 8, 4, 3, 0, tzinfo=UTC),
    datetime(2026, 10, 20, 3, 0, tzinfo=UTC),
)


@pytest.fixture
def office(session: Session) -> Agency:
    with unit_of_work(session):
        office = make_agency(session, slug="office", phone="02 000 0000")
        for code in ("M1", "M2"):
            agencies.add_mission(session, office, {"code": code, "text_th": f"ภารกิจ {code}", "position": 0})
        return office


def mission(office: Agency, code: str) -> Mission:
    return next(one for one in office.missions if one.code == code)


def look(session: Session, places: dict[Agency, Agency], year: int = YEAR, at: datetime = NOW) -> dict[int, list[Fact]]:
    whose = {place.id: owner.id for place, owner in places.items()}
    return facts_of(session, list(dict.fromkeys(places.values())), look_at(year, office_day(at), whose))


def facts(session: Session, office: Agency, shape: type[Fact], year: int = YEAR, at: datetime = NOW) -> list[Fact]:
    return [one for one in look(session, {office: office}, year, at)[office.id] if type(one) is shape and not one.key.endswith("/portal")]


def again(session: Session, now: datetime, page: Disclosure, title: str) -> None:
    text = page.translations[0]
    with unit_of_work(session):
        settings = PageSettings(responsible_position_th="หัวหน้าสำนัก", responsible_unit_id=page.agency_id, office_contact="โทร",
                                mission_id=page.about.mission_id if page.about else None)  # fmt: skip
        draft = TextDraft(title=title, body="<p>ใหม่</p>", change_note="แก้ไข")
        service.edit(session, SYSTEM, now, text, text.row_version, draft, settings)
        service.publish(session, SYSTEM, now, text)


def serve(session: Session, now: datetime, office: Agency, page: Disclosure, code: str, items: Sequence[str]) -> None:
    wanted = by_code(code)
    assert wanted
    with unit_of_work(session):
        for item in items:
            legal.link(session, SYSTEM, now, office, wanted, wanted.item(item), page)  # type: ignore[arg-type]


def test_a_page_of_a_mission_is_a_fact_of_its_newest_version_in_the_look(session: Session, office: Agency) -> None:
    page = make_page(session, SPRING, office, title="ฉบับแรก", mission_id=mission(office, "M1").id)
    again(session, SUMMER, page, "ฉบับที่สอง")
    again(session, AUTUMN, page, "หลังสิ้นปี")
    (fact,) = facts(session, office, MissionPage)
    assert isinstance(fact, MissionPage)
    assert (fact.name_th, fact.on, fact.recorded_on, fact.mission) == ("ฉบับที่สอง", office_day(SUMMER), office_day(SUMMER), "M1")
    assert fact.responsible == "หัวหน้าสำนัก"
    assert fact.path == f"/disclosures/{page.slug}"
    assert fact.key == page.slug
    assert facts(session, office, MissionPage, YEAR + 1)[0].name_th == "หลังสิ้นปี"
    assert facts(session, office, MissionPage, YEAR - 1) == []


def test_withdrawn_after_the_year_it_still_stood_in_it(session: Session, office: Agency) -> None:
    page = make_page(session, SPRING, office, mission_id=mission(office, "M1").id)
    with unit_of_work(session):
        service.withdraw(session, SYSTEM, AUTUMN, page.translations[0], "ข้อมูลผิด")
    assert not facts(session, office, MissionPage)[0].withdrawn
    assert facts(session, office, MissionPage, YEAR + 1)[0].withdrawn


def test_a_page_with_one_text_left_is_not_withdrawn(session: Session, office: Agency) -> None:
    page = make_page(session, SPRING, office, mission_id=mission(office, "M1").id)
    with unit_of_work(session):
        english = service.add_language(session, SYSTEM, SPRING, page, "en", TextDraft(title="English", body="<p>Words</p>"))
        service.publish(session, SYSTEM, SUMMER, english)
        service.withdraw(session, SYSTEM, SUMMER, page.translations[0], "ข้อมูลผิด")
    (fact,) = facts(session, office, MissionPage)
    assert (fact.withdrawn, fact.name_en) == (False, "English")


def test_brought_in_after_the_freeze_with_a_day_of_the_past_it_is_no_fact_of_the_past(session: Session, office: Agency) -> None:
    late = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)  # the freeze of 2569 is 29 November
    make_page(session, late, office, mission_id=mission(office, "M1").id, published_at=SPRING, updated_at=SPRING)
    assert facts(session, office, MissionPage, at=late) == []
    (now,) = facts(session, office, MissionPage, YEAR + 1, at=late)
    assert (now.on, now.recorded_on) == (office_day(SPRING), office_day(late))


def test_a_page_that_was_linked_after_the_freeze_does_not_count_for_the_year(session: Session, office: Agency) -> None:
    page = make_page(session, SPRING, office)
    serve(session, datetime(2026, 11, 29, 3, 0, tzinfo=UTC), office, page, "s9", ["9(3)"])
    serve(session, datetime(2026, 11, 30, 3, 0, tzinfo=UTC), office, page, "s9", ["9(4)"])
    late = NOW + timedelta(days=60)
    assert [fact.item for fact in facts(session, office, LegalItem, at=late)] == ["9(3)"]  # type: ignore[attr-defined]
    assert len(facts(session, office, LegalItem, YEAR + 1, at=late)) == 2


def test_a_page_serves_items_of_several_lists_and_several_pages_one_item(session: Session, office: Agency) -> None:
    one, other = make_page(session, SPRING, office, slug="one"), make_page(session, SUMMER, office, slug="other")
    serve(session, SUMMER, office, one, "s7", ["7(1)", "7(2)"])
    serve(session, SUMMER, office, one, "s9", ["9(3)"])
    serve(session, SUMMER, office, other, "s9", ["9(3)"])
    make_page(session, SPRING, office, slug="draft", publish=False)
    assert [fact.key for fact in facts(session, office, LegalItem)] == ["s7/7(1)/one", "s7/7(2)/one", "s9/9(3)/one", "s9/9(3)/other"]


def test_a_list_of_another_year_gives_no_fact(session: Session) -> None:
    with unit_of_work(session):
        town = make_agency(session, slug="town", kind=AgencyKind.LOCAL, level=AgencyLevel.LOCAL)
    page = make_page(session, datetime(2021, 3, 1, tzinfo=UTC), town)
    serve(session, datetime(2021, 3, 1, tzinfo=UTC), town, page, "oit-2564-local", ["O1"])
    assert [fact.key for fact in facts(session, town, LegalItem, 2564)] == [f"oit-2564-local/O1/{page.slug}"]
    assert facts(session, town, LegalItem, 2565) == []


def test_a_unit_writes_about_its_agencys_missions_and_of_its_own_nothing_is_counted(session: Session, office: Agency) -> None:
    with unit_of_work(session):
        unit = make_agency(session, slug="unit", parent_id=office.id, level=AgencyLevel.DIVISION)
        own = agencies.add_mission(session, unit, {"code": "M1", "text_th": "ของกอง"})
    make_page(session, SPRING, unit, slug="for-the-office", mission_id=mission(office, "M2").id)
    make_page(session, SPRING, unit, slug="for-itself", mission_id=own.id)
    found = look(session, {office: office, unit: office})[office.id]
    assert [(fact.key, fact.mission) for fact in found if isinstance(fact, MissionPage)] == [("for-the-office", "M2")]


def test_an_invented_page_proves_nothing_for_a_real_agency(session: Session, office: Agency) -> None:
    make_page(session, SPRING, office, mission_id=mission(office, "M1").id, is_sample=True)
    assert facts(session, office, MissionPage) == []


def test_what_the_portal_makes_counts_from_the_agencys_first_public_page(session: Session) -> None:
    with unit_of_work(session):
        invented = make_agency(session, slug="invented", is_sample=True, phone="02 000 0000")
        bare = make_agency(session, slug="bare", is_sample=True)
    make_page(session, SUMMER, invented, is_sample=True)
    make_page(session, SUMMER, bare, is_sample=True)
    found = look(session, {invented: invented, bare: bare})
    own = {fact.key: fact for fact in found[invented.id]}
    assert set(own) == {f"oit-sample/{item}/portal" for item in ("S3", "S7", "S10", "S11", "S12")}
    assert {fact.on for fact in own.values()} == {office_day(SUMMER)}
    assert own["oit-sample/S10/portal"].path == "/feedback/corruption?agency=invented"
    assert "oit-sample/S3/portal" not in {fact.key for fact in found[bare.id]}  # no contacts are entered
    assert look(session, {invented: invented}, YEAR - 1)[invented.id] == []


def test_the_number_of_queries_does_not_depend_on_how_many_agencies(session: Session, engine: Engine, office: Agency) -> None:
    def queries(places: dict[Agency, Agency]) -> int:
        for place in places:
            session.refresh(place)
        with counted(engine) as seen:
            look(session, places)
        return len(seen)

    page = make_page(session, SPRING, office, mission_id=mission(office, "M1").id)
    serve(session, SPRING, office, page, "s7", ["7(1)"])
    few = queries({office: office})
    places = {office: office}
    for number in range(4):
        with unit_of_work(session):
            other = make_agency(session, slug=f"other-{number}")
            own = agencies.add_mission(session, other, {"code": "M1", "text_th": "ภารกิจ"})
        serve(session, SPRING, other, make_page(session, SPRING, other, mission_id=own.id), "s9", ["9(1)", "9(2)"])
        places[other] = other
    assert queries(places) == few <= 5


def test_lists_come_for_many_agencies_at_once(session: Session, office: Agency) -> None:
    assert [one.law for one in lists_for([office], YEAR)[office.id]] == ["s7", "s9"]  # no list of the year is known for its kind

"""Suggestions of the pool desk, their reasons, and its standard of one working day."""

from datetime import date, datetime, timedelta

import pytest

from portal.agencies import areas
from portal.agencies.models import Mission
from portal.casework import queries, service
from portal.casework.queries import Filter
from portal.casework.routing import CaseRouting, Ground, Matter, late_before, matter_of, route_by, suggest
from portal.casework.routing.rules import is_like, place_points, task_points
from portal.db import unit_of_work
from portal.index import service as index
from portal.kernel.thai_calendar import BANGKOK
from portal.search.sources import agency_documents
from tests.conftest import NOW
from tests.factories import make_agency

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=BANGKOK)


@pytest.fixture
def land(office):
    """A municipality, a district office, a waterworks without an area, and one elsewhere."""
    session = office.session
    tasks = {
        "town": ("เทศบาลนครแม่สอด", "ดูแลถนน ทางเท้า และไฟทางในเขตเทศบาล", ["6306"]),
        "district": ("ที่ว่าการอำเภอแม่สอด", "ทะเบียนราษฎรและบัตรประชาชน", ["6306"]),
        "water": ("การประปาทดสอบ", "ผลิตและส่งน้ำประปา ซ่อมท่อน้ำแตกรั่ว", []),
        "far": ("เทศบาลเมืองน่านทดสอบ", "ดูแลถนน ทางเท้า และไฟทางในเขตเทศบาล", ["5501"]),
    }
    with unit_of_work(session):
        made = {}
        for name, (title, task, area) in tasks.items():
            mission = Mission(code="M1", text_th=task, text_en="", is_core=True, position=0)
            agency = made[name] = make_agency(session, name_th=title, missions=[mission])
            session.add_all(areas.AgencyArea(agency_id=agency.id, code=code) for code in area)
            session.flush()
            index.renew(session, "agency", agency.slug, agency_documents(session, agency.id)[1])
    return made


def found(office, matter, *, earlier=False):
    return [(agency.name_th, suggestion.grounds) for agency, suggestion in suggest(office.session, matter, earlier=earlier)]


def test_place_and_task_together_come_first_and_another_place_not_at_all(office, land):
    told = found(office, Matter("ไฟทางดับทั้งซอย ถนนมืดมาก", "อำเภอแม่สอด จังหวัดตาก"))
    assert told[0] == ("เทศบาลนครแม่สอด", [Ground.PLACE, Ground.TASK])
    assert "เทศบาลเมืองน่านทดสอบ" not in [name for name, _ in told]


def test_a_task_alone_is_enough_where_no_place_is_named(office, land):
    assert found(office, Matter("ท่อน้ำประปาแตกรั่ว น้ำไหลมาสองวัน"))[0] == ("การประปาทดสอบ", [Ground.TASK])


def test_a_point_on_the_map_says_the_place(office, land):
    names = [name for name, grounds in found(office, Matter("ขอความช่วยเหลือ", lat=16.7161, lon=98.5746)) if Ground.PLACE in grounds]
    assert names == ["เทศบาลนครแม่สอด", "ที่ว่าการอำเภอแม่สอด"]


@pytest.mark.parametrize("words", ["", "x", "1234567890", '"; DROP TABLE agency; --', "' | '", "{words} : (a", "😀"])
def test_what_says_nothing_suggests_nobody(office, land, words):
    assert found(office, Matter(words)) == []


def test_earlier_matters_that_the_desk_routed_speak_for_the_same_agency(office, land):
    session, words = office.session, "สุนัขจรจัดหลายสิบตัวไล่กัดเด็กหน้าโรงเรียนทุกเช้า"
    assert found(office, Matter(words), earlier=True) == []
    for _ in range(2):
        case = office.case(body=words)
        with unit_of_work(session):
            case.pool = True
        office.do(service.forward, office.coordinator, case, land["district"], "เป็นพื้นที่ของอำเภอ")
    assert session.get_one(CaseRouting, case.id).agency_id == land["district"].id
    assert found(office, Matter(f"มี{words}อีกแล้ว"), earlier=True) == [("ที่ว่าการอำเภอแม่สอด", [Ground.EARLIER])]
    assert found(office, Matter(words), earlier=False) == []


def test_a_case_of_an_agency_that_was_chosen_is_not_learnt_from(office, land):
    case = office.case()
    office.do(service.forward, office.coordinator, case, land["district"], "ไม่ใช่งานของเรา")
    assert office.session.get(CaseRouting, case.id) is None


def test_a_closed_agency_is_not_suggested(office, land):
    with unit_of_work(office.session):
        land["water"].closed_at = NOW
    assert found(office, Matter("ท่อน้ำประปาแตกรั่ว น้ำไหลมาสองวัน")) == []


@pytest.mark.parametrize(
    ("received", "by"),
    [
        (FRIDAY, date(2026, 11, 23)),
        (FRIDAY + timedelta(days=1), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 23, 59, tzinfo=BANGKOK), date(2026, 11, 24)),
        (datetime(2026, 12, 4, 9, 0, tzinfo=BANGKOK), date(2026, 12, 8)),
    ],
)
def test_the_desk_routes_by_the_end_of_the_next_working_day(office, received, by):
    """Saturday counts as received on Monday; 7 December 2569 is the day in lieu of the fifth."""
    assert route_by(office.session, office.agency.id, received) == by


@pytest.mark.parametrize("day", range(0, 24, 3))
def test_what_is_late_is_what_should_have_been_routed(office, day):
    now = FRIDAY + timedelta(days=day)
    before = late_before(office.session, office.agency.id, now)
    for received in (before - timedelta(minutes=1), before):
        late = route_by(office.session, office.agency.id, received) < now.date()
        assert late is (received < before)


def test_the_queue_shows_what_waits_in_the_pool_until_somebody_routes_or_takes_it(office):
    session, coordinator = office.session, office.coordinator
    cases = [office.case(FRIDAY - timedelta(days=number)) for number in range(3)]
    with unit_of_work(session):
        for case in cases:
            case.pool = True
    assert queries.counts(session, coordinator, NOW)[Filter.POOL] == 3
    assert queries.count_late(session, coordinator, office.agency.id, FRIDAY) == 2
    due = cases[0].due_on
    office.do(service.forward, coordinator, cases[0], office.elsewhere, "เป็นงานของหน่วยงานนั้น")
    office.do(service.assign, coordinator, cases[1], office.users["officer"])
    assert [case.id for case in session.scalars(queries.queue(coordinator, NOW, Filter.POOL))] == [cases[2].id]
    assert cases[0].due_on == due


def test_the_point_of_a_case_stays_out_of_what_is_compared_by_name(office):
    case = office.case(place="แม่สอด", lat=16.7, lon=98.57)
    assert matter_of(case) == Matter(f"{case.subject}\n{case.body}", "แม่สอด", 16.7, 98.57)


def test_the_closer_the_area_the_more_it_says():
    assert place_points(["63"], ["630602"]) == (3.0, "63")
    assert place_points(["63", "6306"], ["630602"]) == (4.0, "6306")
    assert place_points(["630602"], ["63"]) == (1.0, "630602")
    assert place_points(["55"], ["63"])[0] < 0
    assert place_points([], ["63"]) == place_points(["63"], []) == (0.0, None)


def test_a_word_that_every_agency_has_says_little():
    points = task_points({"ถนน", "ประชาชน"}, {1: {"ถนน", "ประชาชน"}, 2: {"ประชาชน"}, 3: {"ประชาชน"}}, 3)
    assert points[1][0] > 3 * points[2][0]
    assert points[1][1] == ["ถนน", "ประชาชน"]


def test_alike_is_half_of_the_shorter_and_four_words_at_least():
    assert is_like("abcd", "abcdefgh")
    assert not is_like("abc", "abc")
    assert not is_like("abcdefghijkl", "abcdmnopqrst")

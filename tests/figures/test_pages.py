"""The pages of figures: each number leads to a list of as many, small counts are nowhere, and the number of questions stays."""

import csv
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from portal.casework import service
from portal.casework.models import Case
from portal.casework.topics.models import Topic
from portal.db import unit_of_work
from portal.figures.files import counts_of
from portal.figures.year import by_agency, year_of
from portal.kernel.actor import CITIZEN
from tests.casework.conftest import make_office
from tests.conftest import NOW

AT = NOW + timedelta(days=40)


@pytest.fixture
def office(session, keyring):
    office = make_office(session, keyring)
    with unit_of_work(session):
        session.add(Topic(agency_id=office.agency.id, slug="lamps", name_th="ไฟทาง", name_en="Street lamps", position=1))
    for place in range(7):
        office.answered(
            at=NOW + timedelta(days=3 + 3 * place), place="จังหวัดน่าน" if place < 6 else "จังหวัดตาก", kind="question", topic="lamps"
        )
    office.do(service.contest, CITIZEN, session.query(Case).first(), at=NOW + timedelta(days=20))
    office.case(place="จังหวัดตาก", kind="complaint")
    return office


@pytest.fixture(autouse=True)
def at(monkeypatch):
    for room in ("figures.views", "figures.silence", "casework.views", "feeds.views", "api.views.figures"):
        monkeypatch.setattr(f"portal.{room}.now", lambda: AT, raising=False)


def linked_numbers(page):
    """Address and number of each link that leads to a list."""
    found = re.findall(r'href="(/cases\?list=[^"]+)"[^>]*>([\d,]+)</a>', page)
    return [(href.replace("&amp;", "&"), int(number.replace(",", ""))) for href, number in found]


def rows_of(page):
    return len(re.findall(r'<th scope="row" class="govuk-table__header">\s*(?:<a[^>]*>)?[A-Z0-9]+-25\d\d-\d{6}', page))


def test_each_number_leads_to_a_list_of_as_many(client, office):
    seen = 0
    for path in ("/figures", f"/figures/{office.agency.slug}"):
        for href, number in linked_numbers(client.get(path).get_data(as_text=True)):
            assert rows_of(client.get(f"{href}&per_page=100").get_data(as_text=True)) == number, href
            seen += 1
    assert seen > 30


def test_small_counts_are_on_no_page_in_no_file_and_behind_no_address(client, office):
    page = client.get("/figures").get_data(as_text=True)
    assert "province=55" in page
    assert "province=63" not in page
    lines = list(csv.DictReader(io.StringIO(client.get("/figures.csv").get_data(as_text=True).lstrip("\ufeff"))))
    assert [(line["code"], line["number"]) for line in lines if line["part"] == "province"] == [("55", "6")]
    own = f"agency={office.agency.slug}&own=1"
    assert client.get("/cases?list=received&province=55&year=2570").status_code == 200
    for hidden in (
        "province=63", "province=63&kind=complaint",
        "province=55&quarter=1", f"province=55&{own}&channel=web", "province=5501", "quarter=5",
        f"{own}&topic=nothing", "topic=lamps", "unit=nothing", "own=1",
    ):  # fmt: skip
        assert client.get(f"/cases?list=received&year=2570&{hidden}").status_code == 404, hidden
    assert client.get("/cases?list=overdue&province=55").status_code == 404
    assert client.get(f"/cases?list=received&year=2570&{own}&topic=lamps").status_code == 200


def test_a_year_or_an_agency_that_is_not_there_is_not_found(client, office):
    assert client.get("/figures?year=2571").status_code == 404
    assert client.get("/figures?year=x").status_code == 404
    assert client.get("/figures/nobody").status_code == 404
    assert client.get("/figures.json?agency=nobody").status_code == 404
    assert client.get("/api/v1/figures?year=1999").status_code == 404


def test_the_files_the_api_and_the_page_tell_the_same(client, office):
    told = client.get(f"/api/v1/figures?agency={office.agency.slug}").get_json()
    numbers = {(one["part"], one["code"], one["figure"]): one["number"] for one in told["counts"]}
    assert numbers["year", "", "received"] == 8
    assert numbers["year", "", "contested"] == numbers["kind", "question", "contested"] == 1
    assert numbers["topic", "lamps", "received"] == 7
    same = client.get(f"/figures.json?agency={office.agency.slug}").get_json()
    assert {(one["part"], one["code"], one["figure"]): one["number"] for one in same["counts"]} == numbers


def test_guarded_cases_are_in_nothing(client, office):
    case = office.case(place="จังหวัดน่าน")
    before = client.get("/figures.csv").get_data(), client.get("/silence.csv").get_data()
    other = office.case(place="จังหวัดน่าน")
    office.do(service.mark_about, office.coordinator, other, [office.users["colleague"]], [])
    assert (client.get("/figures.csv").get_data(), client.get("/silence.csv").get_data()) == before
    assert other.number not in client.get("/silence?per_page=100").get_data(as_text=True)
    assert case.number in client.get("/silence?per_page=100").get_data(as_text=True)


def test_the_register_of_silence_has_the_longest_first_and_bare_facts_only(client, office, session):
    late = office.case(at=NOW - timedelta(days=30), subject="ความลับของผู้แจ้ง", body="ถ้อยคำที่ไม่มีใครควรเห็น")
    page = client.get("/silence").get_data(as_text=True)
    assert page.index(late.number) < page.index("OPDC-2570-000008")
    feed, lines = client.get("/feeds/silence.atom").get_data(as_text=True), client.get("/silence.csv").get_data(as_text=True)
    for text in (page, feed, lines):
        assert late.number in text
        assert "ความลับ" not in text
        assert "ถ้อยคำ" not in text
    assert lines.splitlines()[1].endswith(",55")
    assert client.get("/silence?agency=nobody").status_code == 404


def test_the_number_of_questions_depends_on_nothing(session, office):
    def asked():
        seen = []

        def see(*args):
            seen.append(args[2])

        event.listen(session.get_bind(), "before_cursor_execute", see)
        counts_of(year_of(session, office.agency, 2570, AT))
        by_agency(session, 2570, AT)
        event.remove(session.get_bind(), "before_cursor_execute", see)
        return len(seen)

    first = asked()
    for place in range(6):
        office.case(kind=("opinion", "grievance")[place % 2], place=("เชียงใหม่", "จังหวัดเลย", "")[place % 3], channel="web")
    assert asked() == first

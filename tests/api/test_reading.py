"""What everybody may read: lists and single records, newest first, by cursor, cacheable, from any site."""

import base64
import json
import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from sqlalchemy.orm import Session

from portal.agencies.models import Mission
from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.disclosures import service as disclosures
from portal.disclosures.figures import IndicatorInput, PeriodInput
from portal.disclosures.rules import DisclosureKind
from portal.kernel.actor import SYSTEM
from tests.api.conftest import problem
from tests.casework.conftest import Office
from tests.client import PageClient
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import make_agency

LISTS = ("agencies", "disclosures", "cases")
SECRET = "คำของผู้แจ้งที่ยังไม่ได้ปิดบัง 0812345678"


def read(client: PageClient, address: str, **headers: str) -> dict:
    response = client.get(f"/api/v1/{address}", headers=headers)
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.mimetype == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told: dict = response.get_json()
    return told


def published(office: Office, minutes: int = 0, subject: str = "ตู้รับฟังความเห็น", **values) -> Case:
    at = NOW + timedelta(days=10, minutes=minutes)
    case = office.closed(body=SECRET, publish_consent=True, **values)
    office.do(casework.publish, office.coordinator, case, subject, "ตู้ไม่มีผู้เปิด [ปิดบัง: เบอร์โทรศัพท์]", "เปิดทุกเดือน", at=at)
    return case


def test_cases_are_the_published_ones_with_their_public_text(client: PageClient, office: Office) -> None:
    office.case(body=SECRET)
    office.closed(body=SECRET)
    case = published(office, name="สมหญิง ใจดี", anonymity="named")
    told = read(client, "cases")
    assert [one["number"] for one in told["items"]] == [case.number]
    assert told["next"] is None
    whole = read(client, f"cases/{case.number}")
    assert whole["body"].startswith("ตู้ไม่มีผู้เปิด")
    assert whole["answer"] == "เปิดทุกเดือน"
    assert (whole["status"], whole["disposition"], whole["received_on"]) == ("closed", "accepted", "2026-11-22")
    assert (whole["published_at"], whole["is_sample"]) == ("2026-12-02T16:00:00+07:00", False)
    assert client.get(whole["url"]).status_code == 200
    for text in (json.dumps(told, ensure_ascii=False), json.dumps(whole, ensure_ascii=False)):
        assert "0812345678" not in text
        assert "สมหญิง" not in text


def test_unpublished_cases_are_404_like_those_that_never_were(client: PageClient, office: Office) -> None:
    proposed = office.closed(publish_consent=True)
    for number in (office.case().number, proposed.number, "OPDC-2570-999999", "../x", "%00", "ก"):
        problem(client.get(f"/api/v1/cases/{quote(number)}"), 404)


def test_a_case_that_is_withdrawn_or_guarded_is_gone(client: PageClient, office: Office) -> None:
    withdrawn, guarded = published(office), published(office)
    read(client, f"cases/{withdrawn.number}")
    office.do(casework.withdraw_publication, office.coordinator, withdrawn, "มีชื่อบุคคล")
    office.do(casework.mark_about, office.coordinator, guarded, [office.users["colleague"]], [])
    problem(client.get(f"/api/v1/cases/{withdrawn.number}"), 410)
    problem(client.get(f"/api/v1/cases/{guarded.number}"), 404)
    assert read(client, "cases")["items"] == []


def test_cases_are_narrowed_by_agency_and_kind(client: PageClient, office: Office, session: Session) -> None:
    one, other = published(office, kind="question"), published(office, kind="complaint", subject="อีกเรื่อง")
    assert [case["number"] for case in read(client, "cases?kind=question")["items"]] == [one.number]
    assert len(read(client, "cases?agency=opdc")["items"]) == 2
    assert read(client, f"cases?agency={office.elsewhere.slug}")["items"] == []
    assert list(problem(client.get("/api/v1/cases?kind=rant"), 422)["errors"]) == ["kind"]
    assert list(problem(client.get("/api/v1/cases?agency=nobody"), 422)["errors"]) == ["agency"]
    assert list(problem(client.get("/api/v1/cases?agency=%00"), 422)["errors"]) == ["agency"]
    with unit_of_work(session):
        other.agency.is_sample = True
    assert read(client, f"cases/{other.number}?x=fresh")["is_sample"] is True


def test_disclosures_are_what_is_published(client: PageClient, office: Office, session: Session) -> None:
    make_page(session, NOW, office.agency, publish=False, title="ร่าง")
    old = make_page(session, NOW - timedelta(days=1), office.unit, title="หน้าเก่า", is_sample=True)
    new = make_page(session, NOW, office.agency, title="หน้าใหม่", lead="ใจความ")
    told = read(client, "disclosures")
    assert [page["slug"] for page in told["items"]] == [new.slug, old.slug]
    assert [page["is_sample"] for page in told["items"]] == [False, True]
    assert [page["slug"] for page in read(client, "disclosures?agency=opdc")["items"]] == [new.slug, old.slug]
    assert read(client, "disclosures?kind=report")["items"] == []
    whole = read(client, f"disclosures/{new.slug}")
    assert (whole["title"], whole["lead"], whole["body_html"], whole["body_text"]) == (
        "หน้าใหม่",
        "ใจความ",
        "<p>เนื้อหาของหน้านี้</p>",
        "เนื้อหาของหน้านี้",
    )
    assert (whole["responsible"]["name"], whole["responsible"]["contact"]) == ("ผู้อำนวยการกอง", "โทร. 02 000 0001")
    assert (whole["language"], whole["languages"], whole["version"]) == ("th", ["th"], 1)
    assert (whole["updated_at"], whole["licence"]) == ("2026-11-22T16:00:00+07:00", "cc-by-4.0")
    assert read(client, f"disclosures/{new.slug}?language=en")["language"] == "th"  # it has no English
    assert client.get(whole["url"]).status_code == 200


def test_drafts_are_404_and_withdrawn_pages_410(client: PageClient, office: Office, session: Session) -> None:
    draft = make_page(session, NOW, office.agency, publish=False)
    gone = make_page(session, NOW, office.agency)
    with unit_of_work(session):
        disclosures.withdraw(session, SYSTEM, NOW, gone.translations[0], "ผิดพลาด")
    problem(client.get(f"/api/v1/disclosures/{draft.slug}"), 404)
    problem(client.get(f"/api/v1/disclosures/{gone.slug}"), 410)
    problem(client.get("/api/v1/disclosures/%00"), 404)
    assert read(client, "disclosures")["items"] == []


def test_a_report_tells_its_figures_as_numbers(client: PageClient, office: Office, session: Session) -> None:
    page = make_page(session, NOW, office.agency, publish=False, kind=DisclosureKind.REPORT, fiscal_year=2569)
    periods = (PeriodInput("ไตรมาส 1", "Quarter 1", Decimal("90"), Decimal("91.60")), PeriodInput("ไตรมาส 2"))
    with unit_of_work(session):
        disclosures.set_figures(session, SYSTEM, NOW, page, [IndicatorInput("ตอบในเวลา", "In time", "ร้อยละ", "%", periods=periods)])
        disclosures.publish(session, SYSTEM, NOW, page.translations[0])
    told = read(client, f"disclosures/{page.slug}")
    assert told["fiscal_year"] == 2569
    assert told["figures"] == [
        {
            "name": "ตอบในเวลา",
            "unit": "ร้อยละ",
            "direction": "up",
            "baseline": None,
            "periods": [{"label": "ไตรมาส 1", "target": 90, "actual": 91.6}, {"label": "ไตรมาส 2", "target": None, "actual": None}],
        }
    ]


def test_agencies_tell_who_can_be_written_to(client: PageClient, office: Office, session: Session) -> None:
    with unit_of_work(session):
        office.agency.missions = [Mission(code="1", text_th="พัฒนาระบบราชการ", text_en="", is_core=True)]
    listed = {agency["slug"]: agency for agency in read(client, "agencies")["items"]}
    assert listed["opdc"]["takes_submissions"] is True
    assert (listed[office.unit.slug]["takes_submissions"], listed[office.unit.slug]["parent"]) == (False, "opdc")
    whole = read(client, "agencies/opdc?language=en")
    assert (whole["name"], whole["case_prefix"], whole["url"]) == ("Test office", "OPDC", "/en/agencies/opdc")
    assert whole["missions"] == [{"number": "1", "words": "พัฒนาระบบราชการ", "is_core": True}]
    assert [unit["slug"] for unit in whole["units"]] == [office.unit.slug]
    for slug in ("nobody", "%00", "ก", "x" * 300):
        problem(client.get(f"/api/v1/agencies/{slug}"), 404)


def test_lists_are_newest_first_and_pages_hold_everything_once(client: PageClient, office: Office, session: Session) -> None:
    cases = [published(office, minutes=minutes).number for minutes in (0, 1, 2, 2, 3)]
    pages = [make_page(session, NOW + timedelta(minutes=minutes), office.agency).slug for minutes in (0, 1, 1, 2, 3)]
    with unit_of_work(session):
        newest = [make_agency(session, updated_at=NOW + timedelta(minutes=minutes)).slug for minutes in (1, 2, 3, 3, 4)]
    for name, key, expected in (("cases", "number", cases), ("disclosures", "slug", pages), ("agencies", "slug", newest)):
        found: list[str] = []
        address: str | None = f"/api/v1/{name}?per_page=2&language=en"
        while address:
            response = client.get(address)
            told = response.get_json()
            assert len(told["items"]) <= 2
            found += [item[key] for item in told["items"]]
            address = told["next"]
            assert response.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
            assert address is None or ("language=en" in address and "per_page=2" in address)
        assert len(found) == len(set(found))
        assert set(expected) <= set(found)
        assert found[0] == expected[-1]
        assert [one for one in found if one == expected[0]] == [expected[0]]
        assert found.index(expected[0]) == len(expected) - 1


@pytest.mark.parametrize("name", LISTS)
def test_how_many_a_page_has_its_bounds(client: PageClient, session: Session, name: str) -> None:
    with unit_of_work(session):
        for _number in range(110):
            make_agency(session)
    for asked, most in (("", 20), ("?per_page=7", 7), ("?per_page=100", 100), ("?per_page=5000", 100)):
        items = read(client, f"{name}{asked}")["items"]
        assert len(items) == most or (name != "agencies" and not items)
    for wrong in ("0", "-1", "ten", "", "1.5", "9" * 5000):
        response = client.get(f"/api/v1/{name}?per_page={wrong}")
        assert response.status_code == (200 if wrong == "9" * 5000 else 422) or list(problem(response, 422)["errors"]) == ["per_page"]


def cursor_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "cursor", ["x", "ก", "%00", "a" * 5000, cursor_of(), cursor_of(1, 1), cursor_of("a", "b"), cursor_of({"d": "2026-11-22"}, 1)]
)
def test_a_damaged_cursor_is_422(client: PageClient, name: str, cursor: str) -> None:
    response = client.get(f"/api/v1/{name}?cursor={cursor}")
    assert list(problem(response, 422)["errors"]) == ["cursor"]


@pytest.mark.parametrize("name", LISTS)
def test_what_has_not_changed_is_304(client: PageClient, office: Office, name: str) -> None:
    first = client.get(f"/api/v1/{name}")
    assert "public" in first.headers["Cache-Control"]
    again = client.get(f"/api/v1/{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_published_changes_the_etag(client: PageClient, office: Office) -> None:
    first = client.get("/api/v1/cases").headers["ETag"]
    published(office)
    response = client.get("/api/v1/cases", headers={"If-None-Match": first})
    assert response.status_code == 200
    assert len(response.get_json()["items"]) == 1


@pytest.mark.parametrize("name", LISTS)
def test_the_language_is_that_of_the_address_only(client: PageClient, office: Office, session: Session, name: str) -> None:
    published(office)
    make_page(session, NOW, office.agency)
    thai = client.get(f"/api/v1/{name}").get_data(as_text=True)
    assert client.get(f"/api/v1/{name}", headers={"Accept-Language": "en"}).get_data(as_text=True) == thai
    assert "Test office" in client.get(f"/api/v1/{name}?language=en").get_data(as_text=True)
    assert list(problem(client.get(f"/api/v1/{name}?language=xx"), 422)["errors"]) == ["language"]


@pytest.mark.parametrize("argument", ["_scheme=javascript", "_method=X", "_anchor=x", "endpoint=x", "_external=1", "x=%00", "next=1"])
def test_arguments_that_the_list_does_not_know_are_left_alone(client: PageClient, session: Session, argument: str) -> None:
    told = read(client, f"agencies?per_page=1&{argument}")
    assert re.fullmatch(r"/api/v1/agencies\?per_page=1&cursor=[\w%-]+", told["next"])


def test_a_visitor_with_a_session_is_told_the_same_and_no_cookie_is_set(client: PageClient) -> None:
    before = client.get("/api/v1/agencies")
    client.set_cookie("portal_session", "whatever")
    after = client.get("/api/v1/agencies")
    assert before.get_data() == after.get_data()
    assert "Set-Cookie" not in after.headers
    assert "Cookie" not in after.headers.get("Vary", "")


def test_ids_of_rows_are_in_no_answer(client: PageClient, office: Office, session: Session) -> None:
    case, page = published(office), make_page(session, NOW, office.agency)
    for address in (*LISTS, "agencies/opdc", f"cases/{case.number}", f"disclosures/{page.slug}"):
        assert not re.search(r'"(\w+_)?id"', json.dumps(read(client, address)))

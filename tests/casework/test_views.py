"""Public pages of cases: what is published is read by everybody, of the rest bare facts, and nothing of those about somebody."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.casework import service
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN
from portal.kernel.thai_calendar import fiscal_year
from tests.casework.conftest import Office
from tests.client import PageClient, parse

#: Long enough ago that every deadline below has passed for the page, which lives today.
AT = datetime.now(UTC) - timedelta(days=60)
YEAR = fiscal_year(AT)


def published(office: Office, **values: object) -> Case:
    """A closed case that an officer confirmed for the public."""
    values = {"body": "ขอให้เปิดตู้ โทร 081-234-5678", "publish_consent": True, **values}
    case = office.closed(at=AT + timedelta(days=10), **values) if "at" in values else closed(office, **values)
    text = service.propose_public_text(office.session, case)
    office.do(service.publish, office.officer, case, text.subject, text.body, text.answer, at=AT + timedelta(days=11))
    return case


def closed(office: Office, **values: object) -> Case:
    case = office.case(at=AT, **values)
    office.do(service.assign, office.coordinator, case, office.users["officer"], at=AT + timedelta(days=1))
    office.do(service.reply, office.officer, case, "เปิดตู้ทุกวันจันทร์แรกของเดือน", at=AT + timedelta(days=9), publish=True)
    words = {"result": "ติดประกาศตารางแล้ว", "disposition": "accepted", "reason": "เป็นประโยชน์ต่อประชาชน"}
    office.do(service.close, office.officer, case, at=AT + timedelta(days=10), **words)
    return case


def text(client: PageClient, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, page.status
    return " ".join(" ".join(parse(page.get_data(as_text=True)).xpath("//main//text()")).split())


def numbers(client: PageClient, address: str) -> list[str]:
    """Case numbers in the table behind a figure."""
    rows = parse(client.get(address).get_data(as_text=True)).xpath("//tbody/tr/th")
    return ["".join(row.itertext()).strip() for row in rows]


def test_a_published_case_shows_the_redacted_text_the_answer_and_its_days(office: Office, client: PageClient) -> None:
    case = published(office)
    shown = text(client, f"/cases/{case.number}")
    for words in (case.subject, "[ปิด: เบอร์โทร]", "ติดประกาศตารางแล้ว", "เป็นประโยชน์ต่อประชาชน", office.agency.name_th):
        assert words in shown
    assert "081-234-5678" not in shown
    assert office.users["officer"].name_th not in shown  # only the stamp names who is responsible
    stamp = parse(client.get(f"/cases/{case.number}").get_data(as_text=True)).xpath("//*[contains(@class,'sr-stamp')]//text()")
    assert office.users["officer"].name_th in "".join(stamp)


def test_what_moved_the_due_day_is_public_and_the_words_about_it_are_not(office: Office, client: PageClient) -> None:
    case = office.case(at=AT, publish_consent=True)
    office.do(service.assign, office.coordinator, case, office.users["officer"], at=AT)
    office.do(service.extend, office.coordinator, case, "on_the_spot", "3", "บ้านเลขที่ 14 ซอยสมมติ", at=AT)
    office.do(service.pause, office.officer, case, "appointment", (AT + timedelta(days=5)).date().isoformat(), "นัดที่บ้าน", at=AT)
    office.do(service.reply, office.officer, case, "ตอบ", at=AT + timedelta(days=2), publish=True)
    told = service.propose_public_text(office.session, case)
    office.do(service.publish, office.officer, case, told.subject, told.body, told.answer, at=AT + timedelta(days=3))
    shown = text(client, f"/cases/{case.number}")
    for words in ("ขยายกำหนดตอบจากวันที่", "ต้องตรวจสอบในสถานที่จริง", "หยุดนับเวลาถึงวันที่", "นัดตรวจสถานที่หรือประชุมในวันที่ผู้แจ้งเลือก"):
        assert words in shown
    assert "ซอยสมมติ" not in shown
    assert "นัดที่บ้าน" not in shown


def test_the_page_is_the_same_for_everybody_and_carries_an_etag(office: Office, client: PageClient) -> None:
    page = client.get(f"/cases/{published(office).number}")
    assert page.headers["ETag"]
    assert client.get(page.request.path, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_it_is_read_in_english_too(office: Office, client: PageClient) -> None:
    case = published(office)
    shown = text(client, f"/en/cases/{case.number}")
    assert "What the agency answered" in shown
    assert "Telephone number" in shown


def test_a_case_that_is_not_published_is_not_found(office: Office, client: PageClient) -> None:
    for case in (office.case(), office.closed(publish_consent=True)):
        assert client.get(f"/cases/{case.number}").status_code == 404
    for address in ("/cases/NO-SUCH-1", "/cases/" + "A" * 500, "/cases/..%2f"):
        assert client.get(address).status_code == 404


def test_a_withdrawn_one_leaves_a_tombstone_with_the_reason_and_without_the_text(office: Office, client: PageClient) -> None:
    case = published(office)
    office.do(service.withdraw_publication, office.officer, case, "มีข้อมูลของบุคคลอื่น")
    page = client.get(f"/cases/{case.number}")
    assert page.status_code == 410
    assert "มีข้อมูลของบุคคลอื่น" in page.get_data(as_text=True)
    assert case.subject not in page.get_data(as_text=True)
    assert case.number not in text(client, "/cases")


def test_withdrawing_the_consent_takes_the_case_from_the_public_at_once(office: Office, client: PageClient) -> None:
    case = published(office)
    assert case.subject in text(client, "/cases")
    office.do(service.withdraw_consent, CITIZEN, case)
    assert client.get(f"/cases/{case.number}").status_code == 410
    assert case.subject not in text(client, "/cases")


def test_a_case_about_somebody_is_gone_without_a_trace(office: Office, client: PageClient) -> None:
    case = published(office)
    office.do(service.mark_about, office.coordinator, case, [office.users["officer"]], [])
    assert client.get(f"/cases/{case.number}").status_code == 404
    assert case.number not in text(client, "/cases")
    for figure in ("received", "answered", "in_time", "late", "overdue"):
        assert case.number not in numbers(client, f"/cases?list={figure}&year={YEAR}")


def test_the_list_is_filtered_by_agency_kind_and_year(office: Office, client: PageClient) -> None:
    case = published(office)
    for good in (f"agency={office.agency.slug}", "kind=suggestion", f"year={YEAR}", f"agency={office.agency.slug}&kind=&year="):
        assert case.subject in text(client, f"/cases?{good}"), good
    for other in (f"agency={office.elsewhere.slug}", "kind=complaint", f"year={YEAR - 1}"):
        assert case.subject not in text(client, f"/cases?{other}"), other


@pytest.mark.parametrize(
    "bad", ["agency=no-such", "kind=rant", "year=1", "year=zz", "year=99999999999999999999", "list=secrets", "agency=%00"]
)
def test_a_filter_that_is_none_is_not_found(office: Office, client: PageClient, bad: str) -> None:
    assert client.get(f"/cases?{bad}").status_code == 404


def test_thai_digits_are_taken_in_the_year(office: Office, client: PageClient) -> None:
    thai = str(YEAR).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert published(office).subject in text(client, f"/cases?year={thai}")


def test_a_damaged_cursor_is_told(office: Office, client: PageClient) -> None:
    assert client.get("/cases?cursor=zzz").status_code == 422
    assert client.get(f"/cases?list=received&year={YEAR}&cursor=zzz").status_code == 422


def test_the_published_list_goes_on_by_cursor(office: Office, client: PageClient) -> None:
    subjects = {published(office, subject=f"เรื่องที่ {n}").subject for n in range(3)}
    first = client.get("/cases?per_page=2")
    following = parse(first.get_data(as_text=True)).xpath("//a[@rel='next']/@href")
    seen = text(client, "/cases?per_page=2") + text(client, following[0])
    assert all(seen.count(subject) == 1 for subject in subjects)


def test_the_list_behind_a_figure_shows_bare_facts_of_unpublished_cases_only(office: Office, client: PageClient) -> None:
    secret, told = closed(office, subject="เรื่องที่ห้ามเห็น", place="บ้านเลขที่ 9"), published(office)
    shown = text(client, f"/cases?list=received&year={YEAR}")
    assert {secret.number, told.number} <= set(numbers(client, f"/cases?list=received&year={YEAR}"))
    for words in (secret.subject, secret.body, "บ้านเลขที่ 9", told.subject):
        assert words not in shown
    links = parse(client.get(f"/cases?list=received&year={YEAR}").get_data(as_text=True)).xpath("//tbody//a/@href")
    assert links == [f"/cases/{told.number}"]


def test_each_figure_lists_what_it_counts(office: Office, client: PageClient) -> None:
    answered, silent = closed(office), office.case(at=AT)
    late = office.case(at=AT - timedelta(days=1))
    office.do(service.assign, office.coordinator, late, office.users["officer"])
    office.do(service.reply, office.officer, late, "ช้าไป", at=AT + timedelta(days=40))
    expected = {
        "received": {answered, silent, late},
        "answered": {answered, late},
        "in_time": {answered},
        "late": {silent, late},
        "overdue": {silent},
    }
    if fiscal_year(AT) != fiscal_year(AT - timedelta(days=1)):
        pytest.skip("the fiscal year turned between the cases")
    for figure, cases in expected.items():
        assert set(numbers(client, f"/cases?list={figure}&year={YEAR}")) == {case.number for case in cases}, figure


def test_the_longest_waiting_stand_first_among_the_overdue(office: Office, client: PageClient) -> None:
    young, old = office.case(at=AT), office.case(at=AT - timedelta(days=9))
    assert numbers(client, "/cases?list=overdue") == [old.number, young.number]


def test_the_list_behind_a_figure_goes_on_by_cursor_and_is_not_for_search_engines(office: Office, client: PageClient) -> None:
    cases = {office.case(at=AT).number for _ in range(3)}
    address = f"/cases?list=received&year={YEAR}&per_page=2"
    page = parse(client.get(address).get_data(as_text=True))
    following = page.xpath("//a[@rel='next']/@href")[0]
    assert set(numbers(client, address)) | set(numbers(client, following)) == cases
    assert page.xpath("//meta[@name='robots'][@content='noindex']")


def test_invented_agencies_are_marked_and_kept_from_search_engines(office: Office, client: PageClient) -> None:
    case = published(office)
    with unit_of_work(office.session):
        office.agency.is_sample = True
        office.session.add(office.agency)
    for address in (f"/cases/{case.number}", "/cases"):
        html = client.get(address).get_data(as_text=True)
        assert parse(html).xpath("//meta[@name='robots'][@content='noindex']"), address
        assert "ข้อมูลสมมติ" in html or "Invented data" in html


def test_an_empty_portal_says_so(client: PageClient) -> None:
    assert client.get("/cases").status_code == 200
    assert client.get("/cases?list=overdue").status_code == 200


def test_a_page_that_is_kept_for_all_never_names_the_host_that_one_reader_sent(office: Office, client: PageClient) -> None:
    case = published(office)
    client.get(f"/cases/{case.number}", headers={"Host": "elsewhere.example"})
    page = client.get(f"/cases/{case.number}").get_data(as_text=True)
    assert "elsewhere.example" not in page
    assert f"http%3A//localhost/cases/{case.number}" in page
    assert f"http%3A//localhost/en/cases/{case.number}" in client.get(f"/en/cases/{case.number}").get_data(as_text=True)


def test_a_published_case_stays_public_when_its_sender_withdraws_it_and_goes_with_the_consent(client: PageClient, office: Office) -> None:
    case = office.case(at=AT, publish_consent=True)
    office.do(service.assign, office.coordinator, case, office.users["officer"], at=AT + timedelta(days=1))
    office.do(service.reply, office.officer, case, "เปิดตู้ทุกวันจันทร์", at=AT + timedelta(days=2), publish=True)
    words = service.propose_public_text(office.session, case)
    office.do(service.publish, office.officer, case, words.subject, words.body, words.answer, at=AT + timedelta(days=3))
    office.do(service.withdraw, CITIZEN, case, "มีคนขอให้ถอน", pressed=True, at=AT + timedelta(days=4))
    assert "ผู้แจ้งขอถอน" in text(client, f"/cases/{case.number}")
    office.do(service.withdraw_consent, CITIZEN, case, at=AT + timedelta(days=5))
    assert client.get(f"/cases/{case.number}").status_code == 410


def test_of_the_place_the_public_reads_the_sub_district_and_never_the_point(office: Office, client: PageClient) -> None:
    case = published(office, lat=16.7161, lon=98.5746, place="บ้านเลขที่ 9 ซอยเก้า")
    for address in (f"/cases/{case.number}", f"/en/cases/{case.number}", f"/api/v1/cases/{case.number}", "/api/v1/cases"):
        page = client.get(address).get_data(as_text=True)
        assert "16.7161" not in page
        assert "98.5746" not in page
        assert "บ้านเลขที่ 9" not in page
    area = client.get(f"/api/v1/cases/{case.number}").get_json()["area"]
    assert area["code"].startswith("6306")
    assert area["name_th"] in client.get(f"/cases/{case.number}").get_data(as_text=True)

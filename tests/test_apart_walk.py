"""Whom a case is about, those under that person and whoever stands in for them live in a portal in which the case does not exist.

Everything that they can read is read twice: before the case came, and after it was received, worked on, published and then marked. Each
page, list, count, search, feed, export and answer of the API must be the same, whatever roles they hold.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.heads.models import UnitHead
from portal.accounts.models import User
from portal.accounts.service import start_session
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework import service
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.db import unit_of_work
from portal.kernel.actor import ABOVE_AGENCIES, Role
from portal.kernel.keyring import Keyring
from portal.web.audience import Audience, rule_of
from portal.working import run_pending
from tests.casework.conftest import Office, make_office
from tests.client import find_form, form_fields
from tests.conftest import DATA_KEY, NOW
from tests.factories import make_agency, make_user
from tests.reading_files import words_of
from tests.records import NO_RECORD, Records, make_records

SUBJECT, BODY, ANSWER = "นกกระเต็นหัวขาวไม่มาทำงาน", "นกกระเต็นหัวขาวรับเงินแล้วไม่ออกใบเสร็จ", "นกกระเต็นหัวขาวคืนเงินแล้ว"
MARK = "นกกระเต็นหัวขาว"
SENDER = {
    "anonymity": "named",
    "name": "มาลี ทดสอบใจดี",
    "email": "sender@example.org",
    "publish_consent": True,
    "phone": "081-234-5678",
    "answer_by": "phone",
}
#: What differs between two readings of the same page: tokens, nonces, fingerprints of forms.
FLEETING = re.compile(
    r'(name="(csrf_token|form_token|sealed|confirmed)" value="[^"]*"|nonce[-=]"?[\w+/=-]+|"request_id":"[^"]*"|otpauth://[^"<]*'
    r'|<svg class="sr-qr".*?</svg>|<code[^>]*>[A-Z2-7 ]{20,}</code>'
    r'|name="until" value="[^"]*"|\?until=[^"]*)',  # the moment up to which a sheet of answers tells
    re.DOTALL,
)
#: Pages that are another one each time, by design: a new secret to scan, the moment of a copy, who opened a report.
OTHER_EACH_TIME = {
    "second_factor.set_up_app_page", "second_factor.new_passkey", "health.ready", "privacy_desk.account_data",
    "privacy_desk.account_data_json", "corruption_desk.show", "sheets.empty_sheet", "sheets.errors_xlsx",
}  # fmt: skip
LISTS = (
    *(f"/desk?filter={one.value}" for one in Filter), "/desk?filter=open&per_page=100", f"/desk?q={MARK}", f"/desk?filter=open&q={SUBJECT}",
    "/desk?kind=complaint&filter=open", "/cases?list=received", "/cases?list=closed", "/cases?list=answered",
    f"/search?q={MARK}", f"/search?q={ANSWER}", "/desk/follow-ups/call", "/desk/follow-ups/letter",
    "/desk/audit?act=case", "/desk/audit?per_page=100", "/en/desk?filter=open",
    "/api/v1/cases?per_page=100", f"/api/v1/search?q={MARK}", "/feeds/cases.atom?lang=en", "/desk/admin/people?q=x",
)  # fmt: skip


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Stands still: pages that begin with the time of day must not differ by it."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


@pytest.fixture
def people(office: Office, session: Session) -> dict[str, User]:
    """Somebody who heads a unit, one of the unit, one who stands in: each with every role that an agency gives."""
    with unit_of_work(session):
        make_agency(session, slug="opdc")
        team = make_agency(session, parent_id=office.unit.id, level=AgencyLevel.DIVISION)
        person, under, stands_in = (_of_everything(session, office.agency, unit) for unit in (office.unit, team, office.agency))
        session.add(UnitHead(agency_id=office.unit.id, user_id=person.id, changed_at=NOW))
        person.substitute_id = stands_in.id
    return {"person": person, "under": under, "stands_in": stands_in}


def _of_everything(session: Session, agency: Agency, unit: Agency) -> User:
    person = make_user(session, [(agency, role) for role in Role if role not in ABOVE_AGENCIES])
    person.unit_id = unit.id
    return person


@pytest.fixture
def theirs(office: Office, people: dict[str, User]) -> Records:
    """What the agency has beside the case."""
    return make_records(office, "เรื่องธรรมดา")


@pytest.fixture
def browsers(app: Flask, session: Session, people: dict[str, User]) -> dict[str, FlaskClient]:
    """Their browsers, and a visitor's; nothing checks the pages, which other tests do, so that there is time for all of them."""
    found = {"visitor": FlaskClient(app)}
    for name, user in people.items():
        with unit_of_work(session):
            token = start_session(session, datetime.now(NOW.tzinfo), Keyring([DATA_KEY]), user, "a network")
        found[name] = FlaskClient(app)
        found[name].set_cookie("portal_session", token)
    return found


def addresses(app: Flask, records: Records, whose: set[Audience]) -> Iterator[str]:
    """Every page that can be read, each with a record of the agency where its address names one."""
    for rule in app.url_map.iter_rules():
        declared = rule_of(app, rule.endpoint)
        if declared is None or declared.audience not in whose or "GET" not in (rule.methods or ()) or rule.endpoint in OTHER_EACH_TIME:
            continue
        # A PDF is made of the page beside it.
        if rule.endpoint == "static" or rule.endpoint in NO_RECORD or rule.rule.endswith(".pdf"):
            continue
        of_desk = declared.audience is Audience.DESK and rule.arguments
        known = records.in_address(rule.endpoint) if of_desk else _public(records, rule.endpoint.split(".")[0])
        if set(rule.arguments) <= set(known):
            values = {name: known[name] for name in rule.arguments}
            yield app.url_map.bind("localhost").build(rule.endpoint, values, method="GET")


def _public(records: Records, room: str) -> Mapping[str, object]:
    if room == "disclosures":
        return {"slug": records.page.slug, "number": 1, "public_id": "0" * 32}
    if room == "reports":
        return {"slug": records.opinions.slug, "number": 1}
    if room == "improvements":
        return {"slug": records.improvement.slug}
    return {"slug": records.agency.slug, "number": records.case.number, "topic": records.topic.slug}


def read(browser: FlaskClient, address: str) -> str:
    """Status and text, without what is fleeting."""
    answer = browser.get(address)
    assert answer.status_code < 500, address
    return f"{answer.status_code} {FLEETING.sub('', words_of(answer))}"


def everything(app: Flask, browser: FlaskClient, records: Records, whose: set[Audience]) -> dict[str, str]:
    """All that somebody can read, by address."""
    lists = {address for address in LISTS if address.startswith(("/desk", "/en/desk")) is (Audience.DESK in whose)}
    return {address: read(browser, address) for address in sorted({*addresses(app, records, whose), *lists})}


def play(office: Office, app: Flask) -> Case:
    """A case of the same sender as another one: assigned, answered, closed, published; everybody can read it."""
    case = office.case(kind="complaint", subject=SUBJECT, body=BODY, **SENDER)
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    office.do(service.reply, office.officer, case, ANSWER, publish=True)
    office.do(service.close, office.officer, case, result=ANSWER, disposition="accepted", reason="ตรวจสอบแล้ว", proof="")
    office.do(service.publish, office.officer, case, SUBJECT, BODY, ANSWER)
    worked(app)
    return case


def worked(app: Flask) -> None:
    """Everything that was announced is done, and every entry of the trail sealed."""
    with app.app_context():
        while run_pending(app):
            pass


def different(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Addresses whose pages are not the same."""
    return [address for address in other if one[address] != other[address]]


@pytest.mark.parametrize("who", ["person", "under", "stands_in", "visitor"])
def test_nothing_that_they_can_read_is_other_than_before(
    app: Flask, office: Office, people: dict[str, User], theirs: Records, browsers: dict[str, FlaskClient], who: str
) -> None:
    browser, whose = browsers[who], {Audience.PUBLIC} if who == "visitor" else {Audience.DESK, Audience.SIGNED_IN}
    for address in addresses(app, theirs, whose):
        if "/cases/" in address or "/privacy/" in address:
            read(browser, address)  # reading a name is written down once a day
    worked(app)
    before = everything(app, browser, theirs, whose)

    closed, open_case = play(office, app), office.case(kind="complaint", subject=SUBJECT, body=BODY, **SENDER)
    office.do(service.assign, office.coordinator, open_case, theirs.person)
    changed = different(before, {address: read(browser, address) for address in before if who in ("person", "visitor") or MARK in address})
    assert len(changed) >= {"visitor": 10, "person": 20}.get(who, 2)  # they were there to be read

    office.do(service.mark_about, office.executive, closed, [people["person"]], [])
    office.do(service.mark_about, office.executive, open_case, [people["person"]], [])
    worked(app)
    after = everything(app, browser, theirs, whose)
    assert {address: (before[address], after[address]) for address in different(before, after)} == {}
    assert [address for address, text in after.items() if MARK in text and MARK not in address] == []


def test_its_own_addresses_are_those_of_a_case_that_never_was(
    app: Flask, office: Office, people: dict[str, User], theirs: Records, browsers: dict[str, FlaskClient]
) -> None:
    case = play(office, app)
    office.do(service.mark_about, office.executive, case, [people["person"]], [])
    unknown = case.number[:-6] + "499999"
    for who, browser in browsers.items():
        for address in ("/cases/{}", "/desk/cases/{}", "/desk/cases/{}/reply", "/desk?q={}", "/desk/audit?object={}", "/desk/review/{}"):
            found, nothing = read(browser, address.format(case.number)), read(browser, address.format(unknown))
            assert found.replace(case.number, "") == nothing.replace(unknown, ""), f"{who} {address}"


def test_a_later_case_of_the_sender_leads_them_to_nothing(
    office: Office, people: dict[str, User], theirs: Records, browsers: dict[str, FlaskClient]
) -> None:
    case = office.case(kind="complaint", subject=SUBJECT, body=BODY, **SENDER)
    later = office.case(**{**SENDER, "subject": "ไฟดับหน้าบ้าน"})
    address = f"/desk/cases/{later.number}"
    assert all(case.number in read(browsers[who], address) for who in people)
    office.do(service.mark_about, office.executive, case, [people["person"]], [])
    for who in people:
        text = read(browsers[who], address)
        assert text.startswith("200 ")
        assert case.number not in text, who
        assert MARK not in text, who


def test_what_they_take_out_holds_nothing_of_it(
    app: Flask, office: Office, people: dict[str, User], theirs: Records, browsers: dict[str, FlaskClient]
) -> None:
    case = play(office, app)
    forms = {who: form_fields(find_form(browsers[who].get("/desk/audit").get_data(as_text=True), "/export")) for who in people}
    told = [browsers[who].post("/desk/audit/export", data=fields).get_data(as_text=True) for who, fields in forms.items()]
    assert all(case.number in text for text in told)
    office.do(service.mark_about, office.executive, case, [people["person"]], [])
    for who, fields in forms.items():
        taken = browsers[who].post("/desk/audit/export", data=fields)
        assert taken.status_code == 200
        assert case.number not in taken.get_data(as_text=True), who


def test_whoever_is_not_near_reads_on(
    app: Flask, office: Office, people: dict[str, User], theirs: Records, browsers: dict[str, FlaskClient], session: Session
) -> None:
    case = office.case(kind="complaint", subject=SUBJECT, body=BODY, **SENDER)
    office.do(service.mark_about, office.executive, case, [people["person"]], [])
    with unit_of_work(session):
        token = start_session(session, datetime.now(NOW.tzinfo), Keyring([DATA_KEY]), office.users["coordinator"], "a network")
    reader = FlaskClient(app)
    reader.set_cookie("portal_session", token)
    assert SUBJECT in read(reader, "/desk?filter=open")
    assert BODY in read(reader, f"/desk/cases/{case.number}")


def test_no_verb_of_theirs_reaches_it(
    app: Flask, office: Office, people: dict[str, User], theirs: Records, browsers: dict[str, FlaskClient], session: Session
) -> None:
    case = office.case(kind="complaint", subject=SUBJECT, body=BODY, **SENDER)
    office.do(service.mark_about, office.executive, case, [people["person"]], [])
    version = case.row_version
    verbs = [
        rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/desk/cases/<number>/") and "POST" in (rule.methods or ())
    ]
    assert len(verbs) > 12
    for who in people:
        token = form_fields(find_form(browsers[who].get("/desk").get_data(as_text=True), "/sign-out"))["csrf_token"]
        data = {"csrf_token": token, "row_version": str(version), "reason": "x", "body": "x", "assignee": "", "about": ""}
        for verb in verbs:
            answer = browsers[who].post(verb.replace("<number>", case.number), data=data)
            assert answer.status_code == 404, f"{who} {verb}: {answer.status_code}"
        # Nor can another case be merged into it, which would tell that it is there.
        into = {**data, "into": case.number, "row_version": str(theirs.case.row_version)}
        assert case.subject not in browsers[who].post(f"/desk/cases/{theirs.case.number}/merge", data=into).get_data(as_text=True)
    session.expire_all()
    session.rollback()
    assert session.get_one(Case, case.id).row_version == version
    assert session.get_one(Case, theirs.case.id).merged_into_id is None

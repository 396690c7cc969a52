"""Contests in a small office, on the pages: the executive, the agency above, a reviewer from outside."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework import service
from portal.casework.models import Case
from portal.casework.rules import Judge, Status
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, Actor, Role
from tests.casework.factories import make_case
from tests.client import parse
from tests.desk.people import TODAY, Desk
from tests.factories import actor_of, make_agency, make_user

LIST = "/desk/review"
CONTACT_PHONE = "0899998888"
NAME, PHONE, OFFICES = "มานี ใจสมมติ", "0812345678", (Role.OFFICER, Role.COORDINATOR, Role.EXECUTIVE, Role.ADMINISTRATOR, Role.PRIVACY)
Small = tuple[Agency, User]


@pytest.fixture
def small(desk: Desk) -> Small:
    """An office of one person who holds every role."""
    with unit_of_work(desk.office.session) as session:
        agency = make_agency(session, slug="small", code="SMALL")
        return agency, make_user(session, [(agency, role) for role in OFFICES])


def contested(desk: Desk, small: Small, anonymity: str = "named") -> Case:
    """A case that the one person answered and its sender contests."""
    session, (agency, person) = desk.office.session, small
    values = {"name": NAME, "phone": CONTACT_PHONE, "email": "manee@example.org"} if anonymity != "anonymous" else {}
    with unit_of_work(session):
        case = make_case(session, desk.office.keyring, agency, anonymity=anonymity, body=f"ดิฉัน {NAME} โทร {PHONE}", **values)
    actor = one(session, person)
    desk.office.do(service.assign, actor, case, person, at=TODAY)
    desk.office.do(service.reply, actor, case, "ตอบแล้ว", at=TODAY)
    desk.office.do(service.contest, CITIZEN, case, "ยังไม่ได้แก้", at=TODAY)
    return desk.fresh(case)


def one(session: Session, person: User) -> Actor:
    session.rollback()
    return actor_of(session, person)


def somebody(desk: Desk, agency: Agency, role: Role) -> User:
    with unit_of_work(desk.office.session) as session:
        user = make_user(session, [(agency, role)])
    with unit_of_work(desk.office.session) as session:
        service.judge_anew(session, TODAY)  # as the worker does when a role is given
    return user


def words(page: Any) -> str:
    return page.get_data(as_text=True)


def decide(desk: Desk, reviewer: User, case: Case, **values: str) -> Any:
    browser = desk.browser(reviewer)
    return browser.post_form(browser.get(f"{LIST}/{case.number}"), case.number, **values)


def test_the_executive_of_the_agency_judges_what_an_officer_answered(desk: Desk) -> None:
    case = desk.office.answered(at=TODAY)
    desk.office.do(service.contest, CITIZEN, case, at=TODAY)
    assert desk.fresh(case).judge is Judge.INSIDE
    page = desk.browser("executive").get(f"/desk/cases/{case.number}")
    assert parse(words(page)).xpath("//form[contains(@action, '/assign')]")
    assert not parse(words(desk.browser("officer").get(f"/desk/cases/{case.number}"))).xpath("//form[contains(@action, '/reply')]")


def test_who_answered_alone_judges_nothing_and_the_agency_above_does(desk: Desk, small: Small) -> None:
    with unit_of_work(desk.office.session) as session:
        above = make_agency(session, slug="province")
        session.get_one(Agency, small[0].id).parent_id = above.id
        head = make_user(session, [(above, Role.EXECUTIVE)])
    case = contested(desk, small)
    assert case.judge is Judge.ABOVE
    own = parse(words(desk.browser(small[1]).get(f"/desk/cases/{case.number}")))
    assert not own.xpath("//form[contains(@action, '/assign') or contains(@action, '/reply') or contains(@action, '/close')]")
    page = desk.browser(head).get(f"/desk/cases/{case.number}")
    assert parse(words(page)).xpath("//form[contains(@action, '/assign')]")
    assert CONTACT_PHONE not in words(page)
    own_case = desk.office.assigned(anonymity="named", name=NAME, phone=CONTACT_PHONE)
    assert CONTACT_PHONE in words(desk.browser("officer").get(f"/desk/cases/{own_case.number}"))  # as who handles a case reads it


def test_without_anybody_the_case_waits_until_a_reviewer_is_named(desk: Desk, small: Small) -> None:
    case = contested(desk, small)
    assert case.judge is Judge.NOBODY
    reviewer = somebody(desk, small[0], Role.REVIEWER)
    assert desk.fresh(case).judge is Judge.OUTSIDE
    assert case.number in words(desk.browser(reviewer).get(LIST))


@pytest.mark.parametrize("anonymity", ["named", "confidential", "anonymous"])
def test_a_reviewer_reads_the_words_of_both_sides_and_never_who_it_is(desk: Desk, small: Small, anonymity: str) -> None:
    case = contested(desk, small, anonymity)
    reviewer = somebody(desk, small[0], Role.REVIEWER)
    page = words(desk.browser(reviewer).get(f"{LIST}/{case.number}"))
    assert "ตอบแล้ว" in page
    assert "ยังไม่ได้แก้" in page
    for secret in (PHONE, CONTACT_PHONE, "manee@example.org", *([] if anonymity == "anonymous" else [NAME])):
        assert secret not in page


def test_letting_it_stand_closes_the_case_for_good(desk: Desk, small: Small) -> None:
    case = contested(desk, small)
    reviewer = somebody(desk, small[0], Role.REVIEWER)
    assert decide(desk, reviewer, case, decision="uphold", reason="ทำตามระเบียบแล้ว").status_code == 303
    assert desk.fresh(case).status is Status.CLOSED
    assert case.upheld_at is not None
    assert desk.browser(reviewer).get(f"{LIST}/{case.number}").status_code == 404


def test_sending_it_back_lets_the_one_person_answer_anew(desk: Desk, small: Small) -> None:
    case = contested(desk, small)
    reviewer = somebody(desk, small[0], Role.REVIEWER)
    assert decide(desk, reviewer, case, decision="send-back", reason="ยังไม่ได้ตรวจที่เกิดเหตุ").status_code == 303
    assert desk.fresh(case).status is Status.RECEIVED
    page = words(desk.browser(small[1]).get(f"/desk/cases/{case.number}"))
    assert "ยังไม่ได้ตรวจที่เกิดเหตุ" in page
    desk.office.do(service.assign, one(desk.office.session, small[1]), case, small[1], at=TODAY)
    desk.office.do(service.reply, one(desk.office.session, small[1]), case, "ตรวจแล้ว", at=TODAY)
    desk.office.do(service.contest, CITIZEN, case, "ยังไม่พอใจ", at=TODAY)
    assert desk.fresh(case).judge is Judge.OUTSIDE


@pytest.mark.parametrize(
    ("values", "field"),
    [({"reason": "คำที่พิมพ์"}, "decision"), ({"decision": "both", "reason": "คำที่พิมพ์"}, "decision"), ({"decision": "uphold"}, "reason")],
)
def test_a_decision_without_its_parts_is_refused_by_its_field(desk: Desk, small: Small, values: dict[str, str], field: str) -> None:
    case = contested(desk, small)
    page = decide(desk, somebody(desk, small[0], Role.REVIEWER), case, **values)
    assert page.status_code == 422
    assert parse(words(page)).xpath(f"//*[@id='{field}-error']")
    assert values.get("reason", "") in words(page)


def test_a_decision_that_comes_too_late_changes_nothing(desk: Desk, small: Small) -> None:
    case = contested(desk, small)
    browser = desk.browser(somebody(desk, small[0], Role.REVIEWER))
    page = browser.get(f"{LIST}/{case.number}")
    desk.office.do(service.note, one(desk.office.session, small[1]), case, "จดไว้", at=TODAY)
    late = browser.post_form(page, case.number, decision="uphold", reason="คำที่พิมพ์")
    assert late.status_code == 409
    assert "คำที่พิมพ์" in words(late)
    assert desk.fresh(case).status is Status.CONTESTED


@pytest.mark.parametrize(
    "reach", [lambda number: f"/desk/cases/{number}", lambda number: f"{LIST}/{number}x", lambda _number: f"{LIST}/a%00b"]
)
def test_a_reviewer_opens_nothing_else(desk: Desk, small: Small, reach: Callable[[str], str]) -> None:
    case = contested(desk, small)
    assert desk.browser(somebody(desk, small[0], Role.REVIEWER)).get(reach(case.number)).status_code in (403, 404)


def test_who_works_there_is_no_reviewer_from_outside(desk: Desk, small: Small) -> None:
    case = contested(desk, small)
    with unit_of_work(desk.office.session) as session:
        insider = make_user(session, [(small[0], Role.REVIEWER), (small[0], Role.OFFICER)])
        service.judge_anew(session, TODAY)
    assert desk.fresh(case).judge is Judge.NOBODY
    assert desk.browser(insider).get(f"{LIST}/{case.number}").status_code == 404

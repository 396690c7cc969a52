"""Which acts ask once more who it is, and how a form survives the question."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Grant
from portal.accounts.rules import CONFIRMED_FOR
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.keyring import Keyring
from portal.web.audience import Audience, rule_of
from tests.accounts.offices import HASH, PASSWORD
from tests.desk.people import TODAY, Desk, address, open_desk
from tests.factories import make_user

NAME = "นางมะลิ ซ้อนกลิ่น"
#: Opening a name; grants and whatever opens or ends accounts; second factors and identities; what changes the whole portal.
ASKED = {
    "cases_desk.unmask",
    "people.grant",
    "people.revoke",
    "people.invite",
    "people.close",
    "people.open_again",
    "people.set_head",
    "people.set_substitute",
    "account.accept",
    "leaving.do",
    "units.do_move",
    "units.do_end",
    "second_factor.set_up_app",
    "second_factor.add_passkey",
    "second_factor.remove_app",
    "second_factor.remove_passkey",
    "second_factor.renew_codes",
    "second_factor.reset",
    "oidc.link",
    "oidc.unlink",
    "oidc_desk.add",
    "oidc_desk.change",
    "privacy_desk.export",
}


def asks(app: Flask, endpoint: str) -> bool:
    return bool(getattr(app.view_functions[endpoint], "step_up", False))


def test_what_opens_hands_over_or_changes_much_asks_once_more(app: Flask) -> None:
    assert {endpoint for endpoint in ASKED if not asks(app, endpoint)} == set()


def test_every_export_of_the_desk_asks_once_more(app: Flask) -> None:
    exports = set()
    for rule in app.url_map.iter_rules():
        declared = rule_of(app, rule.endpoint)
        if declared and declared.audience is Audience.DESK and ("export" in rule.endpoint or "export" in rule.rule):
            exports.add(rule.endpoint)
    assert exports
    assert {endpoint for endpoint in exports if not asks(app, endpoint)} == set()


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring) as desk:
        with unit_of_work(session):
            for user in desk.office.users.values():
                user.password_hash = HASH
        yield desk


def after_a_while() -> time_machine.travel:
    """When having signed in counts no longer."""
    return time_machine.travel(TODAY + CONFIRMED_FOR, tick=False)


def trail(session: Session, act: str) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.act == act)) or 0


def test_a_name_opens_only_after_the_question_and_the_reason_survives_it(desk: Desk, session: Session) -> None:
    case = desk.office.assigned(anonymity="confidential", name=NAME)
    officer = desk.browser("officer")
    with after_a_while():
        page = officer.get(f"/en{address(case)}")
        asked = officer.post_form(page, "/unmask", reason="ต้องโทรนัดไปดูที่บ้าน")
        words = asked.get_data(as_text=True)
        assert (asked.status_code, NAME in words, "ต้องโทรนัดไปดูที่บ้าน" in words) == (403, False, True)
        assert trail(session, "case.unmasked") == 0
        wrong = officer.post_form(asked, "step_up_password", step_up_password="not that one")
        assert (wrong.status_code, "This is not your password" in wrong.get_data(as_text=True)) == (422, True)
        opened = officer.post_form(wrong, "step_up_password", step_up_password=PASSWORD)
        assert (opened.status_code, NAME in opened.get_data(as_text=True)) == (200, True)
        assert (trail(session, "case.unmasked"), trail(session, "user.confirm_failed")) == (1, 1)
        again = officer.post_form(officer.get(address(case)), "/unmask", reason="อีกครั้ง")
        assert again.status_code == 200, "it holds for ten minutes"


def test_a_role_is_given_only_after_the_question(desk: Desk, session: Session) -> None:
    with unit_of_work(session):
        administrator = make_user(session, [(desk.office.agency, Role.ADMINISTRATOR)], password_hash=HASH)
    colleague = desk.office.users["colleague"]
    browser = desk.browser(administrator)
    with after_a_while():
        page = browser.get(f"/en/desk/admin/people/{colleague.public_id}")
        asked = browser.post_form(page, "/grants", role="coordinator", agency=desk.office.agency.slug)
        held = select(func.count()).select_from(Grant).where(Grant.user_id == colleague.id)
        assert (asked.status_code, session.scalar(held)) == (403, 1)
        done = browser.post_form(asked, "step_up_password", step_up_password=PASSWORD)
        session.rollback()
        assert (done.status_code, session.scalar(held)) == (303, 2)


def test_a_page_that_asks_leads_on_to_itself(desk: Desk, session: Session) -> None:
    with unit_of_work(session):
        administrator = make_user(session, [(desk.office.agency, Role.ADMINISTRATOR)], password_hash=HASH)
    browser = desk.browser(administrator)
    with after_a_while():
        asked = browser.get("/en/desk/admin/people/invite")
        assert asked.status_code == 303
        done = browser.post_form(browser.get(asked.location), "step_up_password", step_up_password=PASSWORD)
        assert done.location == "/en/desk/admin/people/invite"
        assert browser.get(done.location).status_code == 200


def test_guessing_the_proof_is_slowed_as_guessing_anywhere(desk: Desk) -> None:
    case = desk.office.assigned(anonymity="confidential", name=NAME)
    officer = desk.browser("officer")
    with after_a_while():
        asked = officer.post_form(officer.get(address(case)), "/unmask", reason="x")
        answers = [officer.post_form(asked, "step_up_password", step_up_password=f"guess {n} of many") for n in range(5)]
        assert {answer.status_code for answer in answers} == {422}
        assert officer.post_form(asked, "step_up_password", step_up_password=PASSWORD).status_code == 429


def test_the_proof_stands_in_no_page(desk: Desk) -> None:
    case = desk.office.assigned(anonymity="confidential", name=NAME)
    officer = desk.browser("officer")
    with after_a_while():
        asked = officer.post_form(officer.get(address(case)), "/unmask", reason="x")
        wrong = officer.post_form(asked, "step_up_password", step_up_password="a secret guess of mine")
        assert "a secret guess of mine" not in wrong.get_data(as_text=True)
        empty = officer.post_form(asked, "step_up_password", step_up_password=PASSWORD, reason=" ")
        assert (empty.status_code, PASSWORD in empty.get_data(as_text=True)) == (422, False)

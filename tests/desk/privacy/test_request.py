"""A request at the desk: found, decided with ground and words, carried out, appealed, handed over."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.casework.rules import ERASED
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN, Role
from portal.privacy import service
from portal.privacy.rules import RequestStatus, Right
from tests.desk.privacy.conftest import PrivacyDesk
from tests.factories import make_user
from tests.privacy.protection import LATER, NAME

GRANT = {"decision": "granted", "ground": "no_longer_needed", "words": "ไม่ต้องใช้แล้ว"}
REFUSE = {"decision": "refused", "ground": "legal_claims", "words": "ยังต้องใช้ในคดี"}


def test_it_is_found_decided_and_carried_out(desk: PrivacyDesk) -> None:
    case = desk.closed()
    request, officer = desk.ask(case), desk.browser()
    listed = officer.get("/en/desk/privacy").get_data(as_text=True)
    assert f"Case {case.number}" in listed
    page = officer.get(f"/en/desk/privacy/requests/{request.public_id}")
    wrong = officer.post_form(page, "/decide", **{**GRANT, "ground": "legal_claims"})
    assert wrong.status_code == 422
    assert "ไม่ต้องใช้แล้ว" in wrong.get_data(as_text=True)
    assert 'href="#ground"' in wrong.get_data(as_text=True)
    assert officer.post_form(page, "/decide", **GRANT).status_code == 303
    page = officer.get(f"/en/desk/privacy/requests/{request.public_id}")
    assert officer.post_form(page, "/carry-out").status_code == 303
    assert desk.now(request).status is RequestStatus.DONE
    desk.session.refresh(case)
    assert case.body == ERASED


def test_the_second_of_two_officers_is_told_and_what_was_typed_stays(desk: PrivacyDesk) -> None:
    request, officer = desk.ask(desk.closed()), desk.browser()
    page = officer.get(f"/desk/privacy/requests/{request.public_id}")
    desk.decide(request, "refused")
    late = officer.post_form(page, "/decide", **GRANT)
    assert late.status_code == 409
    assert desk.now(request).status is RequestStatus.REFUSED


def test_of_another_agency_and_for_other_roles_nothing_is_there(desk: PrivacyDesk) -> None:
    request = desk.ask(desk.closed())
    with unit_of_work(desk.session) as session:
        stranger = make_user(session, [(desk.office.elsewhere, Role.PRIVACY)])
    for who in (stranger, desk.office.users["executive"]):
        assert desk.browser(who).get(f"/desk/privacy/requests/{request.public_id}").status_code == 404
    for path in ("/desk/privacy", "/desk/privacy/holds", "/desk/privacy/breaches", "/desk/privacy/retention"):
        assert desk.browser(desk.office.users["officer"]).get(path).status_code == 403


def test_an_executive_finds_and_decides_an_appeal(desk: PrivacyDesk) -> None:
    request = desk.ask(desk.closed())
    desk.decide(request, "refused")
    desk.do(service.appeal, CITIZEN, request, "ไม่มีคดีใด")
    executive = desk.browser(desk.office.users["executive"])
    assert 'href="/desk/privacy"' in executive.get("/desk").get_data(as_text=True)
    assert f"/desk/privacy/requests/{request.public_id}" in executive.get("/desk/privacy").get_data(as_text=True)
    page = executive.get(f"/desk/privacy/requests/{request.public_id}")
    done = executive.post_form(page, "/hear", **GRANT)
    assert done.location == "/desk/privacy"
    assert desk.now(request).status is RequestStatus.GRANTED
    assert executive.get(f"/desk/privacy/requests/{request.public_id}").status_code == 404


def test_a_copy_in_clear_goes_out_after_the_grant_and_each_opening_is_in_the_trail(desk: PrivacyDesk) -> None:
    case = desk.closed()
    request, officer = desk.ask(case, Right.ACCESS, words=""), desk.browser()
    address = f"/en/desk/privacy/requests/{request.public_id}"
    masked = officer.post_form(officer.get(address), "/export", format="page")
    assert NAME not in masked.get_data(as_text=True)
    desk.decide(request, ground="right_of_access")
    clear = officer.post_form(officer.get(address), "/export", format="json")
    assert clear.get_json()["contact"]["name"] == NAME
    assert clear.headers["Cache-Control"] == "no-store"
    desk.session.rollback()
    acts = desk.session.scalars(select(AuditEntry.act).where(AuditEntry.object_key == request.public_id)).all()
    assert acts.count("privacy.exported") == 2


def test_who_was_signed_in_for_long_shows_first_who_they_are(desk: PrivacyDesk) -> None:
    request, officer = desk.ask(desk.closed(), Right.ACCESS, words=""), desk.browser()
    page = officer.get(f"/desk/privacy/requests/{request.public_id}")
    with time_machine.travel(LATER + timedelta(minutes=20), tick=False):
        asked = officer.post_form(page, "/export", format="json")
        assert asked.status_code == 403
        assert officer.get("/desk/privacy/breaches").status_code == 303
    desk.session.rollback()
    assert [event.act.value for event in desk.now(request).events] == ["submit"]


def test_a_hold_is_set_and_lifted(desk: PrivacyDesk) -> None:
    case, officer = desk.closed(), desk.browser()
    unknown = officer.post_form(officer.get("/en/desk/privacy/holds"), "/holds", number="OPDC-2570-999999", reason="คดี")
    assert unknown.status_code == 422
    assert officer.post_form(officer.get("/en/desk/privacy/holds"), "/holds", number=case.number.lower(), reason="คดี").status_code == 303
    page = officer.get("/en/desk/privacy/holds")
    assert case.number in page.get_data(as_text=True)
    officer.post_form(page, "/lift")
    assert case.number not in officer.get("/en/desk/privacy/holds").get_data(as_text=True)

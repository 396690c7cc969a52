"""One's own data: seen after showing who one is, asked about, decided by somebody else."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from portal.accounts import service as accounts
from portal.accounts.erasing import GONE
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.privacy import policy, service
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import RequestStatus
from tests.desk.privacy.conftest import PrivacyDesk
from tests.factories import actor_of, make_user
from tests.privacy.protection import LATER

PAGE = "/en/desk/account/data"


def the_request(desk: PrivacyDesk) -> PrivacyRequest:
    desk.session.rollback()
    desk.session.expire_all()
    return desk.session.scalars(select(PrivacyRequest)).one()


def test_everything_is_a_page_and_a_file(desk: PrivacyDesk) -> None:
    user = desk.office.users["officer"]
    mine = desk.browser(user)
    assert "/desk/account/data" in mine.get("/desk/account").get_data(as_text=True)
    assert user.email in mine.get(f"{PAGE}/everything").get_data(as_text=True)
    file = mine.get(f"{PAGE}.json")
    assert file.get_json()["account"]["email"] == user.email
    assert [act["act"] for act in file.get_json()["acts"]] == ["user.signed_in"]
    assert file.headers["Cache-Control"] == "no-store"


def test_a_browser_left_open_gives_nothing_away(desk: PrivacyDesk) -> None:
    mine = desk.browser(desk.office.users["officer"])
    with time_machine.travel(LATER + timedelta(minutes=20), tick=False):
        for path in (f"{PAGE}/everything", f"{PAGE}.json"):
            assert mine.get(path).status_code == 303
        assert mine.get(PAGE).status_code == 200


def test_what_is_asked_is_decided_at_the_agency_of_the_unit_and_carried_out(desk: PrivacyDesk) -> None:
    with unit_of_work(desk.session) as session:
        user = make_user(session, [(desk.office.agency, Role.OFFICER)], unit_id=desk.office.unit.id)
    mine = desk.browser(user)
    empty = mine.post_form(mine.get(PAGE), "/ask", words="ลาออก")
    assert empty.status_code == 422
    assert "ลาออก" in empty.get_data(as_text=True)
    assert mine.post_form(mine.get(PAGE), "/ask", right="erasure", words="ลาออก").status_code == 303
    request = the_request(desk)
    assert policy.can_decide(desk.officer, request)
    officer = desk.browser()
    address = f"/en/desk/privacy/requests/{request.public_id}"
    grant = {"decision": "granted", "ground": "no_longer_needed", "words": "ตกลง"}
    assert officer.post_form(officer.get(address), "/decide", **grant).status_code == 303
    early = officer.post_form(officer.get(address), "/carry-out")
    assert (early.status_code, "still in use" in early.get_data(as_text=True)) == (409, True)
    with unit_of_work(desk.session) as session:
        accounts.disable(session, SYSTEM, LATER, user)
    assert officer.post_form(officer.get(address), "/carry-out").status_code == 303
    desk.session.expire_all()
    assert user.email.endswith(GONE)


def test_a_refusal_is_appealed_and_another_request_taken_back(desk: PrivacyDesk) -> None:
    mine = desk.browser(desk.office.users["officer"])
    mine.post_form(mine.get(PAGE), "/ask", right="correction", words="ชื่อผิด")
    request = the_request(desk)
    desk.decide(request, "refused", ground="data_correct")
    desk.session.rollback()
    done = mine.post_form(mine.get(PAGE), "/appeal", words="ผิดจริง")
    assert done.location == f"{PAGE}?done=appealed"
    assert the_request(desk).status is RequestStatus.APPEALED
    desk.session.rollback()
    assert mine.post_form(mine.get(PAGE), "/take-back").location == f"{PAGE}?done=taken-back"


def test_another_persons_request_is_not_there(desk: PrivacyDesk) -> None:
    user = desk.office.users["colleague"]
    with unit_of_work(desk.session) as session:
        asked = service.Asked(service.asking.Right.OBJECTION, words="ไม่เห็นด้วย")
        service.ask_for_account(session, actor_of(session, user), LATER, user, desk.office.agency.id, asked)
    request = the_request(desk)
    mine = desk.browser(desk.office.users["officer"])
    token = mine.get(PAGE).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    assert mine.post(f"{PAGE}/requests/{request.public_id}/take-back", data={"csrf_token": token}).status_code == 404

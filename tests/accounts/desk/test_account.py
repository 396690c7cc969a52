"""One's own page: browsers, sign-ins, password, waiting invitations."""

from datetime import timedelta

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.invitation import service as invitations
from portal.accounts.invitation.service import Guest, Promise
from portal.accounts.models import Grant
from portal.db import unit_of_work
from portal.kernel.actor import Role
from tests.accounts.desk.conftest import Browser
from tests.accounts.offices import PASSWORD, TwoOffices
from tests.client import PageClient
from tests.conftest import NOW
from tests.factories import actor_of

NEW = "a wholly different sentence"


def test_the_desk_leads_there_and_every_browser_is_listed(browser: Browser, offices: TwoOffices) -> None:
    here, _other = browser(offices.officer), browser(offices.officer)
    assert 'href="/en/desk/account"' in here.get("/en/desk").get_data(as_text=True)
    page = here.get("/en/desk/account").get_data(as_text=True)
    assert page.count("Firefox on Linux") >= 2
    assert page.count("This browser") == 1


def test_one_browser_is_signed_out_and_the_other_stays(browser: Browser, offices: TwoOffices) -> None:
    here, other = browser(offices.officer), browser(offices.officer)
    assert here.post_form(here.get("/en/desk/account"), "/end").status_code == 303
    assert other.get("/desk").status_code == 303
    assert here.get("/desk").status_code == 200


def test_a_strangers_session_cannot_be_ended(browser: Browser, offices: TwoOffices) -> None:
    mine, theirs = browser(offices.officer), browser(offices.officer_there)
    browser(offices.officer)
    page = browser(offices.officer_there).get("/en/desk/account").get_data(as_text=True)
    public_id = page.split("/desk/account/sessions/")[1].split("/")[0]
    token = page_token(mine)
    assert mine.post(f"/desk/account/sessions/{public_id}/end", data={"csrf_token": token}).status_code == 404
    assert theirs.get("/desk").status_code == 200


def test_signing_out_everywhere_ends_this_browser_too(browser: Browser, offices: TwoOffices) -> None:
    here, other, stranger = browser(offices.officer), browser(offices.officer), browser(offices.officer_there)
    assert here.post_form(here.get("/en/desk/account"), "/sign-out-everywhere").status_code == 303
    assert [one.get("/desk").status_code for one in (here, other, stranger)] == [303, 303, 200]


def test_the_history_tells_of_failures_and_of_nobody_elses(client: PageClient, browser: Browser, offices: TwoOffices) -> None:
    agent = {"User-Agent": "Mozilla/5.0 (iPhone) Safari/605"}
    client.post("/sign-in", data={"email": offices.officer.email, "password": "guessed wrongly 1"}, headers=agent)
    page = browser(offices.officer).get("/en/desk/account/history").get_data(as_text=True)
    assert "A sign-in failed" in page
    assert "Safari on iPhone" in page
    assert "A sign-in failed" not in browser(offices.officer_there).get("/en/desk/account/history").get_data(as_text=True)


def test_a_new_password_needs_the_old_one_and_ends_every_session(browser: Browser, client: PageClient, offices: TwoOffices) -> None:
    here, other = browser(offices.officer), browser(offices.officer)
    page = here.get("/en/desk/account")
    wrong = here.post_form(page, "old_password", old_password="not that one", password=NEW)
    assert wrong.status_code == 422
    assert "not your present password" in wrong.get_data(as_text=True)
    weak = here.post_form(page, "old_password", old_password=PASSWORD, password="short")
    assert weak.status_code == 422
    assert here.post_form(page, "old_password", old_password=PASSWORD, password=NEW).status_code == 303
    assert [one.get("/desk").status_code for one in (here, other)] == [303, 303]
    assert client.sign_in(offices.officer.email, PASSWORD).status_code == 422
    assert client.sign_in(offices.officer.email, NEW).status_code == 303


def test_an_invitation_to_further_roles_is_accepted_after_confirming(
    browser: Browser, session: Session, offices: TwoOffices, clock: time_machine.Traveller
) -> None:
    with unit_of_work(session):
        guest = Guest(offices.officer.email, "ชื่ออื่น", unit=offices.there)
        promises = [Promise(Role.COORDINATOR, offices.there)]
        invitations.invite(session, actor_of(session, offices.administrator_there), NOW, guest, promises)
    mine = browser(offices.officer)
    page = mine.get("/en/desk/account")
    clock.shift(timedelta(minutes=11))
    asked = mine.post_form(page, "/accept")
    assert asked.status_code == 403
    assert mine.post_form(asked, "step_up_password", step_up_password=PASSWORD).status_code == 303
    roles = set(session.scalars(select(Grant.role).where(Grant.user_id == offices.officer.id)))
    assert roles == {Role.OFFICER, Role.COORDINATOR}


def page_token(client: PageClient) -> str:
    return client.get("/en/desk/account").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]

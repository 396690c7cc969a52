"""The people of an administrator: found, edited, given roles, closed; never those of somebody else."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import service
from portal.accounts.invitation.models import Invitation
from portal.accounts.models import Grant, User
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from tests.accounts.desk.conftest import Browser
from tests.accounts.offices import TwoOffices
from tests.conftest import NOW


def address(user: User) -> str:
    return f"/en/desk/admin/people/{user.public_id}"


def roles_of(session: Session, user: User) -> set[tuple[Role, int | None]]:
    session.rollback()
    return {(row.role, row.agency_id) for row in session.scalars(select(Grant).where(Grant.user_id == user.id))}


def test_the_list_shows_ones_own_people_and_finds_them(browser: Browser, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    every = mine.get("/en/desk/admin/people").get_data(as_text=True)
    assert offices.officer.name_en in every
    assert offices.officer_there.name_en not in every
    found = mine.get(f"/en/desk/admin/people?q={offices.officer.email}&role=officer&place=opdc").get_data(as_text=True)
    assert (offices.officer.name_en in found, address(offices.administrator) in found) == (True, False)
    for strange in ("?role=king", "?place=nowhere", "?q=%25_%00", "?closed=yes"):
        assert mine.get(f"/en/desk/admin/people{strange}").status_code == 200


def test_a_role_is_given_and_taken_away(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine, page = browser(offices.administrator), address(offices.officer)
    given = mine.post_form(mine.get(page), "/grants", role="coordinator", agency="opdc")
    assert given.location.endswith("?done=granted")
    assert (Role.COORDINATOR, offices.here.id) in roles_of(session, offices.officer)
    token = mine.get(page)
    ended = mine.post_form(token, "/grants/end", role="coordinator", place="opdc")
    assert ended.location.endswith("?done=revoked")
    assert roles_of(session, offices.officer) == {(Role.OFFICER, offices.here.id)}


@pytest.mark.parametrize(("role", "agency"), [("system_administrator", ""), ("assessor", ""), ("officer", "there"), ("king", "opdc")])
def test_what_one_may_not_give_is_refused_and_nothing_changes(
    browser: Browser, session: Session, offices: TwoOffices, role: str, agency: str
) -> None:
    mine = browser(offices.administrator)
    where = offices.there.slug if agency == "there" else agency
    refused = mine.post_form(mine.get(address(offices.officer)), "/grants", role=role, agency=where)
    assert refused.status_code == 422
    assert roles_of(session, offices.officer) == {(Role.OFFICER, offices.here.id)}


def test_nobody_gives_roles_to_themselves_not_even_by_a_made_up_form(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    page = mine.get(address(offices.officer))
    own = mine.get(address(offices.administrator)).get_data(as_text=True)
    assert '/grants"' not in own
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    forged = {"csrf_token": token, "row_version": "1", "role": "integrity", "agency": "opdc"}
    assert mine.post(f"{address(offices.administrator)}/grants", data=forged).status_code == 422
    assert roles_of(session, offices.administrator) == {(Role.ADMINISTRATOR, offices.here.id)}


def test_of_two_administrators_the_second_is_shown_what_the_first_did(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    stale = mine.get(address(offices.officer))
    with unit_of_work(session):
        service.grant(session, SYSTEM, NOW, session.get_one(User, offices.officer.id), Role.COORDINATOR, offices.here)
    second = mine.post_form(stale, "name_th", name_th="ชื่อที่พิมพ์ไว้")
    assert second.status_code == 409
    assert 'value="ชื่อที่พิมพ์ไว้"' in second.get_data(as_text=True)
    assert mine.post_form(second, "name_th", name_th="ชื่อที่พิมพ์ไว้").location.endswith("?done=edited")


def test_names_are_edited_and_an_empty_one_is_refused(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine, page = browser(offices.administrator), address(offices.officer)
    empty = mine.post_form(mine.get(page), "name_th", name_th=" ", position_en="Clerk")
    assert (empty.status_code, 'value="Clerk"' in empty.get_data(as_text=True)) == (422, True)
    assert mine.post_form(mine.get(page), "name_th", name_th="นางสาวใหม่ สมมติ").status_code == 303
    session.rollback()
    session.refresh(offices.officer)
    assert offices.officer.name_th == "นางสาวใหม่ สมมติ"


def test_an_account_is_closed_at_once_and_opened_again(browser: Browser, offices: TwoOffices) -> None:
    mine, theirs, page = browser(offices.administrator), browser(offices.officer), address(offices.officer)
    assert mine.post_form(mine.get(page), "/close").status_code == 303
    assert theirs.get("/desk").status_code == 303
    assert offices.officer.name_en in mine.get("/en/desk/admin/people?closed=yes").get_data(as_text=True)
    assert mine.post_form(mine.get(page), "/open").status_code == 303


def test_the_last_administrator_is_not_closed(browser: Browser, offices: TwoOffices) -> None:
    above = browser(offices.system_administrator)
    refused = above.post_form(above.get(address(offices.administrator_there)), "/close")
    assert refused.status_code == 422
    assert "last administrator" in refused.get_data(as_text=True)


def test_signing_somebody_out_everywhere(browser: Browser, offices: TwoOffices) -> None:
    mine, theirs = browser(offices.administrator), browser(offices.officer)
    assert mine.post_form(mine.get(address(offices.officer)), f"{offices.officer.public_id}/sign-out").status_code == 303
    assert theirs.get("/desk").status_code == 303


def test_an_invitation_is_written_listed_sent_again_and_withdrawn(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    page = mine.get("/en/desk/admin/people/invite")
    values = {"email": "new@example.go.th", "name_th": "นายมาใหม่ สมมติ", "unit": "opdc", "role": "officer", "agency": "opdc"}
    wrong = mine.post_form(page, "/invite", **{**values, "email": "no address"})
    assert (wrong.status_code, "นายมาใหม่ สมมติ" in wrong.get_data(as_text=True)) == (422, True)
    assert mine.post_form(page, "/invite", **values).location.endswith("?done=sent")
    twice = mine.post_form(page, "/invite", **values)
    assert twice.status_code == 422
    listed = mine.get("/en/desk/admin/people/invitations")
    assert "new@example.go.th" in listed.get_data(as_text=True)
    assert mine.post_form(listed, "/again").location.endswith("?done=again")
    assert mine.post_form(listed, "/withdraw").location.endswith("?done=withdrawn")
    assert session.scalars(select(Invitation.withdrawn_at)).one() == NOW
    assert "new@example.go.th" not in browser(offices.administrator_there).get("/en/desk/admin/people/invitations").get_data(as_text=True)


def test_inviting_somebody_of_another_agency_says_nothing_of_their_account(browser: Browser, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    page = mine.get("/en/desk/admin/people/invite")
    values = {"name_th": "นายใครคนหนึ่ง", "unit": "opdc", "role": "officer", "agency": "opdc"}
    answers = [mine.post_form(page, "/invite", email=email, **values) for email in (offices.officer_there.email, "nobody@example.go.th")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/en/desk/admin/people/invitations?done=sent")}


@pytest.mark.parametrize("end", ["", "/leave", "/left"])
def test_other_peoples_pages_are_not_there(browser: Browser, offices: TwoOffices, end: str) -> None:
    mine = browser(offices.administrator)
    assert mine.get(address(offices.officer_there) + end).status_code == 404
    assert mine.get(f"/en/desk/admin/people/{'0' * 16}{end}").status_code == 404

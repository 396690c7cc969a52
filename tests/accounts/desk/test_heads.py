"""Heads and substitutes, from which it follows whom cases are kept from."""

import pytest
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts.heads import queries, service
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.accounts.desk.conftest import Browser
from tests.accounts.offices import TwoOffices
from tests.conftest import NOW
from tests.factories import actor_of, make_user


def head_of(session: Session, unit: Agency) -> User | None:
    session.rollback()
    row = queries.heads(session, [unit.id]).get(unit.id)
    return row.user if row else None


def test_a_division_of_ones_agency_gets_a_head_and_loses_it(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    listed = mine.get("/en/desk/admin/heads").get_data(as_text=True)
    address = f"/en/desk/admin/heads/{offices.division.slug}"
    assert address in listed
    assert f"/heads/{offices.there.slug}" not in listed
    assert mine.post_form(mine.get(address), "head", head=offices.officer.public_id).status_code == 303
    assert head_of(session, offices.division) == offices.officer
    assert offices.officer.name_en in mine.get(f"/en/desk/admin/heads?q={offices.division.name_en}").get_data(as_text=True)
    assert mine.post_form(mine.get(address), "head", head="").status_code == 303
    assert head_of(session, offices.division) is None


def test_a_choice_that_was_overtaken_comes_back(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    stale = mine.get(f"/en/desk/admin/heads/{offices.division.slug}")
    with unit_of_work(session):
        service.set_head(session, SYSTEM, NOW, offices.division, offices.administrator, version=0)
    refused = mine.post_form(stale, "head", head=offices.officer.public_id)
    assert refused.status_code == 409
    assert f'value="{offices.administrator.public_id}" selected' in refused.get_data(as_text=True)
    assert head_of(session, offices.division) == offices.administrator


def test_people_and_units_of_others_cannot_be_chosen(browser: Browser, session: Session, offices: TwoOffices) -> None:
    mine = browser(offices.administrator)
    assert mine.get(f"/en/desk/admin/heads/{offices.there.slug}").status_code == 404
    page = mine.get(f"/en/desk/admin/heads/{offices.division.slug}")
    assert mine.post_form(page, "head", head=offices.officer_there.public_id).status_code == 422
    for actor in (offices.administrator_there, offices.officer):
        with pytest.raises(NotAllowed), unit_of_work(session):
            service.set_head(session, actor_of(session, actor), NOW, offices.division, offices.officer, version=0)


def test_a_substitute_is_named_on_the_persons_page_and_ties_follow(browser: Browser, session: Session, offices: TwoOffices) -> None:
    with unit_of_work(session):
        deputy = make_user(session, unit_id=offices.here.id)
    mine, address = browser(offices.administrator), f"/en/desk/admin/people/{offices.officer.public_id}"
    assert mine.post_form(mine.get(address), "/substitute", substitute=deputy.public_id).status_code == 303
    session.rollback()
    session.expire_all()
    assert offices.officer.substitute_id == deputy.id
    assert offices.officer.id in actor_of(session, deputy).ties.people
    stale = mine.get(address)
    assert mine.post_form(stale, "/substitute", substitute="").status_code == 303
    assert mine.post_form(stale, "/substitute", substitute=deputy.public_id).status_code == 409


def test_nobody_stands_in_for_themselves_and_who_left_for_nobody(session: Session, offices: TwoOffices) -> None:
    actor = actor_of(session, offices.administrator)
    with unit_of_work(session):
        gone = make_user(session, unit_id=offices.here.id, disabled_at=NOW)
    for one in (offices.officer, gone):
        with pytest.raises(Invalid), unit_of_work(session):
            service.set_substitute(session, actor, NOW, offices.officer, one, before=None)
    with pytest.raises(Conflict), unit_of_work(session):
        service.set_substitute(session, actor, NOW, offices.officer, offices.administrator, before=gone.id)
    assert people.by_email(session, offices.officer.email)

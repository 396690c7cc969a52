"""Figures that are lists, and cases handed on as the plan said."""

from datetime import timedelta

import pytest
from lxml import etree

from portal.casework import queries, service
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.queries.narrowing import Narrowing
from portal.db import unit_of_work
from portal.desk.workload.queries import Has, Lately, lately_by, lately_of, open_by
from portal.desk.workload.reading import officers
from portal.desk.workload.service import hand_on, plan
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import office_day
from tests.accounts.absence.away import away
from tests.casework.conftest import Office, make_office
from tests.client import PageClient, parse
from tests.conftest import NOW
from tests.desk.people import Desk, counted_queries
from tests.factories import make_user

TODAY = office_day(NOW)
PAGE = "/desk/workload"


@pytest.fixture
def office(session, keyring: Keyring) -> Office:  # type: ignore[no-untyped-def]
    return make_office(session, keyring)


def test_every_figure_is_the_list_that_the_same_reader_is_shown(office: Office) -> None:
    """Also where one reader knows of a marked case and the other does not."""
    owner, session = office.users["officer"].id, office.session
    waiting, about = office.assigned(), office.assigned(at=NOW - timedelta(days=13))
    office.assigned(at=NOW - timedelta(days=20))
    office.answered(at=NOW)
    office.do(service.ask, office.officer, waiting, "ตู้ไหน")
    office.do(service.mark_about, office.coordinator, about, [office.users["executive"]], [])
    parts = {"open": Filter.OPEN, "soon": Filter.SOON, "overdue": Filter.OVERDUE, "waiting": Filter.WAITING}
    for reader in (office.coordinator, office.executive):
        has = open_by(session, reader, TODAY, Case.owner_id)[owner]
        for name, shown in parts.items():
            listed = session.scalars(queries.queue(reader, NOW, shown, Narrowing(owner_id=owner))).all()
            assert getattr(has, name) == len(listed), (reader, name)
        for what in Lately:
            assert lately_by(session, reader, NOW, what, Case.owner_id)[owner] == len(
                session.scalars(lately_of(reader, NOW, what, owner)).all()
            )
    assert open_by(session, office.coordinator, TODAY, Case.owner_id)[owner] == Has(open=3, soon=1, overdue=1, waiting=1)
    assert open_by(session, office.executive, TODAY, Case.owner_id)[owner].open == 2
    assert open_by(session, office.stranger, TODAY, Case.owner_id) == {}
    assert lately_by(session, office.coordinator, NOW, Lately.ANSWERED, Case.owner_id) == {owner: 1}
    assert lately_by(session, office.coordinator, NOW + timedelta(days=31), Lately.ANSWERED, Case.owner_id) == {}


def test_who_has_gone_with_cases_is_still_in_the_list(office: Office) -> None:
    office.assigned()
    with unit_of_work(office.session):
        office.users["officer"].grants.clear()
    rows = {row.who.id: row for row in officers(office.session, office.coordinator, NOW) if row.who}
    assert (rows[office.users["officer"].id].has_gone, rows[office.users["colleague"].id].has_gone) == (True, False)


def test_cases_are_handed_on_as_the_plan_said_each_with_its_history(office: Office) -> None:
    cases, people = [office.assigned(at=NOW - timedelta(days=day)) for day in range(5)], office.users
    hidden = office.assigned()
    office.do(service.mark_about, office.coordinator, hidden, [people["executive"]], [])
    with unit_of_work(office.session) as session:
        made = plan(session, office.executive, NOW, people["officer"], [], [people["colleague"], people["coordinator"]])
        assert [line.case.due_on for line in made.lines] == sorted(case.due_on for case in cases)
        assert hand_on(session, office.executive, NOW, made, made.fingerprint) == 5
    office.session.expire_all()
    owners = [case.owner_id for case in cases]
    assert {owners.count(people[name].id) for name in ("colleague", "coordinator")} == {2, 3}
    assert [case.events[-1].detail["owner_before"] for case in cases] == [people["officer"].id] * 5
    assert (hidden.owner_id, hidden.events[-1].actor_id) == (people["officer"].id, people["coordinator"].id)


def test_nobody_gets_what_they_may_not_own_and_a_plan_that_changed_is_not_done(office: Office) -> None:
    first, second = office.assigned(), office.assigned()
    people, session = office.users, office.session
    office.do(service.mark_about, office.coordinator, first, [people["colleague"]], [])
    made = plan(session, office.coordinator, NOW, people["officer"], [], [people["colleague"]])
    assert {line.case.id: line.to for line in made.lines} == {first.id: None, second.id: people["colleague"]}
    confirmed = made.fingerprint
    office.do(service.start, office.officer, second)
    again = plan(session, office.coordinator, NOW, people["officer"], [], [people["colleague"]])
    with pytest.raises(Conflict), unit_of_work(session):
        hand_on(session, office.coordinator, NOW, again, confirmed)


def test_who_is_away_and_takes_nothing_new_cannot_be_chosen(office: Office) -> None:
    office.assigned()
    away(office, "colleague", takes_new=False)
    for others in ([office.users["colleague"]], [office.users["officer"]], []):
        with pytest.raises(Invalid) as refused:
            plan(office.session, office.coordinator, NOW, office.users["officer"], [], others)
        assert set(refused.value.fields) == {"others"}


def figures(browser: PageClient) -> dict[str, str]:
    """Address and number of every link in the figures."""
    root: etree._Element = parse(browser.get(PAGE).get_data(as_text=True))
    return {link.get("href"): link.text for link in root.xpath("//td[contains(@class, 'numeric')]/a")}


def test_on_the_page_each_number_leads_to_as_many_cases(desk: Desk) -> None:
    office = desk.office
    office.assigned(at=NOW - timedelta(days=20))
    office.answered(at=NOW)
    browser = desk.browser("coordinator")
    found = figures(browser)
    assert len(found) == 4  # open and overdue; received and answered lately
    for address, number in found.items():
        root = parse(browser.get(address).get_data(as_text=True))
        assert len(root.xpath("//*[@class='sr-queue__subject'] | //tbody/tr/th/a")) == int(number), address
    assert desk.browser("officer").get(PAGE).status_code == 403


def test_the_page_costs_the_same_however_many_cases_and_people(desk: Desk) -> None:
    browser = desk.browser("coordinator")
    desk.office.assigned()
    with counted_queries(desk.app) as few:
        browser.get(PAGE)
    with unit_of_work(desk.office.session) as session:
        for _ in range(6):
            make_user(session, [(desk.office.agency, role) for role in desk.office.officer.roles])
    desk.office.assigned()
    with counted_queries(desk.app) as many:
        browser.get(PAGE)
    assert len(many) == len(few)


def test_some_cases_are_ticked_the_plan_is_shown_and_confirmed(desk: Desk) -> None:
    taken, left = desk.office.assigned(subject="ทางลาดชัน"), desk.office.assigned(subject="ไฟดับ")
    people, browser = desk.office.users, desk.browser("coordinator")
    address = f"{PAGE}/{people['officer'].public_id}/move"
    form = {"which": "some", "cases": [taken.number], "others": [people["colleague"].public_id]}
    refused = browser.post_form(browser.get(address), "/move", **{**form, "others": []})
    assert refused.status_code == 422
    shown = browser.post_form(browser.get(address), "/move", **form)
    words = shown.get_data(as_text=True)
    assert (shown.status_code, "ทางลาดชัน" in words, "ไฟดับ" in words) == (200, True, False)
    assert browser.post_form(shown, "/move", **form).status_code == 303
    assert (desk.fresh(taken).owner_id, desk.fresh(left).owner_id) == (people["colleague"].id, people["officer"].id)
    assert browser.get(f"{PAGE}/{'0' * 16}/move").status_code == 404
    assert browser.get(f"{PAGE}/{people['stranger'].public_id}/move").status_code == 404

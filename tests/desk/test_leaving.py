"""Leaving: what somebody has open goes on, and everything of the account ends, in one act or not at all."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.heads import service as heads
from portal.accounts.heads.models import UnitHead
from portal.accounts.invitation import service as invitations
from portal.accounts.invitation.models import Invitation
from portal.accounts.invitation.service import Guest, Promise
from portal.accounts.models import Grant, SignInSession, User
from portal.accounts.service import start_session
from portal.audit.models import AuditEntry
from portal.casework import service as casework
from portal.casework.models import Case
from portal.corruption.models import CorruptionReport
from portal.corruption.rules import ReportStatus
from portal.db import unit_of_work
from portal.desk.leaving.plans import plan
from portal.desk.leaving.service import Left, Successors, leave
from portal.disclosures.models import Disclosure
from portal.kernel.actor import SYSTEM, Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW
from tests.desk.people import Desk, open_desk
from tests.disclosures.making import make_page
from tests.factories import actor_of, make_user

LATER = NOW + timedelta(days=12)


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    """An office with an administrator besides."""
    return with_administrator(make_office(session, keyring))


def with_administrator(office: Office) -> Office:
    with unit_of_work(office.session):
        office.users["administrator"] = make_user(office.session, [(office.agency, Role.ADMINISTRATOR)])
    return office


def administrator(office: Office) -> Actor:
    return actor_of(office.session, office.users["administrator"])


def owned_page(office: Office) -> Disclosure:
    page = make_page(office.session, NOW, office.agency)
    with unit_of_work(office.session):
        page.responsible_user_id = office.users["officer"].id
    return page


def go(office: Office, who: str = "officer", cases_to: str = "", pages_to: str = "", by: Actor | None = None) -> Left:
    """The leaving, confirmed as the page shows it now."""
    session, actor = office.session, by or administrator(office)
    person = office.users[who]
    successors = Successors(office.users.get(cases_to), office.users.get(pages_to))
    confirmed = plan(session, actor, person).fingerprint
    with unit_of_work(session):
        return leave(session, actor, LATER, person, successors, confirmed)


def events_of(session: Session, act: str) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.act == act)) or 0


def test_everything_open_goes_on_and_everything_of_the_account_ends(office: Office, session: Session, keyring: Keyring) -> None:
    open_case, answered, closed = office.assigned(), office.answered(), office.closed()
    page, person = owned_page(office), office.users["officer"]
    with unit_of_work(session):
        start_session(session, NOW, keyring, person, "net")
        heads.set_head(session, SYSTEM, NOW, office.unit, person, version=0)
        heads.set_substitute(session, SYSTEM, NOW, office.users["executive"], person, before=None)
    left = go(office, cases_to="colleague", pages_to="coordinator")
    session.expire_all()
    assert (left.cases.moved, left.cases.released, left.pages) == (2, 0, 1)
    colleague = office.users["colleague"].id
    assert [case.owner_id for case in (open_case, answered, closed)] == [colleague, colleague, person.id]
    assert page.responsible_user_id == office.users["coordinator"].id
    assert person.disabled_at == LATER
    for table in (Grant, SignInSession, UnitHead):
        assert session.scalar(select(func.count()).select_from(table).where(table.user_id == person.id)) == 0
    assert office.users["executive"].substitute_id is None
    assert (events_of(session, "user.left"), events_of(session, "user.disabled"), events_of(session, "user.revoked")) == (1, 1, 1)


def test_each_case_keeps_its_history_of_the_handing_over(office: Office, session: Session) -> None:
    case = office.assigned()
    before = len(case.events)
    go(office, cases_to="colleague")
    session.expire_all()
    assert len(case.events) == before + 1
    assert case.events[-1].actor_id == office.users["administrator"].id


def test_what_the_successor_may_not_own_waits_for_the_coordinators(office: Office, session: Session) -> None:
    case = office.assigned()
    with unit_of_work(session):
        office.users["publisher"] = make_user(session, [(office.agency, Role.PUBLISHER)])
    left = go(office, cases_to="publisher")
    session.expire_all()
    assert (left.cases.moved, left.cases.released, case.owner_id) == (0, 1, None)


def test_without_a_successor_cases_wait_and_the_coordinator_can_give_them_out(office: Office, session: Session) -> None:
    case = office.assigned()
    go(office)
    session.expire_all()
    assert case.owner_id is None
    office.do(casework.assign, office.coordinator, case, office.users["colleague"], at=LATER)
    assert case.owner_id == office.users["colleague"].id


def test_pages_never_stay_without_somebody_who_answers_for_them(office: Office, session: Session) -> None:
    page, case = owned_page(office), office.assigned()
    with pytest.raises(Invalid) as refused:
        go(office, cases_to="colleague")
    assert "pages_to" in refused.value.fields
    session.expire_all()
    person = office.users["officer"]
    assert (page.responsible_user_id, case.owner_id, person.disabled_at) == (person.id, person.id, None), "all or nothing"


@pytest.mark.parametrize("successor", ["officer", "closed", "stranger"])
def test_a_successor_is_somebody_else_who_is_here_and_in_the_realm(office: Office, session: Session, successor: str) -> None:
    office.assigned()
    with unit_of_work(session):
        office.users["closed"] = make_user(session, [(office.agency, Role.OFFICER)], disabled_at=NOW)
    with pytest.raises(Invalid) as refused:
        go(office, cases_to=successor)
    assert "cases_to" in refused.value.fields


def test_numbers_that_changed_are_shown_again_before_anything_happens(office: Office, session: Session) -> None:
    office.assigned()
    actor, person = administrator(office), office.users["officer"]
    seen = plan(session, actor, person).fingerprint
    late = office.assigned()
    with pytest.raises(Conflict), unit_of_work(session):
        leave(session, actor, LATER, person, Successors(office.users["colleague"]), seen)
    session.expire_all()
    assert late.owner_id == person.id


def test_invitations_that_the_person_wrote_let_nobody_in_any_more(office: Office, session: Session) -> None:
    with unit_of_work(session):
        leaver = office.users["leaver"] = make_user(session, [(office.agency, Role.ADMINISTRATOR)])
        guest = Guest("new@example.go.th", "นายมาใหม่ สมมติ", unit=office.agency)
        invitations.invite(session, actor_of(session, leaver), NOW, guest, [Promise(Role.OFFICER, office.agency)])
    assert plan(session, administrator(office), leaver).invitations == 1
    go(office, "leaver")
    session.expire_all()
    assert session.scalars(select(Invitation.withdrawn_at)).one() == LATER


def test_the_last_administrator_stays_until_another_is_named(office: Office, session: Session) -> None:
    with unit_of_work(session):
        above = actor_of(session, make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)]))
    with pytest.raises(Invalid) as refused:
        go(office, "administrator", by=above)
    assert "role" in refused.value.fields
    with unit_of_work(session):
        make_user(session, [(office.agency, Role.ADMINISTRATOR)])
    go(office, "administrator", by=above)


def test_nobody_lets_themselves_or_others_people_leave(office: Office, session: Session) -> None:
    with unit_of_work(session):
        make_user(session, [(office.agency, Role.ADMINISTRATOR)])
        elsewhere = actor_of(session, make_user(session, [(office.elsewhere, Role.ADMINISTRATOR)]))
    with pytest.raises(Invalid):
        go(office, "administrator")
    for actor in (elsewhere, office.coordinator):
        with pytest.raises(NotAllowed):
            go(office, by=actor)


def test_who_belongs_to_no_unit_leaves_as_well(office: Office, session: Session) -> None:
    with unit_of_work(session):
        office.users["officer"].unit_id = None
    go(office)
    assert office.users["officer"].disabled_at == LATER


def test_reports_of_corruption_are_let_go_without_a_number(office: Office, session: Session) -> None:
    """Collectors find them on their desk again; the administrator learns nothing of them."""
    collector = office.users["officer"]
    before = plan(session, administrator(office), collector)
    with unit_of_work(session):
        report = CorruptionReport(
            key="a" * 32, desk_agency_id=office.agency.id, month=NOW.date().replace(day=1), status=ReportStatus.LOOKING_INTO,
            due_on=NOW.date(), kept_away_enc=b"sealed", receipt_key_id="k", receipt_hash="h" * 64, desk_news=False, holder_id=collector.id,
        )  # fmt: skip
        session.add(report)
    assert plan(session, administrator(office), collector) == before
    go(office)
    session.expire_all()
    assert (report.holder_id, report.desk_news) == (None, True)


def test_cases_kept_apart_go_on_too_and_no_number_tells_of_them(office: Office, session: Session) -> None:
    """The administrator reads the numbers; a case about the administrator is in none of them."""
    about = office.users["administrator"]
    case = office.assigned()
    office.do(casework.mark_about, office.coordinator, case, [about], [])
    assert plan(session, administrator(office), office.users["officer"]).cases == 0
    left = go(office, cases_to="colleague")
    session.expire_all()
    assert (left.cases.moved, left.cases.released) == (0, 0)
    assert case.owner_id != office.users["officer"].id


@pytest.fixture
def desk(app: Flask, session: Session, keyring: Keyring) -> Iterator[Desk]:
    with open_desk(app, session, keyring, LATER) as desk:
        with_administrator(desk.office)
        yield desk


def test_the_page_says_what_will_happen_and_does_it(desk: Desk, session: Session) -> None:
    case, page = desk.office.assigned(), owned_page(desk.office)
    person, colleague = desk.office.users["officer"], desk.office.users["colleague"]
    browser, address = desk.browser("administrator"), f"/en/desk/admin/people/{person.public_id}/leave"
    shown = browser.get(address)
    assert "Open cases that go to somebody else: 1" in shown.get_data(as_text=True)
    forgotten = browser.post_form(shown, "cases_to", cases_to=colleague.public_id)
    assert forgotten.status_code == 422
    assert f'value="{colleague.public_id}" selected' in forgotten.get_data(as_text=True), "what was chosen stays"
    done = browser.post_form(forgotten, "cases_to", cases_to=colleague.public_id, pages_to=colleague.public_id)
    assert done.status_code == 303
    said = browser.get(done.location).get_data(as_text=True)
    assert "Cases that went to the successor: 1" in said
    assert desk.fresh(case).owner_id == colleague.id
    session.refresh(page)
    assert page.responsible_user_id == colleague.id
    assert browser.get(address).status_code == 200
    assert "You cannot do this" in browser.get(address).get_data(as_text=True)


def test_a_page_that_was_overtaken_comes_back_with_the_new_numbers(desk: Desk) -> None:
    office = desk.office
    case, person = office.assigned(), office.users["officer"]
    browser = desk.browser("administrator")
    shown = browser.get(f"/en/desk/admin/people/{person.public_id}/leave")
    office.assigned()
    refused = browser.post_form(shown, "cases_to", cases_to=office.users["colleague"].public_id)
    assert refused.status_code == 409
    assert "Open cases that go to somebody else: 2" in refused.get_data(as_text=True)
    assert desk.fresh(case).owner_id == person.id


def test_whoever_left_is_signed_out_at_once(desk: Desk, session: Session) -> None:
    theirs = desk.browser("officer")
    assert theirs.get("/desk").status_code == 200
    go(desk.office)
    assert theirs.get("/desk").status_code == 303
    left = accounts.by_public_id(session, desk.office.users["officer"].public_id)
    assert isinstance(left, User)
    assert session.scalar(select(func.count()).select_from(Case).where(Case.owner_id == left.id)) == 0

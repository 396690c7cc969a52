"""The month for executives: three months side by side, what waits longest, what changed; and one page of paper."""

import io
from datetime import date, timedelta

import pikepdf
import pytest

from portal.accounts.passwords import hash_password
from portal.casework import service
from portal.db import unit_of_work
from portal.figures.month import archive, following, month_of
from portal.kernel.actor import CITIZEN, Role
from portal.outcomes.improvements import service as improvements
from portal.outcomes.improvements.entry import Entry as Change
from portal.web.pdf import can_make_pdf
from tests.casework.conftest import make_office
from tests.conftest import NOW
from tests.factories import make_user

AT = NOW + timedelta(days=40)
PASSWORD = "a long enough password"


@pytest.fixture
def office(session, keyring):
    return make_office(session, keyring)


def test_three_months_stand_side_by_side_as_they_are_today(office, session):
    for days in (0, 2, -30, -365, -366):
        office.case(at=NOW + timedelta(days=days))
    office.answered()
    contested = office.answered()
    office.do(service.contest, CITIZEN, contested, at=NOW + timedelta(days=20))
    found = month_of(session, office.agency, date(2026, 11, 1), AT)
    assert (found.last_on, found.before_on, found.as_of) == (date(2026, 10, 1), date(2025, 11, 1), date(2027, 1, 1))
    assert [one.received for one in (found.now, found.last, found.before)] == [4, 1, 2]
    assert (found.now.in_time, found.now.late, found.now.contested) == (2, 2, 1)
    assert [(line.now, line.last, line.before) for line in found.kinds] == [(4, 1, 2)]
    assert found.overdue == 6
    assert len(found.silent) == 5
    assert [case.due_on for case in found.silent] == sorted(case.due_on for case in found.silent)
    assert found.is_over
    assert not month_of(session, office.agency, date(2027, 1, 1), AT).is_over


def test_what_is_held_elsewhere_or_kept_apart_is_not_in_it(office, session):
    case = office.case()
    office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    away = office.assigned()
    office.do(service.forward, office.officer, away, office.elsewhere, "ส่งต่อ")
    found = month_of(session, office.agency, date(2026, 11, 1), AT)
    assert (found.now.received, found.overdue, found.silent) == (0, 0, [])


def test_the_archive_has_every_month_with_cases_and_the_present_one(office, session):
    office.case(at=NOW - timedelta(days=60))
    office.case()
    assert [month for month, _ in archive(session, office.agency, AT)] == [date(2027, 1, 1), date(2026, 11, 1), date(2026, 9, 1)]
    assert following(date(2026, 12, 1)) == date(2027, 1, 1)


def test_improvements_of_the_month_are_named(office, session):
    case = office.closed()
    change = Change(kind="service", unit=office.agency.slug, title_th="เปิดตู้ทุกเดือน", problem_th="ไม่เคยเปิด", action_th="เปิดทุกเดือน")
    with unit_of_work(session):
        improvements.plan(session, office.coordinator, NOW, office.agency, change, case.number)
    assert [one.title_th for one in month_of(session, office.agency, date(2026, 11, 1), AT).improved] == ["เปิดตู้ทุกเดือน"]
    assert month_of(session, office.agency, date(2026, 10, 1), AT).improved == []


def test_an_executive_reads_the_months_of_their_own_agency_and_takes_the_paper(client, office, session, monkeypatch):
    monkeypatch.setattr("portal.figures.desk.now", lambda: AT)
    with unit_of_work(session):
        email = make_user(session, [(office.agency, Role.EXECUTIVE)], password_hash=hash_password(PASSWORD)).email
    case = office.case()
    assert client.get("/desk/figures").status_code == 303
    assert client.sign_in(email, PASSWORD).status_code == 303
    assert "month=2026-11" in client.get("/desk/figures").get_data(as_text=True)
    assert case.number in client.get("/desk/figures/month?month=2026-11").get_data(as_text=True)
    for wrong in ("", "?month=2026-13", "?month=2027-02", "?month=0001-01", f"?month=2026-11&agency={office.elsewhere.slug}"):
        assert client.get(f"/desk/figures/month{wrong}").status_code == 404, wrong
    paper = client.get("/desk/figures/month.pdf?month=2026-11")
    assert paper.status_code == (200 if can_make_pdf() else 404)
    if can_make_pdf():
        assert len(pikepdf.open(io.BytesIO(paper.data)).pages) == 1

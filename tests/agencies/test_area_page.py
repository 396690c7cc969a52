"""The page on which an administrator writes where the agency works."""

import pytest

from portal.agencies import areas
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.actor import Role
from tests.client import PageClient, parse
from tests.desk.people import Desk, open_desk
from tests.factories import make_user


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


@pytest.fixture
def chief(desk: Desk) -> PageClient:
    with unit_of_work(desk.office.session) as session:
        user = make_user(session, [(desk.office.agency, Role.ADMINISTRATOR)])
    return desk.browser(user)


def address(agency: Agency) -> str:
    return f"/en/desk/admin/agencies/{agency.slug}/area"


def test_it_is_written_and_shown_and_stays_when_a_line_is_wrong(desk: Desk, chief: PageClient) -> None:
    agency, session = desk.office.agency, desk.office.session
    saved = chief.post_form(chief.get(address(agency)), "/area", area="อำเภอแม่สอด จังหวัดตาก")
    assert saved.status_code == 303
    session.rollback()
    assert areas.area_of(session, agency.id) == ["6306"]
    page = chief.get(saved.headers["Location"])
    assert "Mae Sot, Tak" in page.get_data(as_text=True)
    wrong = chief.post_form(page, "/area", area="6306\nเมืองทิพย์")
    assert wrong.status_code == 422
    root = parse(wrong.get_data(as_text=True))
    assert "เมืองทิพย์" in "".join(root.xpath("//*[@id='area-error']")[0].itertext())
    assert "เมืองทิพย์" in root.xpath("//textarea[@name='area']/text()")[0]
    session.rollback()
    assert areas.area_of(session, agency.id) == ["6306"]


def test_others_find_no_such_page(desk: Desk, chief: PageClient) -> None:
    assert chief.get(address(desk.office.elsewhere)).status_code == 404
    assert desk.browser("coordinator").get(address(desk.office.agency)).status_code == 403

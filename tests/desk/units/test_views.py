"""The pages that move, merge and close: they say in counts what will be done, and do exactly what was confirmed."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.db import unit_of_work
from portal.kernel.actor import Role
from tests.client import PageClient, find_form, form_fields, parse
from tests.desk.people import Desk
from tests.factories import make_agency, make_user


@pytest.fixture
def other(desk: Desk, session: Session) -> Agency:
    """Another unit of the office's agency."""
    with unit_of_work(session):
        return make_agency(session, parent_id=desk.office.agency.id, level=AgencyLevel.DIVISION)


@pytest.fixture
def above(desk: Desk, session: Session) -> PageClient:
    """A browser of a system administrator."""
    with unit_of_work(session):
        user = make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)])
    return desk.browser(user)


Administrator = Callable[[], PageClient]


@pytest.fixture
def administrator(desk: Desk, session: Session) -> Administrator:
    """Browsers of administrators of the office's agency and what lies below."""

    def browser() -> PageClient:
        with unit_of_work(session):
            user = make_user(session, [(desk.office.agency, Role.ADMINISTRATOR)], with_children=True)
        return desk.browser(user)

    return browser


def words(page):
    return page.get_data(as_text=True)


def shown(page):
    """The plan on the page, as one text."""
    return " ".join(parse(words(page)).xpath("//section[@aria-labelledby='plan']//li//text()"))


def confirm(client, page):
    """Press the button under the plan: the first form of the page."""
    form = find_form(words(page), "confirmed")
    return client.post(form.get("action"), data=form_fields(form))


def fresh(desk, agency):
    desk.office.session.rollback()
    desk.office.session.refresh(agency)
    return agency


def test_closing_with_forty_open_cases_says_so_first_and_then_does_exactly_that(desk, above):
    office = desk.office
    for _ in range(40):
        office.case()
    url = f"/en/desk/admin/agencies/{office.agency.slug}/end"
    page = above.post_form(above.get(url), "/end", how="close", successor=office.elsewhere.slug, rights="work")
    assert page.status_code == 200
    assert f"40 open cases go to {office.elsewhere.name_en}" in shown(page)
    assert "4 people work in" in shown(page)
    assert "3 rights go on, 1 end" in shown(page)
    assert "Executive" in words(page)
    assert not fresh(desk, office.agency).is_closed, "nothing is done before it is confirmed"
    done = confirm(above, page)
    assert done.headers["Location"].endswith("/desk/admin/agencies?done=closed")
    assert fresh(desk, office.agency).is_closed
    assert office.elsewhere.name_en in words(above.get(f"/en/agencies/{office.agency.slug}"))


def test_what_changed_since_is_shown_anew_and_nothing_is_done(desk, above):
    office = desk.office
    office.case()
    url = f"/en/desk/admin/agencies/{office.agency.slug}/end"
    page = above.post_form(above.get(url), "/end", how="merge", successor=office.elsewhere.slug)
    office.case()
    late = confirm(above, page)
    assert late.status_code == 409
    assert "2 open cases go to" in shown(late)
    assert not fresh(desk, office.agency).is_closed
    assert confirm(above, late).status_code == 303


def test_what_still_holds_something_needs_a_successor(desk, administrator, other):
    client, office = administrator(), desk.office
    case = office.assigned()
    with unit_of_work(office.session):
        make_user(office.session, unit_id=other.id)
    page = client.get(f"/desk/admin/agencies/{other.slug}/end")
    refused = client.post_form(page, "/end", how="close", successor="")
    assert refused.status_code == 422
    assert parse(words(refused)).xpath("//a[@href='#successor']")
    assert case.agency_id == office.agency.id


@pytest.mark.parametrize("place", ["itself", "below", "nowhere", "closed", "nonsense"])
def test_a_unit_cannot_come_to_lie_below_itself_nor_where_nothing_can(desk, above, session, other, place):
    with unit_of_work(session):
        below = make_agency(session, parent_id=other.id, level=AgencyLevel.DIVISION)
        closed = make_agency(session, closed_at=desk.office.agency.updated_at)
    slug = {"itself": other.slug, "below": below.slug, "nowhere": "", "closed": closed.slug, "nonsense": "\x00"}[place]
    page = above.get(f"/desk/admin/agencies/{other.slug}/move")
    assert above.post_form(page, "/move", parent=slug).status_code == 422
    forced = above.post_form(page, "/move", parent=slug, confirmed="cases=0 people=0")
    assert forced.status_code in (409, 422)
    assert fresh(desk, other).parent_id == desk.office.agency.id


def test_a_move_says_who_gains_and_loses_a_right(desk, above, session, other):
    office = desk.office
    with unit_of_work(session):
        make_user(session, [(office.agency, Role.COORDINATOR)], with_children=True)
        for _ in range(2):
            make_user(session, [(office.elsewhere, Role.OFFICER)], with_children=True)
    page = above.post_form(above.get(f"/en/desk/admin/agencies/{other.slug}/move"), "/move", parent=office.elsewhere.slug)
    assert "2 people gain a right" in shown(page)
    assert "1 people lose such a right" in shown(page)
    assert confirm(above, page).status_code == 303
    assert fresh(desk, other).parent_id == office.elsewhere.id


def test_of_two_administrators_at_once_the_second_is_told(desk, administrator, session, other):
    with unit_of_work(session):
        third = make_agency(session, parent_id=desk.office.agency.id, level=AgencyLevel.DIVISION)
    first, second = administrator(), administrator()
    url, ending = f"/desk/admin/agencies/{other.slug}/move", "/move"
    plans = [client.post_form(client.get(url), ending, parent=place.slug) for client, place in ((first, third), (second, desk.office.unit))]
    assert confirm(first, plans[0]).status_code == 303
    late = confirm(second, plans[1])
    assert late.status_code == 409
    assert fresh(desk, other).parent_id == third.id


def test_nobody_ends_their_own_root_and_strangers_find_nothing(desk, administrator, other):
    client = administrator()
    for verb in ("move", "end"):
        assert client.get(f"/desk/admin/agencies/{desk.office.agency.slug}/{verb}").status_code == 403
        assert client.get(f"/desk/admin/agencies/{desk.office.elsewhere.slug}/{verb}").status_code == 404
        assert desk.browser("officer").get(f"/desk/admin/agencies/{other.slug}/{verb}").status_code == 403
    page = client.get(f"/desk/admin/agencies/{other.slug}/end")
    assert client.post_form(page, "/end", successor=desk.office.elsewhere.slug).status_code == 422
    assert client.post_form(page, "/end", successor=desk.office.unit.slug, rights="all").status_code == 422

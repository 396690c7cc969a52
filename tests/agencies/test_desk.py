"""The administration's pages of agencies: the tree, adding, describing, missions and strategy, the seal; two administrators at once."""

import io
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.service import start_session
from portal.agencies import queries
from portal.agencies.desk.tree import tree_of
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from tests.accounts.offices import TwoOffices, make_offices
from tests.client import PageClient, parse
from tests.conftest import NOW
from tests.factories import make_agency
from tests.files.makers import encoded

TREE = "/desk/admin/agencies"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@dataclass
class House:
    """The two offices, and browsers of their people."""

    app: Flask
    session: Session
    keyring: Keyring
    offices: TwoOffices

    def browser(self, user: User) -> PageClient:
        with unit_of_work(self.session):
            token = start_session(self.session, NOW, self.keyring, user, "test network")
        client = self.app.test_client()
        client.set_cookie("portal_session", token)
        return client  # type: ignore[return-value]

    def fresh(self) -> Agency:
        """The agency ``here`` as it is in the database now."""
        self.session.rollback()
        self.session.refresh(self.offices.here)
        return self.offices.here


@pytest.fixture
def house(app: Flask, session: Session, keyring: Keyring):
    with time_machine.travel(NOW, tick=False):
        yield House(app, session, keyring, make_offices(session))


@pytest.fixture
def administrator(house: House) -> PageClient:
    """Of ``here`` alone, not of what lies below."""
    return house.browser(house.offices.administrator)


@pytest.fixture
def above(house: House) -> PageClient:
    return house.browser(house.offices.system_administrator)


def words(page):
    return page.get_data(as_text=True)


def test_the_tree_shows_what_one_administers_each_below_its_own(house, above, administrator):
    offices = house.offices
    lines = [" ".join(line.itertext()) for line in parse(words(above.get(f"/en{TREE}"))).xpath("//ul[@aria-label='The tree']/li")]
    place = next(number for number, line in enumerate(lines) if offices.here.name_en in line)
    assert {offices.division.name_en, offices.below.name_en} == {
        one.name_en for one in (offices.division, offices.below) for line in lines[place + 1 : place + 3] if one.name_en in line
    }
    assert "Level 2:" in lines[place + 1]
    mine = words(administrator.get(f"/en{TREE}"))
    assert offices.here.name_en in mine
    assert offices.there.name_en not in mine
    assert house.browser(offices.officer).get(TREE).status_code == 403


def test_a_search_finds_by_name_and_address_and_says_where_nothing_is(house, above):
    found = words(above.get(f"{TREE}?q={house.offices.there.slug}"))
    assert house.offices.there.name_th in found
    assert house.offices.here.name_th not in found
    assert above.get(f"{TREE}?q=%00&below=%00").status_code == 200


def test_a_wide_tree_is_folded_where_it_would_be_too_long():
    agencies = [Agency(id=number, parent_id=None if number < 3 else number % 3 or 1) for number in range(1, 40)]
    rows = tree_of(agencies, most=20)
    assert len(rows) == 2
    assert sum(row.hidden for row in rows) == 37
    assert len(tree_of(agencies, most=100)) == 39
    assert {row.depth for row in tree_of(agencies, agencies[0])} == {0, 1}


def test_units_and_agencies_are_added_below_what_one_administers_and_at_the_top_by_those_above(house, administrator, above):
    values = {"name_th": "กองใหม่", "level": "division", "kind": "government", "slug": "new-division", "code": "NEWD"}
    page = administrator.get(f"/desk/admin/agency-new?below={house.offices.here.slug}")
    assert administrator.post_form(page, "/agency-new", **values).headers["Location"].endswith("/new-division?done=added")
    house.fresh()
    assert queries.by_slug(house.session, "new-division").parent_id == house.offices.here.id
    for parent in ("", house.offices.there.slug, "\x00"):
        refused = administrator.post_form(page, "/agency-new", **{**values, "slug": "x", "code": "XX", "parent": parent})
        assert refused.status_code in (403, 422), parent
    page = above.get("/desk/admin/agency-new")
    for wrong, field in (({"slug": "opdc"}, "slug"), ({"code": "a"}, "code"), ({"name_th": ""}, "name_th"), ({"parent": ""}, "level")):
        refused = above.post_form(page, "/agency-new", **{**values, "slug": "fresh", "code": "FRESH", "parent": "opdc", **wrong})
        assert refused.status_code == 422
        assert parse(words(refused)).xpath(f"//a[@href='#{field}']"), field
        assert 'value="กองใหม่"' in words(refused) or "name_th" in wrong
    top = above.post_form(page, "/agency-new", **{**values, "level": "ministry", "slug": "fresh", "code": "FRESH", "parent": ""})
    assert top.status_code == 303


def test_of_two_who_save_at_once_the_second_sees_both_texts_and_then_decides(house, administrator, above):
    url = f"{TREE}/{house.offices.here.slug}"
    first, second = administrator.get(url), above.get(url)
    assert administrator.post_form(first, url, phone="02 111 1111").status_code == 303
    late = above.post_form(second, url, phone="02 222 2222")
    assert late.status_code == 409
    conflict = " ".join(parse(words(late)).xpath("//section[contains(@class, 'sr-conflict')]//text()"))
    assert "02 111 1111" in conflict
    assert "02 222 2222" in conflict
    assert house.fresh().phone == "02 111 1111"
    assert above.post_form(late, url).status_code == 303
    assert house.fresh().phone == "02 222 2222"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name_th": " \u200b"}, "name_th"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"email": "x"}, "email"),
        ({"level": "division"}, "level"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(house, above, values, field):
    url = f"{TREE}/{house.offices.here.slug}"
    page = above.post_form(above.get(url), url, **values)
    assert page.status_code == 422
    assert parse(words(page)).xpath(f"//a[@href='#{field}']")


@pytest.mark.parametrize(
    ("name", "content"), [("seal.svg", SVG), ("seal.png", SVG), ("seal.svgz", b"\x1f\x8b"), ("seal.png", b"MZ"), ("", b"")]
)
def test_a_seal_that_is_no_picture_is_refused_with_a_reason(house, administrator, name, content):
    url = f"{TREE}/{house.offices.here.slug}/seal"
    page = administrator.post_form(administrator.get(url), "/seal", seal=(io.BytesIO(content), name))
    assert page.status_code == 422
    assert parse(words(page)).xpath("//a[@href='#seal']")
    assert house.fresh().seal is None


def test_a_seal_that_is_a_picture_is_shown(house, administrator):
    url = f"{TREE}/{house.offices.here.slug}/seal"
    assert administrator.post_form(administrator.get(url), "/seal", seal=(io.BytesIO(encoded("PNG")), "ตรา.png")).status_code == 303
    assert f"/files/seals/{house.fresh().seal.public_id}" in words(administrator.get(url))


def test_missions_are_written_ordered_and_removed_each_for_the_version_seen(house, administrator):
    url = f"{TREE}/{house.offices.here.slug}/missions"
    for code in ("M1", "M2"):
        assert administrator.post_form(administrator.get(url), "/missions", code=code, text_th=f"ภารกิจ {code}").status_code == 303
    stale = administrator.get(url)
    assert administrator.post_form(stale, "/M2/up").status_code == 303
    assert [one.code for one in queries.missions(house.session, house.fresh().id)] == ["M2", "M1"]
    assert administrator.post_form(stale, "/M1/remove").status_code == 409
    twice = administrator.post_form(administrator.get(url), "/missions", code="M1", text_th="อีก")
    assert twice.status_code == 422
    assert ">อีก</textarea>" in words(twice).replace("\n", "")
    assert administrator.post_form(administrator.get(url), "/M1/remove").status_code == 303
    assert administrator.get(f"{url}?edit=M1").status_code == 404


def test_a_place_of_the_strategy_cannot_lie_below_itself(house, administrator):
    url = f"{TREE}/{house.offices.here.slug}/strategy"
    for code, parent in (("S1", ""), ("S1-1", "S1")):
        page = administrator.post_form(administrator.get(url), "/strategy", code=code, title_th=f"แผน {code}", parent=parent)
        assert page.status_code == 303
    for parent in ("S1", "S1-1", "S9"):
        edited = administrator.get(f"{url}?edit=S1")
        assert administrator.post_form(edited, ["/strategy", "edit=S1"][0], parent=parent).status_code == 422


def test_a_closed_agency_is_a_record_that_nobody_edits(house, above):
    with unit_of_work(house.session):
        closed = make_agency(house.session, closed_at=NOW, successor_id=house.offices.there.id)
        phone = closed.phone
    url = f"{TREE}/{closed.slug}"
    page = words(above.get(url))
    assert house.offices.there.name_th in page
    assert f'action="{url}"' not in page
    stale = above.get(f"{TREE}/{house.offices.here.slug}")
    fields = {"row_version": "1", "csrf_token": parse(words(stale)).xpath("//input[@name='csrf_token']/@value")[0]}
    typed = {"name_th": "ใหม่", "level": "department", "kind": "government", "phone": "1"}
    assert above.post(url, data={**fields, **typed}).status_code == 409
    house.session.refresh(closed)
    assert closed.phone == phone

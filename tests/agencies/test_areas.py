"""Areas: written one place a line, by name or code."""

import pytest

from portal.agencies import areas
from portal.db import unit_of_work
from portal.kernel import places
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user


def test_every_place_can_be_written_and_read_back():
    for place in list(places.provinces()) + [one for province in ("10", "63", "55") for one in places.districts_of(province)]:
        assert areas.read_lines(areas.written([place.code])) == [place.code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("จังหวัดตาก", ["63"]),
        ("ตาก\nน่าน", ["55", "63"]),
        ("๖๓๐๖", ["6306"]),
        ("อำเภอแม่สอด จังหวัดตาก\n63", ["63"]),
        ("Mae Sot, Tak", ["6306"]),
        ("\n  \n", []),
    ],
)
def test_lines_are_read(text, codes):
    assert areas.read_lines(text) == codes


@pytest.mark.parametrize("text", ["เมืองทิพย์", "999999", "อำเภอเฉลิมพระเกียรติ", "ตาก น่าน", "😀", "x\n" * 201])
def test_what_is_no_place_or_not_one_is_named(text):
    with pytest.raises(Invalid) as refused:
        areas.read_lines(text)
    assert set(refused.value.fields) == {"area"}


def test_an_administrator_writes_it_anew_and_nobody_else(session):
    with unit_of_work(session):
        agency = make_agency(session)
        chief, other = (actor_of(session, make_user(session, [(agency, role)])) for role in (Role.ADMINISTRATOR, Role.COORDINATOR))
    with unit_of_work(session):
        areas.set_area(session, chief, NOW, agency, "จังหวัดตาก\nจังหวัดน่าน", row_version=agency.row_version)
    with unit_of_work(session):
        areas.set_area(session, chief, NOW, agency, "6306", row_version=agency.row_version)
    assert areas.area_of(session, agency.id) == ["6306"]
    with pytest.raises(NotAllowed), unit_of_work(session):
        areas.set_area(session, other, NOW, agency, "63", row_version=agency.row_version)
    with pytest.raises(Conflict), unit_of_work(session):
        areas.set_area(session, chief, NOW, agency, "63", row_version=agency.row_version - 1)

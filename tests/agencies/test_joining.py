"""Who is in a province, who has joined its governor's view, and who may decide it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.areas import AgencyArea
from portal.agencies.joining.queries import (
    in_province,
    joined_since,
    joining,
    joinings_now,
    joinings_of,
    open_to,
    province_by_slug,
    provinces,
    reading_along,
)
from portal.agencies.joining.rules import lies_within, touches
from portal.agencies.joining.service import JOINED, LEFT, join, leave
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

WHY = "ประสานงานน้ำท่วมกับจังหวัด"
CODES = st.lists(st.sampled_from(["50", "5001", "500101", "63", "6306", "630601", "5002"]), max_size=3, unique=True)


@pytest.fixture
def province(session: Session) -> Agency:
    with unit_of_work(session):
        made = make_agency(session, level=AgencyLevel.PROVINCE)
        session.add(AgencyArea(agency_id=made.id, code="63"))
    return made


@pytest.fixture
def town(session: Session) -> Agency:
    """A municipality that says nowhere where it works."""
    with unit_of_work(session):
        return make_agency(session, level=AgencyLevel.LOCAL)


def head_of(session: Session, agency: Agency, role: Role = Role.EXECUTIVE, *, with_children: bool = False) -> Actor:
    with unit_of_work(session):
        return actor_of(session, make_user(session, [(agency, role)], with_children=with_children))


def test_an_agency_can_join_the_provinces_it_touches_and_has_not_joined(session: Session, province: Agency, town: Agency) -> None:
    with unit_of_work(session):
        far = make_agency(session, level=AgencyLevel.PROVINCE)
        inside = make_agency(session)
        session.add_all([AgencyArea(agency_id=far.id, code="50"), AgencyArea(agency_id=inside.id, code="6306")])

    def offered() -> dict[int, set[int]]:
        return {one: {place.id for place in places} for one, places in open_to(session, [province, far, town, inside]).items()}

    # The town says nowhere where it works; two provinces touch nothing of each other.
    assert offered() == {province.id: set(), far.id: set(), town.id: {province.id, far.id}, inside.id: {province.id}}
    head = head_of(session, inside)
    with unit_of_work(session):
        join(session, head, NOW, inside, province, WHY)
        far.closed_at = NOW
    assert offered() == {province.id: set(), far.id: set(), town.id: {province.id}, inside.id: set()}


def test_who_writes_is_told_of_governors_who_read_along_now(session: Session, province: Agency, town: Agency) -> None:
    def told() -> tuple[list[Agency], bool, bool]:
        since = (joined_since(session, town.id, NOW - timedelta(hours=1)), joined_since(session, town.id, NOW))
        return [*reading_along(session, town.id)], *since

    head = head_of(session, town)
    assert told() == ([], False, False)
    with unit_of_work(session):
        join(session, head, NOW, town, province, WHY)
    assert told() == ([province], True, False)
    with unit_of_work(session):
        province.closed_at = NOW
    assert told() == ([], False, False)


def test_in_a_province_are_what_lies_below_it_who_works_nowhere_else_and_who_has_joined(
    session: Session, province: Agency, town: Agency
) -> None:
    with unit_of_work(session):
        unit = make_agency(session, parent_id=province.id, level=AgencyLevel.DIVISION)
        counter = make_agency(session, parent_id=unit.id, level=AgencyLevel.SERVICE_POINT)
        inside, beyond, other = (make_agency(session) for _ in range(3))
        areas = {inside: ["6306", "630102"], beyond: ["6306", "50"], other: ["50"]}
        session.add_all(AgencyArea(agency_id=one.id, code=code) for one, codes in areas.items() for code in codes)
    assert set(in_province(session, province)) == {province, counter, inside}
    with unit_of_work(session):
        join(session, actor_of(session, make_user(session, [(town, Role.EXECUTIVE)])), NOW, town, province, WHY)
    assert set(in_province(session, province)) == {province, counter, inside, town}
    assert provinces(session) == [province]
    assert province_by_slug(session, town.slug) is None
    with unit_of_work(session):
        province.closed_at = NOW
    assert province_by_slug(session, province.slug) is None


@given(area=CODES, whole=CODES)
def test_an_area_within_touches_and_one_without_a_word_may_be_anywhere(area: list[str], whole: list[str]) -> None:
    if lies_within(area, whole):
        assert area
        assert touches(area, whole)
    assert touches(area, []) is touches([], area) is True
    assert not lies_within([], whole)
    assert touches(["6306"], ["63"]) is touches(["63"], ["6306"]) is True
    assert touches(["50"], ["63"]) is False


def test_joining_and_leaving_are_public_dated_and_in_the_trail(session: Session, province: Agency, town: Agency) -> None:
    head = head_of(session, town)
    with unit_of_work(session):
        row = join(session, head, NOW, town, province, f"  {WHY} ", "Floods")
    assert (row.joined_at, row.reason_th, row.reason_en, row.left_at) == (NOW, WHY, "Floods", None)
    with pytest.raises(Conflict), unit_of_work(session):
        join(session, head, NOW, town, province, WHY)
    with unit_of_work(session):
        leave(session, head, NOW + timedelta(days=3), town, province, "แบ่งงานใหม่แล้ว")
    assert joining(session, province.id, town.id) is None
    with pytest.raises(Conflict), unit_of_work(session):
        leave(session, head, NOW, town, province, WHY)
    with unit_of_work(session):
        join(session, head, NOW + timedelta(days=9), town, province, WHY)
    assert [one.left_at is None for one in joinings_of(session, province.id)] == [True, False]
    assert [one.province for one in joinings_now(session, [town.id])] == [province]
    trail = session.execute(select(AuditEntry.act, AuditEntry.agency_id).where(AuditEntry.act.like("province.%")).order_by(AuditEntry.id))
    assert trail.all() == [(JOINED, town.id), (LEFT, town.id), (JOINED, town.id)]


def test_nobody_above_decides_it_and_the_governor_only_ends_it(session: Session, province: Agency) -> None:
    with unit_of_work(session):
        below = make_agency(session, parent_id=province.id, level=AgencyLevel.SERVICE_POINT)
        ministry = province.parent = make_agency(session)
    governor, minister = head_of(session, province, with_children=True), head_of(session, ministry, with_children=True)
    clerk = head_of(session, below, Role.COORDINATOR)
    assert governor.holds(Role.EXECUTIVE, below.id)
    for who in (governor, minister, clerk):
        with pytest.raises(NotAllowed), unit_of_work(session):
            join(session, who, NOW, below, province, WHY)
    own = head_of(session, below)
    with unit_of_work(session):
        join(session, own, NOW, below, province, WHY)
    for who in (minister, clerk):
        with pytest.raises(NotAllowed), unit_of_work(session):
            leave(session, who, NOW, below, province, WHY)
    with unit_of_work(session):
        assert leave(session, governor, NOW, below, province, WHY).left_at == NOW


def test_a_reason_and_a_province_that_fits_are_asked_for(session: Session, province: Agency, town: Agency) -> None:
    head, governor = head_of(session, town), head_of(session, province)
    with unit_of_work(session):
        session.add(AgencyArea(agency_id=town.id, code="50"))

    def refused(who: Actor, agency: Agency, place: Agency | None, reason: str = WHY) -> set[str]:
        with pytest.raises(Invalid) as fault, unit_of_work(session):
            join(session, who, NOW, agency, place, reason)
        return set(fault.value.fields)

    assert refused(head, town, province) == {"province"}  # it works elsewhere
    assert refused(head, town, None) == refused(head, town, town) == refused(governor, province, province) == {"province"}
    assert refused(head, town, province, " ") == refused(head, town, province, "ก" * 1001) == {"reason_th"}
    with unit_of_work(session):
        town.closed_at = NOW
    with pytest.raises(NotAllowed), unit_of_work(session):
        join(session, head, NOW, town, province, WHY)

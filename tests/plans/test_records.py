"""Records that an activity produced: found by their address, public, of this agency; once for one mission."""

import pytest

from portal.db import unit_of_work
from portal.kernel.actor import Role
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from portal.outcomes.improvements import service as improvements
from portal.outcomes.improvements.entry import Entry
from portal.plans import queries, service
from portal.registry import RECORDS
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import actor_of, make_user
from tests.plans.conftest import Planning

BASE = "https://portal.example"


def link(planning: Planning, row, typed, actor=None):
    with unit_of_work(planning.office.session) as session:
        return service.link(session, actor or planning.office.coordinator, NOW, row, typed, BASE, RECORDS)


@pytest.fixture
def planned(planning):
    """An activity of each of the two missions."""
    planning.open()
    return planning.add(), planning.add(mission="M2", title_th="อีกภารกิจหนึ่ง")


@pytest.fixture
def improvement(planning):
    with unit_of_work(planning.office.session) as session:
        typed = Entry(kind="service", title_th="ลดเวลารอ", problem_th="รอ", action_th="เปิดช่อง", unit=planning.office.agency.slug)
        return improvements.plan(session, planning.office.officer, NOW, planning.office.agency, typed)


def test_a_record_is_linked_by_any_way_of_writing_its_address(planning, planned, improvement):
    one, _ = planned
    link(planning, one, f" {BASE}/en/improvements/{improvement.slug}?utm=1#top ")
    assert [(record.path, record.name_th) for record in one.records] == [(f"/improvements/{improvement.slug}", "ลดเวลารอ")]
    agency = planning.office.agency.slug
    link(planning, one, f"/cases?agency={agency}&list=received&from=2026-10-01&until=2026-10-31", actor=planning.publisher)
    page = make_page(planning.office.session, NOW, planning.office.agency)
    link(planning, one, f"/disclosures/{page.slug}")
    assert [record.path.split("/")[1].split("?")[0] for record in one.records] == ["improvements", "cases", "disclosures"]
    with unit_of_work(planning.office.session) as session:
        service.unlink(session, planning.publisher, NOW, one, f"/disclosures/{page.slug}")
        with pytest.raises(NotFound):
            service.unlink(session, planning.publisher, NOW, one, "/disclosures/none")
    assert len(one.records) == 2


NOWHERE = [
        "", "x", "http://[", "https://elsewhere.example/improvements/x", "javascript:alert(1)", "/", "/improvements", "/improvements/none",
        "/improvements/\x00", "/desk/cases/1", "/plans/x/2570", "/cases", "/cases?agency=none", "/cases/OPDC-2569-000001", "/boxes/none",
        "/boxes/a#opening-1", "/agencies/none/channels/web", "/agencies/x/channels/\x00", "/reports/none", "/disclosures/" + "x" * 400,
        "/disclosures/a/b", "/disclosures",
]  # fmt: skip


def test_what_leads_to_no_public_record_is_refused_at_its_field(planning, planned):
    for typed in NOWHERE:
        with pytest.raises(Invalid) as refused:
            link(planning, planned[0], typed)
        assert set(refused.value.fields) == {"address"}


def test_neither_a_draft_nor_a_record_of_another_agency_nor_one_twice(planning, planned, improvement):
    one, _ = planned
    office = planning.office
    draft = make_page(office.session, NOW, office.agency, publish=False)
    theirs = make_page(office.session, NOW, office.elsewhere)
    own = make_page(office.session, NOW, office.unit)
    for slug in (draft.slug, theirs.slug):
        with pytest.raises(Invalid):
            link(planning, one, f"/disclosures/{slug}")
    with pytest.raises(Invalid):
        link(planning, one, f"/cases?agency={office.elsewhere.slug}&list=received")
    link(planning, one, f"/disclosures/{own.slug}")  # of a unit of the agency
    with pytest.raises(Invalid):
        link(planning, one, f"/disclosures/{own.slug}")
    with pytest.raises(NotAllowed):
        link(planning, one, f"/improvements/{improvement.slug}", actor=office.officer)


def test_one_that_another_mission_has_is_told_at_once(planning, planned, improvement):
    one, other = planned
    address = f"/improvements/{improvement.slug}"
    assert link(planning, one, address) is None
    same = planning.add(title_th="ภารกิจเดียวกัน")
    assert link(planning, same, address) is None
    told = link(planning, other, address)
    assert told is not None
    assert told.id == one.id
    used = queries.used_elsewhere(planning.office.session, planning.office.agency.id, [one, other, same])
    shared = {one: other, other: one, same: other}
    assert {key: found.id for key, found in used.items()} == {(row.id, address): there.id for row, there in shared.items()}


def test_who_works_elsewhere_links_nothing(planning, planned):
    with unit_of_work(planning.office.session) as session:
        stranger = actor_of(session, make_user(session, [(planning.office.elsewhere, Role.PUBLISHER)]))
    with pytest.raises(NotAllowed):
        link(planning, planned[0], "/improvements/x", actor=stranger)

"""A matter is raised to an agency above: one owner, one clock, and where it came up stays known."""

from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.casework import service
from portal.casework.models import Case, CaseEvent
from portal.casework.raising.queries import above, raised_to
from portal.casework.raising.service import raise_up
from portal.casework.rules import Act, Status
from portal.casework.service.ownership import RAISED
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

WHY = "เป็นปัญหาทั้งประเทศ จังหวัดแก้เองไม่ได้"


@pytest.fixture
def centre(office: Office) -> Agency:
    """An agency above the office, and another above that."""
    with unit_of_work(office.session):
        top = make_agency(office.session)
        office.agency.parent = make_agency(office.session, parent_id=top.id)
    return office.agency.parent


@pytest.fixture
def head(office: Office, centre: Agency) -> Actor:
    """The coordinator of the agency above."""
    with unit_of_work(office.session):
        return actor_of(office.session, make_user(office.session, [(centre, Role.COORDINATOR)]))


def up(office: Office, case: Case, target: Agency, actor: Actor | None = None, **values: Any) -> CaseEvent:
    event: CaseEvent = office.do(raise_up, actor or office.coordinator, case, target, values.pop("reason", WHY), **values)
    return event


def refused(office: Office, case: Case, target: Agency, **values: Any) -> set[str]:
    """The fields that are wrong."""
    with pytest.raises(Invalid) as fault:
        up(office, case, target, **values)
    return set(fault.value.fields)


def test_the_owner_and_the_clock_stay_the_hop_is_counted_and_history_and_trail_say_so(office: Office, centre: Agency) -> None:
    case = office.assigned()
    before = case.owner_id, case.due_on, case.first_due_on, case.received_at
    event = up(office, case, centre)
    assert (case.owner_id, case.due_on, case.first_due_on, case.received_at) == before
    assert (case.agency_id, case.unit_id, case.hops, case.status) == (centre.id, None, 1, Status.RECEIVED)
    assert (event.act, event.visible_to_citizen, event.detail[RAISED]) == (Act.FORWARD_AGENCY, True, True)
    assert [words.body for words in event.words] == [WHY]
    trail = select(func.count()).select_from(AuditEntry).where(AuditEntry.object_key == case.number)
    assert office.session.scalar(trail) == case.row_version == 3


def test_where_it_came_up_stays_known_however_often_it_is_raised_and_wherever_it_goes(office: Office, centre: Agency, head: Actor) -> None:
    case = office.case()
    office.do(service.forward, office.coordinator, case, office.unit, "หน่วยนี้ดูแล")
    up(office, case, office.agency)
    assert (case.unit_id, case.status) == (None, Status.RECEIVED)
    up(office, case, centre)
    assert centre.parent is not None
    up(office, case, centre.parent, head)
    steps = [(row.origin_id, row.from_id, row.to_id) for row in case.raises]
    places = [office.unit.id, office.agency.id, centre.id, centre.parent.id]
    assert steps == [(places[0], below, over) for below, over in pairwise(places)]


def test_only_who_decides_there_raises_and_only_to_an_open_agency_above(office: Office, centre: Agency, head: Actor) -> None:
    case = office.assigned()
    for who in (office.officer, office.stranger, head):
        with pytest.raises(NotAllowed):
            up(office, case, centre, who)
    for place in (office.elsewhere, office.unit, office.agency):
        assert refused(office, case, place) == {"target"}
    assert centre.parent is not None
    assert above(office.session, case) == [centre, centre.parent]
    with unit_of_work(office.session):
        centre.closed_at = NOW
    assert above(office.session, case) == [centre.parent]
    assert refused(office, case, centre) == {"target"}
    assert case.raises == []


def test_a_reason_is_asked_for_and_what_is_over_is_not_raised(office: Office, centre: Agency) -> None:
    assert refused(office, office.assigned(), centre, reason=" ") == {"reason"}
    with pytest.raises(Conflict):
        up(office, office.closed(), centre)


def test_a_case_about_somebody_goes_up_by_its_own_way(office: Office, centre: Agency) -> None:
    case = office.case()
    office.do(service.mark_about, office.executive, case, [office.users["colleague"]], [])
    with pytest.raises(NotAllowed):
        up(office, case, centre, office.executive)


def test_figures_tell_from_where_from_five_on_and_nothing_that_is_about_somebody(office: Office, centre: Agency, head: Actor) -> None:
    cases = [office.case() for _ in range(6)]
    for case in cases[:5]:
        up(office, case, centre)
    year = cases[0].fiscal_year
    assert raised_to(office.session, centre.id, year) == [(office.agency, 5)]
    assert raised_to(office.session, centre.id, year - 1) == raised_to(office.session, office.agency.id, year) == []
    with unit_of_work(office.session):
        officer = make_user(office.session, [(centre, Role.OFFICER)])
    office.do(service.mark_about, head, cases[0], [officer], [])
    assert raised_to(office.session, centre.id, year) == []
    up(office, cases[5], centre)
    assert raised_to(office.session, centre.id, year) == [(office.agency, 5)]

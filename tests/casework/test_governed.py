"""What a governor reads along, and what never."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.agencies.joining.service import join, leave
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework import service
from portal.casework.governed import governed, governed_case
from portal.casework.models import Case, CaseQuarantine
from portal.casework.rules import Part
from portal.casework.service.erasing import erase
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM
from tests.casework.conftest import Office
from tests.conftest import NOW
from tests.factories import make_agency

WHY = "ประสานงานน้ำท่วมกับจังหวัด"


@pytest.fixture
def province(office: Office) -> Agency:
    """The office has joined it."""
    with unit_of_work(office.session) as session:
        made = make_agency(session, level=AgencyLevel.PROVINCE)
        join(session, office.executive, NOW, office.agency, made, WHY)
    return made


def read(session: Session, province: Agency) -> set[str]:
    return {case.number for case in session.scalars(governed([province.id]))}


def test_cases_received_since_the_agency_joined_until_it_leaves(office: Office, province: Agency) -> None:
    before, case = office.case(at=NOW - timedelta(minutes=1)), office.case()
    assert read(office.session, province) == {case.number}
    assert governed_case(office.session, [province.id], before.number) is None
    assert governed_case(office.session, [province.id], case.number) is case
    office.do(service.forward, office.coordinator, case, office.elsewhere, "อยู่ในหน้าที่ของหน่วยนั้น")
    assert read(office.session, province) == set()  # of an agency that has not joined
    other = office.case()
    assert read(office.session, office.elsewhere) == set()
    with unit_of_work(office.session) as session:
        leave(session, office.executive, NOW, office.agency, province, WHY)
    assert read(office.session, province) == set()
    with unit_of_work(office.session) as session:
        join(session, office.executive, NOW + timedelta(days=1), office.agency, province, WHY)
    assert other.number not in read(office.session, province)


def test_never_what_is_about_somebody_lies_aside_was_taken_back_or_erased(office: Office, province: Agency, tmp_path: Path) -> None:
    cases = {name: office.case() for name in ("plain", "about", "aside", "withdrawn", "erased")}
    assert len(read(office.session, province)) == 5
    office.do(service.mark_about, office.executive, cases["about"], [office.users["colleague"]], [])
    office.do(service.withdraw, CITIZEN, cases["withdrawn"])
    with unit_of_work(office.session) as session:
        session.add(CaseQuarantine(case_id=cases["aside"].id, at=NOW, signs=[], family=""))
        erase(session, SYSTEM, NOW, LocalStore(tmp_path), cases["erased"], [Part.WORDS])
    assert read(office.session, province) == {cases["plain"].number}


def test_nothing_of_an_agency_that_is_closed(office: Office, province: Agency) -> None:
    case: Case = office.case()
    with unit_of_work(office.session):
        office.agency.closed_at = NOW
    assert case.number not in read(office.session, province)

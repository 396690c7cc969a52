"""The audit trail as administrators read it: names and codes, their own agencies only, never an internal id."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from portal.accounts.passwords import hash_password
from portal.audit.service import record
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from tests.client import PageClient, parse
from tests.factories import actor_of, make_agency, make_user

PASSWORD = "a long enough password"


@pytest.fixture
def administrator(session: Session, client: PageClient, now: datetime) -> PageClient:
    with unit_of_work(session):
        agency, other = make_agency(session, slug="opdc"), make_agency(session)
        person = make_user(session, [(agency, Role.ADMINISTRATOR)], password_hash=hash_password(PASSWORD), name_th="นางสาวดูแล สมมติ")
        owner = make_user(session, [(agency, Role.OFFICER)], name_th="นายรับเรื่อง สมมติ")
        detail = {"owner": owner.id, "owner_before": None, "event": 424242, "from": "received", "to": "assigned"}
        record(session, actor_of(session, person), now, "case.assigned", "case", "OPDC-2570-000001", agency_id=agency.id, detail=detail)
        record(session, SYSTEM, now, "user.created", "user", str(owner.id), agency_id=agency.id)
        record(session, SYSTEM, now, "case.received", "case", "ELSEWHERE-2570-000009", agency_id=other.id)
    client.sign_in(person.email, PASSWORD)
    return client


def test_people_are_named_and_internal_ids_stay_inside(administrator: PageClient) -> None:
    page = administrator.get("/desk/audit").get_data(as_text=True)
    assert "นายรับเรื่อง สมมติ" in page
    assert "นางสาวดูแล สมมติ" in page
    assert "424242" not in page
    assert "assigned" in page


def test_an_administrator_reads_their_own_agencies_only(administrator: PageClient) -> None:
    assert "ELSEWHERE" not in administrator.get("/desk/audit").get_data(as_text=True)


def test_the_trail_of_one_object_is_a_link_away(administrator: PageClient) -> None:
    root = parse(administrator.get("/desk/audit?object=OPDC-2570-000001").get_data(as_text=True))
    assert [link.text for link in root.xpath("//tbody//a")] == ["OPDC-2570-000001"]

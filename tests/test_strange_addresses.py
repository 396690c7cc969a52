"""What no record can be called is not found, on both databases: PostgreSQL refuses a NUL, and a page cannot show one."""

import pytest
from sqlalchemy.orm import Session

from portal.accounts.passwords import hash_password
from portal.db import unit_of_work
from portal.kernel.actor import ABOVE_AGENCIES, Role
from tests.client import PageClient
from tests.factories import make_agency, make_user

PASSWORD = "a long enough password"
PUBLIC = (
    "/agencies/%00",
    "/cases/%00",
    "/disclosures/%00",
    "/disclosures/%00/figures.csv",
    "/disclosures/%00/figures.json",
    "/disclosures/%00/files/%00",
    "/disclosures/%00/qr.svg",
    "/disclosures/%00/versions/1",
    "/disclosures?agency=%00",
    "/disclosures?agency=opdc&place=%00",
    "/feeds/agencies/%00.atom",
)
DESK = (
    "/desk/cases/%00",
    "/desk/cases/%00/files/%00",
    "/desk/disclosures/%00/figures",
    "/desk/disclosures/%00/files",
    "/desk/disclosures/%00/th",
    "/desk/disclosures/%00/th/preview",
)
HARMLESS = ("/desk/audit?object=%00", "/desk/audit?act=%00", "/desk?q=%00&kind=%00&unit=%00&filter=%00", "/desk/disclosures?state=%00")


@pytest.fixture
def email(session: Session) -> str:
    with unit_of_work(session):
        agency = make_agency(session, slug="opdc")
        roles = [(agency, role) for role in Role if role not in ABOVE_AGENCIES]
        return make_user(session, roles, password_hash=hash_password(PASSWORD)).email


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_that_nothing_can_have_is_not_found(client: PageClient, email: str, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", DESK)
def test_a_desk_address_that_nothing_can_have_is_not_found(client: PageClient, email: str, address: str) -> None:
    client.sign_in(email, PASSWORD)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", HARMLESS)
def test_a_filter_that_nothing_can_be_called_shows_a_page(client: PageClient, email: str, address: str) -> None:
    client.sign_in(email, PASSWORD)
    assert client.get(address).status_code == 200


def test_signing_in_goes_on_to_no_address_that_cannot_be_written(client: PageClient, email: str) -> None:
    assert client.post("/sign-in?next=/desk%00", data={"email": email, "password": "wrong"}).status_code == 422
    answer = client.post("/sign-in?next=/desk%0d%0aX:y", data={"email": email, "password": PASSWORD})
    assert answer.headers["Location"] == "/desk"

"""Every desk route with ids that exist and belong to another agency: nothing is shown, nothing is found in a list, nothing changes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.passwords import hash_password
from portal.audit.models import AuditEntry
from portal.casework import service
from portal.casework.models import Case, CaseEvent
from portal.db import unit_of_work
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.files.models import StoredFile
from portal.files.rules import Kind
from portal.kernel.actor import ABOVE_AGENCIES, CITIZEN, Role
from portal.kernel.keyring import Keyring
from portal.web.audience import Audience, rule_of
from tests.casework.conftest import Office, make_office
from tests.client import PageClient, find_form, form_fields
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import make_user

PASSWORD = "a long enough password"
SECRET = "ความลับของหน่วยงานอื่น"
LISTS = ("/desk", "/desk?filter=open", "/desk/disclosures", "/desk/audit")


@dataclass(frozen=True)
class Theirs:
    """What another agency has."""

    case: Case
    page: Disclosure
    file: StoredFile

    def in_address(self) -> dict[str, object]:
        """Values for every name that stands in an address of the desk."""
        ids = {"number": self.case.number, "code": "telephone", "slug": self.page.slug, "public_id": self.file.public_id}
        return {**ids, "text_language": "th", "position": 1, "verb": "reply", "way": "call"}

    def state(self, session: Session) -> tuple[object, ...]:
        """Changes with every act on them."""
        session.rollback()
        versions = session.execute(select(Case.row_version).where(Case.id == self.case.id)).all()
        texts = session.execute(select(DisclosureTranslation.row_version, DisclosureTranslation.state)).all()
        entries = select(func.count()).select_from(AuditEntry).where(AuditEntry.object_type.in_(("case", "disclosure")))
        return versions, texts, session.scalar(select(func.count()).select_from(CaseEvent)), session.scalar(entries)


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


@pytest.fixture
def theirs(office: Office, session: Session) -> Theirs:
    case = office.assigned(subject=SECRET, body=SECRET)
    with unit_of_work(session):
        file = StoredFile(
            public_id="ab" * 16, name=f"{SECRET}.pdf", media_type=Kind.PDF, size=1, original_sha256="0" * 64, sha256="0" * 64,
            stored_at=NOW, attached_at=NOW,
        )  # fmt: skip
        session.add(file)
    office.do(service.citizen_add, CITIZEN, case, SECRET, file_ids=[file.id])
    return Theirs(case, make_page(session, NOW, office.agency, publish=False, title=SECRET), file)


@pytest.fixture
def stranger(client: PageClient, office: Office, session: Session) -> PageClient:
    """The browser of somebody who holds every role of an agency, in another one."""
    with unit_of_work(session):
        roles = [(office.elsewhere, role) for role in Role if role not in ABOVE_AGENCIES]
        email = make_user(session, roles, password_hash=hash_password(PASSWORD)).email
    assert client.sign_in(email, PASSWORD).status_code == 303
    return client


def addresses(app: Flask, theirs: Theirs) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of each desk route that names a record."""
    for rule in app.url_map.iter_rules():
        declared = rule_of(app, rule.endpoint)
        if declared and declared.audience is Audience.DESK and rule.arguments:
            values = {name: theirs.in_address()[name] for name in rule.arguments}
            for method in (rule.methods or set()) & {"GET", "POST"}:
                yield rule.endpoint, method, app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def test_no_route_shows_or_changes_what_another_agency_has(app: Flask, session: Session, theirs: Theirs, stranger: PageClient) -> None:
    token = form_fields(find_form(stranger.get("/desk").get_data(as_text=True), "/sign-out"))["csrf_token"]
    before, seen = theirs.state(session), 0
    for endpoint, method, address in addresses(app, theirs):
        data = {"csrf_token": token, "row_version": str(theirs.case.row_version), "reason": "x", "body": "x"} if method == "POST" else None
        answer = stranger.open(address, method=method, data=data)
        seen += 1
        if endpoint == "cases_desk.back":  # leads to the case whether there is one or not, and there it ends
            assert stranger.get(answer.location).status_code == 404
            continue
        assert answer.status_code == 404, f"{method} {address}: {answer.status_code}"
        assert SECRET not in answer.get_data(as_text=True), address
    assert seen > 25
    assert theirs.state(session) == before


def test_no_list_or_search_of_the_desk_finds_it(theirs: Theirs, stranger: PageClient) -> None:
    for address in (*LISTS, f"/desk?q={theirs.case.number}", f"/desk?q={SECRET}", f"/desk/audit?object={theirs.case.number}"):
        page = stranger.get(address)
        assert page.status_code == 200, address
        words = page.get_data(as_text=True).replace(f'value="{theirs.case.number}"', "").replace(f'value="{SECRET}"', "")
        assert f"/desk/cases/{theirs.case.number}" not in words, address
        assert theirs.page.slug not in words, address


def test_what_is_theirs_opens_for_themselves(app: Flask, office: Office, theirs: Theirs, client: PageClient, session: Session) -> None:
    with unit_of_work(session):
        roles = [(office.agency, role) for role in Role if role not in ABOVE_AGENCIES]
        email = make_user(session, roles, password_hash=hash_password(PASSWORD)).email
    client.sign_in(email, PASSWORD)
    opened = {endpoint: client.get(address).status_code for endpoint, method, address in addresses(app, theirs) if method == "GET"}
    assert {endpoint for endpoint, status in opened.items() if status == 404} == {"cases_desk.download"}  # no bytes lie under its row

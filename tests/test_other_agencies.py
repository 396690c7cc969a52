"""Every desk route with ids that exist and belong to another agency: nothing is shown, nothing is found in a list, nothing changes."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.passwords import hash_password
from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.casework.models import Case, CaseEvent
from portal.db import Base, unit_of_work
from portal.disclosures.models import DisclosureTranslation
from portal.kernel.actor import ABOVE_AGENCIES, Role
from portal.kernel.keyring import Keyring
from portal.web.audience import rule_of
from tests.casework.conftest import Office, make_office
from tests.client import PageClient, find_form, form_fields
from tests.factories import make_user
from tests.records import Records, addresses, make_records

PASSWORD = "a long enough password"
SECRET = "ความลับของหน่วยงานอื่น"
LISTS = (
    "/desk/legal-lists", "/desk/mentions", "/desk/views", "/desk/views/new?kind=complaint", "/desk?filter=snoozed",
    "/desk", "/desk?filter=open", "/desk/disclosures", "/desk/audit", "/desk/admin/people", "/desk/admin/people/invitations",
    "/desk/admin/topics", "/desk/admin/templates", "/desk/admin/agencies", "/desk/corruption", "/desk/privacy", "/desk/privacy/holds",
    "/desk/privacy/breaches", "/desk/privacy/retention", "/desk/review", "/desk/follow-ups",
    "/desk/follow-ups?way=letter", "/desk/quarantine", "/desk/letters", "/desk/letters/pictured", "/desk/boxes", "/desk/mail",
    "/desk/admin/questions", "/desk/admin/question-preview",
    "/desk/follow-ups?way=letter", "/desk/quarantine", "/desk/letters", "/desk/letters/pictured", "/desk/imports",
    "/desk/improvements", "/desk/plans", "/desk/reports", "/desk/themes", "/desk/themes/cases",
    "/desk/absences", "/desk/approvals", "/desk/exposed", "/desk/workload", "/desk/calendar?whose=all",
    "/desk/figures", "/desk/figures/month?month=2026-11",
    "/desk/samples", "/desk/asked", "/desk/asked?ended=1", "/desk/petitions", "/desk/petitions?part=owed", "/desk/petitions?part=check",
    "/desk/participation", "/desk/province/joining", "/desk/raised", "/desk/raised?to_us=1", "/desk/raised?ended=1",
)  # fmt: skip
#: A file that waits to be imported opens for who chose it, and for no colleague.
WAITING = {f"sheets.{name}" for name in ("columns", "values", "preview", "errors_xlsx", "errors_csv")}
#: Pages that lead to the page of the record, whether there is one or not; there it ends.
BACK = {"cases_desk.back", "corruption_desk.back"}


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


@pytest.fixture
def theirs(office: Office) -> Records:
    return make_records(office, SECRET)


@pytest.fixture
def stranger(client: PageClient, office: Office, session: Session) -> PageClient:
    """The browser of somebody who holds every role of an agency, in another one."""
    return of_everything(client, session, office.elsewhere)


def of_everything(client: PageClient, session: Session, agency: Agency) -> PageClient:
    with unit_of_work(session):
        roles = [(agency, role) for role in Role if role not in ABOVE_AGENCIES]
        email = make_user(session, roles, with_children=True, password_hash=hash_password(PASSWORD)).email
    assert client.sign_in(email, PASSWORD).status_code == 303
    return client


def state(session: Session) -> tuple[object, ...]:
    """Changes with every act on a record: how many rows there are, and the versions of those that have one."""
    session.rollback()
    counts = [session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables if table.name not in LOOSE]
    versions = session.execute(select(Case.row_version)).all(), session.execute(select(DisclosureTranslation.row_version)).all()
    return counts, versions, session.scalar(select(func.count()).select_from(CaseEvent)), session.scalar(_acts())


#: Rows that somebody writes by signing in and walking about.
LOOSE = {"audit_entry", "sign_in_session", "sign_in_failure"}


def _acts() -> object:
    return select(func.count()).select_from(AuditEntry).where(AuditEntry.object_type != "user")


def test_no_route_shows_or_changes_what_another_agency_has(app: Flask, session: Session, theirs: Records, stranger: PageClient) -> None:
    token = form_fields(find_form(stranger.get("/desk").get_data(as_text=True), "/sign-out"))["csrf_token"]
    before, seen = state(session), 0
    for endpoint, method, address in addresses(app, theirs):
        data = {"csrf_token": token, "row_version": str(theirs.case.row_version), "reason": "x", "body": "x"} if method == "POST" else None
        answer = stranger.open(address, method=method, data=data)
        seen += 1
        if endpoint in BACK and answer.location:
            assert stranger.get(answer.location).status_code == 404
            continue
        rule = rule_of(app, endpoint)
        above = rule is not None and set(rule.roles) <= ABOVE_AGENCIES
        assert answer.status_code == (403 if above else 404), f"{method} {address}: {answer.status_code}"
        assert SECRET not in answer.get_data(as_text=True), address
    assert seen > 80
    assert state(session) == before


def test_no_list_or_search_of_the_desk_finds_it(theirs: Records, stranger: PageClient) -> None:
    for address in (*LISTS, f"/desk?q={theirs.case.number}", f"/desk?q={SECRET}", f"/desk/audit?object={theirs.case.number}"):
        page = stranger.get(address)
        assert page.status_code == 200, address
        words = page.get_data(as_text=True)
        for echo in (theirs.case.number, SECRET):  # what was asked for stands in the field, the title and the address
            if echo in address:
                words = words.replace(f'value="{echo}"', "").replace(f"“{echo}”", "").replace(f"q={echo}", "")
        assert f"/desk/cases/{theirs.case.number}" not in words, address
        assert theirs.page.slug not in words, address
        assert SECRET not in words, address


def test_what_is_theirs_opens_for_themselves(app: Flask, office: Office, theirs: Records, client: PageClient, session: Session) -> None:
    of_everything(client, session, office.agency)
    opened = {endpoint: client.get(address).status_code for endpoint, method, address in addresses(app, theirs) if method == "GET"}
    # Under the rows of files lie neither bytes nor pictures.
    # The case waits for no reviewer, no report is published, and the provider is the portal's.
    assert {endpoint for endpoint, status in opened.items() if status not in (200, 303)} == {
        "cases_desk.download", "cases_desk.picture", "cases_desk.picture_copy", "corruption_desk.download",
        "review.show", "oidc_desk.edit", "transcribing.page",
        "mail_in.download", "reports_desk.as_pdf", "bulk.show", *WAITING,
        "assessing.year", "assessing.fact", "assessing.objection",  # the assessors' alone, who belong to no agency that they assess
        "province_desk.show", "joining_desk.leave",  # of agencies that have joined, and this one has not
    }  # fmt: skip

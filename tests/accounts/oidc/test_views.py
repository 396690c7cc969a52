"""From the sign-in page to the provider and back, as a browser goes."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts.invitation.models import Invitation, InvitedGrant
from portal.accounts.models import User
from portal.accounts.oidc import queries, service
from portal.accounts.oidc.fetching import kept
from portal.accounts.oidc.rules import Claimed
from portal.accounts.oidc.service import ProviderValues
from portal.accounts.passwords import hash_password
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.keyring import Keyring
from tests.accounts.oidc.provider import CLIENT_ID, CLIENT_SECRET, Provider, running
from tests.client import PageClient
from tests.factories import make_agency, make_user

PASSWORD = "a long enough password"
HASH = hash_password(PASSWORD)


@pytest.fixture
def provider(session: Session, keyring: Keyring, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider that runs, and that the portal knows."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    kept.forget()
    with running() as real:
        values = ProviderValues("staff", "บัญชีกรม", "Staff", real.issuer, CLIENT_ID, CLIENT_SECRET, "agency.go.th", False, True)
        with unit_of_work(session):
            make_agency(session, slug="opdc")
            service.save(session, SYSTEM, now, keyring, None, values, http_here=True)
        yield real
    kept.forget()


def go(client: PageClient, address: str = "/sign-in/with/staff", **fields: str) -> str:
    """Press the button; where the browser is sent."""
    page = client.post(address, data=fields)
    assert page.status_code == 200, page.status_code
    found = re.search(r'href="([^"]+/authorize[^"]+)"', page.get_data(as_text=True))
    assert found
    assert page.headers["Refresh"] == f"0; url={unescape(found[1])}"
    return unescape(found[1])


def way_back(url: str) -> str:
    """Sign in at the provider; the path it sends the browser back to."""
    answer = requests.get(url, allow_redirects=False, timeout=10)
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def linked(session: Session, now: datetime, **values: object) -> str:
    with unit_of_work(session):
        agency = make_agency(session)
        person = make_user(session, [(agency, Role.COORDINATOR)], **values)
        service.link(session, SYSTEM, now, queries.all_providers(session)[0], person, Claimed("person-1"))
        return person.email


def refusals(session: Session) -> list[str]:
    session.rollback()
    return [entry.detail["why"] for entry in session.scalars(select(AuditEntry).where(AuditEntry.act == "user.oidc_refused"))]


def test_a_linked_person_comes_in_and_goes_where_they_wanted(
    client: PageClient, session: Session, provider: Provider, now: datetime
) -> None:
    linked(session, now)
    arrived = client.get(way_back(go(client, next="/desk/account")))
    assert (arrived.status_code, arrived.headers["Location"]) == (303, "/desk/account")
    assert client.get("/desk").status_code == 200


def test_the_way_on_never_leads_to_another_site(client: PageClient, session: Session, provider: Provider, now: datetime) -> None:
    linked(session, now)
    assert client.get(way_back(go(client, next="https://elsewhere.example/desk"))).headers["Location"] == "/desk"


def test_an_invited_person_comes_in_by_a_verified_address_and_the_uninvited_does_not(
    client: PageClient, session: Session, provider: Provider, now: datetime
) -> None:
    turned_away = client.get(way_back(go(client)))
    assert turned_away.status_code == 403
    with unit_of_work(session):
        agency = make_agency(session)
        ends = datetime.now(now.tzinfo) + timedelta(days=7)
        row = Invitation(
            email="malee@agency.go.th", name_th="มาลี ใจดี", unit_id=agency.id, created_at=now, expires_at=max(ends, now + timedelta(days=7))
        )
        row.grants = [InvitedGrant(agency_id=agency.id, role=Role.OFFICER)]
        session.add(row)
    assert client.get(way_back(go(client))).status_code == 303
    assert "มาลี ใจดี" in client.get("/desk").get_data(as_text=True)
    assert refusals(session) == ["not_invited"]


def test_nothing_is_made_of_a_stranger(client: PageClient, session: Session, provider: Provider) -> None:
    before = session.scalar(select(func.count()).select_from(User))
    page = client.get("/en" + way_back(go(client, "/en/sign-in/with/staff")).removeprefix("/en"))
    assert page.status_code == 403
    assert "Nobody has invited you here yet" in page.get_data(as_text=True)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(User)) == before


@pytest.mark.parametrize("what", ["no cookie", "another state", "another provider's answer", "refused there", "no code"])
def test_an_answer_that_does_not_belong_to_this_browser_is_not_taken(
    client: PageClient, session: Session, provider: Provider, now: datetime, what: str
) -> None:
    linked(session, now)
    path = way_back(go(client))
    query = parse_qs(urlsplit(path).query)
    if what == "no cookie":
        client.delete_cookie("portal_provider")
    elif what == "another state":
        path = path.replace(query["state"][0], "x" * 43)
    elif what == "another provider's answer":
        path = way_back(go(client.application.test_client(), "/sign-in/with/staff"))  # type: ignore[arg-type]  # begun in another browser
    elif what == "refused there":
        path = f"/sign-in/with/staff/back?error=access_denied&state={query['state'][0]}"
    else:
        path = f"/sign-in/with/staff/back?state={query['state'][0]}"
    answer = client.get(path)
    assert answer.status_code == 422
    assert client.get("/desk").status_code == 303
    assert len(refusals(session)) == 1


@pytest.mark.parametrize(("claims", "why"), [({"nonce": "x"}, "nonce"), ({"aud": "x"}, "audience"), ({"iss": "https://x.go.th"}, "issuer")])
def test_a_lie_in_the_token_gives_the_same_page_and_is_noted(
    client: PageClient, session: Session, provider: Provider, now: datetime, claims: dict[str, str], why: str
) -> None:
    linked(session, now)
    provider.claims = claims
    answer = client.get(way_back(go(client)))
    assert answer.status_code == 422
    assert why not in answer.get_data(as_text=True)
    assert refusals(session) == [why]
    assert client.get("/desk").status_code == 303


def test_an_answer_serves_once(client: PageClient, session: Session, provider: Provider, now: datetime) -> None:
    linked(session, now)
    path = way_back(go(client))
    assert client.get(path).status_code == 303
    assert client.get(path).status_code == 422


def test_a_provider_that_is_switched_off_or_unknown_is_not_there(client: PageClient, session: Session, provider: Provider) -> None:
    path = way_back(go(client))
    with unit_of_work(session):
        queries.all_providers(session)[0].enabled = False
    assert client.get(path).status_code == 404
    assert client.post("/sign-in/with/staff").status_code == 404
    assert client.post("/sign-in/with/nobody").status_code == 404


def test_a_provider_that_is_away_is_said_to_be_so(client: PageClient, session: Session, provider: Provider) -> None:
    with unit_of_work(session):
        queries.all_providers(session)[0].issuer = "http://127.0.0.1:9"
    kept.forget()
    assert client.post("/sign-in/with/staff").status_code == 503


def test_a_signed_in_person_links_an_identity_and_takes_it_away(
    client: PageClient, session: Session, provider: Provider, now: datetime
) -> None:
    with unit_of_work(session):
        person = make_user(session, [(make_agency(session), Role.COORDINATOR)], password_hash=HASH)
        user_id = person.id
        email = person.email
    client.sign_in(email, PASSWORD)
    token = csrf(client.get("/desk"))
    path = way_back(go(client, "/desk/account/identity/staff", csrf_token=token))
    assert client.get(path).headers["Location"] == "/desk/account"
    session.rollback()
    assert [link.subject for link in queries.links_of(session, user_id).values()] == ["person-1"]
    assert client.post("/desk/account/identity/staff/remove", data={"csrf_token": token}).status_code == 303
    session.rollback()
    assert queries.links_of(session, user_id) == {}


def test_a_link_begun_in_one_session_is_not_ended_in_another(client: PageClient, session: Session, provider: Provider) -> None:
    """Else an attacker could send somebody the end of their own journey, and come in as them ever after."""
    with unit_of_work(session):
        agency = make_agency(session)
        one, other = (make_user(session, [(agency, Role.COORDINATOR)], password_hash=HASH) for _ in range(2))
        emails = one.email, other.email
        ids = one.id, other.id
    client.sign_in(emails[0], PASSWORD)
    path = way_back(go(client, "/desk/account/identity/staff", csrf_token=csrf(client.get("/desk"))))
    client.sign_in(emails[1], PASSWORD)
    assert client.get(path).status_code == 422
    session.rollback()
    assert [queries.links_of(session, user_id) for user_id in ids] == [{}, {}]


def test_the_administrator_names_a_provider_and_sees_the_secret_nowhere(client: PageClient, session: Session, provider: Provider) -> None:
    with unit_of_work(session):
        email = make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)], password_hash=HASH).email
    client.sign_in(email, PASSWORD)
    page = client.get("/en/desk/admin/identity-providers/staff")
    assert "/sign-in/with/staff/back" in page.get_data(as_text=True)
    assert CLIENT_SECRET not in page.get_data(as_text=True)
    wrong = client.post_form(page, "issuer", issuer="http://x", client_secret="typed")
    assert wrong.status_code == 422
    assert "typed" not in wrong.get_data(as_text=True)
    stale = client.post_form(page, "issuer", name_en="One", version="0")
    assert stale.status_code == 409
    assert 'value="One"' in stale.get_data(as_text=True)
    new = client.get("/en/desk/admin/identity-providers/new")
    values = {
        "slug": "other",
        "name_th": "อื่น",
        "issuer": "https://id.other.go.th",
        "client_id": "x",
        "client_secret": "y",
        "domains": "other.go.th",
    }
    made = client.post_form(new, "issuer", **values)
    assert made.headers["Location"] == "/en/desk/admin/identity-providers/other?done=saved"
    assert client.get(made.headers["Location"]).status_code == 200


def csrf(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert found
    return found[1]

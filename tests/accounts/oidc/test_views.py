"""From the sign-in page to the provider and back, as a browser goes."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts import queries as people
from portal.accounts.invitation import service as invitations
from portal.accounts.invitation.models import Invitation, InvitedGrant
from portal.accounts.invitation.service import Guest, Promise
from portal.accounts.models import SignInSession, User
from portal.accounts.oidc import queries, service
from portal.accounts.oidc.fetching import kept
from portal.accounts.oidc.rules import Claimed
from portal.accounts.oidc.service import ProviderValues
from portal.accounts.passwords import hash_password
from portal.accounts.second_factor import service as second_factor
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.working import run_pending
from tests.accounts.oidc.provider import CLIENT_ID, CLIENT_SECRET, Provider, running
from tests.client import PageClient, find_form, form_fields
from tests.factories import actor_of, make_agency, make_user

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
    refused = select(AuditEntry).where(AuditEntry.act == "user.oidc_refused").order_by(AuditEntry.id)
    return [entry.detail["why"] for entry in session.scalars(refused)]


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


def test_the_pages_where_people_come_in_offer_the_provider(
    client: PageClient, session: Session, provider: Provider, app: Flask, mailer: MemoryMailer
) -> None:
    page = client.get("/en/sign-in?next=/desk/account")
    assert "Sign in by Staff" in page.get_data(as_text=True)
    assert client.post_form(page, "/sign-in/with/staff").status_code == 200
    with unit_of_work(session):
        agency = make_agency(session)
        inviter = actor_of(session, make_user(session, [(agency, Role.ADMINISTRATOR)]))
        for email in ("malee@agency.go.th", "malee@elsewhere.go.th"):
            guest = Guest(email, "มาลี ใจดี", unit=agency)
            invitations.invite(session, inviter, datetime.now(UTC), guest, [Promise(Role.OFFICER, agency)])
    with app.app_context():
        run_pending(app)
    for mail in mailer.sent:
        address = re.search(r"http://localhost(/invitation/\S+)", mail.text)
        assert address
        offered = "Sign in by Staff" in client.get(f"/en{address[1]}").get_data(as_text=True)
        assert offered is mail.to.endswith("@agency.go.th"), "only by a provider that answers for the address"


def test_who_began_in_english_comes_back_in_english(client: PageClient, session: Session, provider: Provider, now: datetime) -> None:
    linked(session, now)
    turned = client.get(way_back(go(client, "/en/sign-in/with/staff", next="/desk/account")))
    assert turned.status_code == 303
    assert client.get(turned.location).location == "/en/desk/account"


def test_ones_own_page_links_and_unlinks(client: PageClient, session: Session, provider: Provider) -> None:
    with unit_of_work(session):
        email = make_user(session, [(make_agency(session), Role.COORDINATOR)], password_hash=HASH).email
    client.sign_in(email, PASSWORD)
    page = client.get("/en/desk/account")
    sent = client.post_form(page, "/identity/staff")
    found = re.search(r'href="([^"]+/authorize[^"]+)"', sent.get_data(as_text=True))
    assert found
    turned = client.get(way_back(unescape(found[1])))
    assert client.get(turned.location).location == "/en/desk/account"
    page = client.get("/en/desk/account")
    assert "Take the link away" in page.get_data(as_text=True)
    assert client.post_form(page, "/remove").status_code == 303
    assert "Not linked to your account here" in client.get("/en/desk/account").get_data(as_text=True)


def test_who_has_no_password_confirms_by_the_provider(client: PageClient, session: Session, provider: Provider, now: datetime) -> None:
    linked(session, now, password_hash="")
    client.get(way_back(go(client)))
    age(session)
    question = client.get("/desk/account/second-factor/app")
    assert question.status_code == 303
    page = client.get(question.location)
    fields = form_fields(find_form(page.get_data(as_text=True), "/desk/confirm/with/staff"))
    assert "step_up_password" not in page.get_data(as_text=True)
    path = way_back(go(client, "/desk/confirm/with/staff", **fields))
    assert client.get(path).location == "/desk/account/second-factor/app"
    assert client.get("/desk/account/second-factor/app").status_code == 200


def test_a_second_factor_is_asked_after_the_provider_and_the_provider_does_not_confirm_for_it(
    client: PageClient, session: Session, provider: Provider, keyring: Keyring, now: datetime
) -> None:
    email = linked(session, now, password_hash="")
    secret = app_of(session, keyring, email)
    waits = client.get(way_back(go(client)))
    assert waits.location == "/sign-in/second-step"
    assert client.get("/desk").status_code == 303
    page = client.get("/en/sign-in/second-step")
    assert client.post_form(page, "/second-step", code=pyotp.TOTP(secret).now()).status_code == 303
    age(session)
    token = csrf(client.get("/desk"))
    path = way_back(go(client, "/desk/confirm/with/staff", csrf_token=token, next="/desk/account/second-factor/app"))
    assert client.get(path).status_code == 422
    assert refusals(session) == ["second_factor"]
    assert client.get("/desk/account/second-factor/app").status_code == 303, "still asked"


def test_a_trusted_provider_that_asked_for_more_stands_for_both(
    client: PageClient, session: Session, provider: Provider, keyring: Keyring, now: datetime
) -> None:
    email = linked(session, now, password_hash="")
    app_of(session, keyring, email)
    with unit_of_work(session):
        queries.all_providers(session)[0].trusted_second_factor = True
    assert client.get(way_back(go(client))).location == "/sign-in/second-step", "it did not say that it asked"
    provider.claims = {"amr": ["pwd", "mfa"]}
    assert client.get(way_back(go(client))).location == "/desk"
    assert client.get("/desk").status_code == 200


def age(session: Session) -> None:
    """Every session was confirmed long ago."""
    with unit_of_work(session):
        session.execute(update(SignInSession).values(confirmed_at=datetime(2020, 1, 1, tzinfo=UTC)))


def app_of(session: Session, keyring: Keyring, email: str) -> str:
    """Set up an authenticator app; its secret."""
    at = datetime.now(UTC)
    with unit_of_work(session):
        user = people.by_email(session, email)
        assert user
        offer = second_factor.offer_app(keyring, at, user, "Suanruam")
        code = pyotp.TOTP(offer.secret).at(at - timedelta(seconds=30))
        second_factor.set_up_app(session, actor_of(session, user), at, keyring, user, offer.sealed, code, "no session")
    return offer.secret

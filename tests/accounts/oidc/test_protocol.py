"""The whole exchange with a real provider: what is right is believed, and each lie is found."""

import base64
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey

from portal.accounts.oidc import protocol
from portal.accounts.oidc.fetching import Client, is_safe_address, kept
from portal.accounts.oidc.rules import Claimed, Disbelieved, Failure, is_fresh
from tests.accounts.oidc.provider import CLIENT_ID, CLIENT_SECRET, Provider, key_named, running

BACK = "https://voice.agency.go.th/sign-in/with/agency/back"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider stands on this machine
    kept.forget()
    with running() as running_provider:
        yield running_provider
    kept.forget()


def visit(
    provider: Provider, *, nonce: str = "n", verifier: str = "v" * 64, secret: str = CLIENT_SECRET, believed: str | None = None
) -> Claimed:
    """Go to the provider as a browser does, and come back with its code."""
    client = Client(provider.issuer, CLIENT_ID, secret, http_here=True)
    url = protocol.authorization_url(client, BACK, state="s", nonce="n", verifier="v" * 64)
    answer = requests.get(url, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    came_back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert came_back["state"] == ["s"]
    return protocol.claimed(client, BACK, code=came_back["code"][0], nonce=nonce, verifier=verifier, now=datetime.now(UTC))


def test_a_person_who_signs_in_there_is_known_here(provider: Provider) -> None:
    known = visit(provider)
    assert (known.subject, known.email, known.strong) == ("person-1", "malee@agency.go.th", False)
    assert is_fresh(known, time.time())
    assert not is_fresh(known, time.time() + 120)


def test_addresses_and_keys_are_asked_for_once(provider: Provider) -> None:
    visit(provider)
    visit(provider)
    assert (provider.asked.count("discovery"), provider.asked.count("keys"), provider.asked.count("token")) == (1, 1, 2)


def test_a_new_key_is_found_when_a_token_names_it(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    visit(provider)
    provider.keys = [key_named("second")]
    monkeypatch.setattr(protocol, "ASKED_AGAIN_SECONDS", 0)
    assert visit(provider).subject == "person-1"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "https://elsewhere.example"}, Failure.ISSUER),
        ({"aud": "another"}, Failure.AUDIENCE),
        ({"nonce": "another"}, Failure.NONCE),
        ({"exp": int(time.time()) - 3600}, Failure.TIME),
        ({"sub": None}, Failure.SUBJECT),
    ],
)
def test_a_token_that_says_something_else_is_not_believed(provider: Provider, claims: dict[str, Any], why: Failure) -> None:
    provider.claims = claims
    assert refusal(provider) is why


def test_a_signature_of_another_key_of_the_same_name_is_found(provider: Provider) -> None:
    provider.signs_with = key_named("first", 2)
    assert refusal(provider) is Failure.SIGNATURE


def test_a_key_that_the_provider_does_not_publish_is_not_believed(provider: Provider) -> None:
    provider.signs_with = key_named("stranger")
    assert refusal(provider) is Failure.SIGNATURE


def unsigned(token: str) -> str:
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).decode().rstrip("=")
    return f"{head}.{token.split('.')[1]}."


def signed_with_the_clients_secret(token: str) -> str:
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET.ljust(32)), ["HS256"])


def changed(token: str) -> str:
    head, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    other = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "somebody-else"}).encode()).decode().rstrip("=")
    return f"{head}.{other}.{signature}"


@pytest.mark.parametrize("forge", [unsigned, signed_with_the_clients_secret, changed, lambda _token: "no token", lambda _token: "a.b.c"])
def test_a_forged_token_is_found(provider: Provider, forge: Any) -> None:
    provider.forged = forge
    assert refusal(provider) is Failure.SIGNATURE


def test_a_code_is_good_for_its_own_browser_only(provider: Provider) -> None:
    with pytest.raises(Disbelieved) as disbelieved:
        visit(provider, verifier="w" * 64)
    assert disbelieved.value.why is Failure.EXCHANGE


def test_a_wrong_client_secret_is_refused_by_the_provider(provider: Provider) -> None:
    with pytest.raises(Disbelieved) as disbelieved:
        visit(provider, secret="wrong")
    assert disbelieved.value.why is Failure.EXCHANGE


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
)
def test_a_discovery_document_that_leads_elsewhere_is_not_followed(provider: Provider, discovery: dict[str, Any]) -> None:
    provider.discovery = discovery
    with pytest.raises(Disbelieved):
        visit(provider)
    assert "token" not in provider.asked


def test_a_provider_that_is_away_is_said_to_be_so() -> None:
    kept.forget()
    client = Client("http://127.0.0.1:9", CLIENT_ID, CLIENT_SECRET, http_here=True)
    with pytest.raises(Disbelieved) as disbelieved:
        protocol.addresses(client)
    assert disbelieved.value.why is Failure.UNREACHABLE


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://id.go.th", True),
        ("https://id.go.th:8443/realms/one", True),
        ("http://id.go.th", False),
        ("http://127.0.0.1:8000", False),
        ("https://me@id.go.th", False),
        ("https://id.go.th/#x", False),
        ("https://id.go.th:port", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://id.go.th/\r\nX: y", False),
        ("//id.go.th", False),
    ],
)
def test_only_safe_addresses_are_asked(url: str, safe: bool) -> None:
    assert is_safe_address(url, http_here=False) is safe
    assert is_safe_address("http://127.0.0.1:8000", http_here=True)
    assert not is_safe_address("http://id.go.th", http_here=True)


def refusal(provider: Provider) -> Failure:
    with pytest.raises(Disbelieved) as disbelieved:
        visit(provider)
    return disbelieved.value.why

"""Talking to a provider: its addresses, its keys, the exchange of a code. Bounded in time and size, and believed only as ``rules`` say."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests.exceptions import RequestException

from portal.accounts.oidc.fetching import KEPT_SECONDS, MOST_BYTES, TIMEOUT_SECONDS, Client, get_json, is_safe_address, kept, session_for
from portal.accounts.oidc.rules import ALGORITHMS, Claimed, Disbelieved, Expected, Failure, judge

ASKED_AGAIN_SECONDS = 60


@dataclass(frozen=True)
class Addresses:
    """What the provider's discovery document says."""

    issuer: str
    authorization: str
    token: str
    keys: str
    basic_auth: bool = True


def addresses(client: Client) -> Addresses:
    """The provider's addresses; raises ``Disbelieved`` where it is out of reach or is somebody else."""
    found: Addresses = kept.get(f"addresses {client.issuer}", lambda: _discover(client))
    return found


def authorization_url(client: Client, redirect_uri: str, *, state: str, nonce: str, verifier: str, fresh: bool = False) -> str:
    """Where the browser goes. ``fresh`` asks the provider to have the person sign in again."""
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid email profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if fresh else {}),
    }
    base = addresses(client).authorization
    return f"{base}{'&' if '?' in base else '?'}{urlencode(asked)}"


def claimed(client: Client, redirect_uri: str, *, code: str, nonce: str, verifier: str, now: datetime) -> Claimed:
    """Exchange the code and judge what comes. Slow work: outside any transaction. Raises ``Disbelieved``."""
    where = addresses(client)
    token = _exchange(client, where, redirect_uri, code, verifier)
    return judge(_verified(client, where, token), Expected(client.issuer, client.client_id, nonce), now)


def _discover(client: Client) -> Addresses:
    document = get_json(client, client.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if document.get("issuer") != client.issuer:
        raise Disbelieved(Failure.ISSUER)
    said = [document.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(url, str) and is_safe_address(url, client.http_here) for url in said):
        raise Disbelieved(Failure.UNREACHABLE)
    authorization, token, keys = (str(url) for url in said)
    methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Addresses(client.issuer, authorization, token, keys, basic_auth="client_secret_basic" in methods)


def _exchange(client: Client, where: Addresses, redirect_uri: str, code: str, verifier: str) -> str:
    """The ID token that the code stands for."""
    method = "client_secret_basic" if where.basic_auth else "client_secret_post"
    try:
        with session_for(client, token_endpoint_auth_method=method, redirect_uri=redirect_uri) as session:
            answer = session.fetch_token(where.token, code=code, code_verifier=verifier, timeout=TIMEOUT_SECONDS, allow_redirects=False)
    except OAuthError as error:
        raise Disbelieved(Failure.EXCHANGE) from error
    except RequestException as error:  # a body that is no JSON is one of these
        raise Disbelieved(Failure.UNREACHABLE) from error
    token = answer.get("id_token")
    if not isinstance(token, str) or len(token) > MOST_BYTES:
        raise Disbelieved(Failure.TOKEN)
    return token


def _verified(client: Client, where: Addresses, token: str) -> Mapping[str, Any]:
    """The claims of a token whose signature is the provider's."""
    keys = _keys(client, where, KEPT_SECONDS)
    if not _names_one_of(keys, token):
        keys = _keys(client, where, ASKED_AGAIN_SECONDS)  # it may have new keys since
    try:
        decoded = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
    except (JoseError, ValueError) as error:
        raise Disbelieved(Failure.SIGNATURE) from error
    return decoded.claims


def _keys(client: Client, where: Addresses, older_than: float) -> KeySet:
    found: KeySet = kept.get(f"keys {where.keys}", lambda: _key_set(get_json(client, where.keys)), older_than)
    return found


def _key_set(document: Mapping[str, Any]) -> KeySet:
    """The public keys that we understand; others, and shared secrets, are left out."""
    keys = [
        key
        for key in document.get("keys", [])
        if isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": keys})
    except (JoseError, ValueError, KeyError) as error:
        raise Disbelieved(Failure.SIGNATURE) from error


def _names_one_of(keys: KeySet, token: str) -> bool:
    try:
        head = token.split(".")[0]
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except ValueError:
        return True  # no token at all: nothing to ask for
    name = header.get("kid") if isinstance(header, dict) else None
    return name is None or any(key.kid == name for key in keys.keys)

"""A real OpenID provider on this machine, built from Authlib's server side, which can be told to lie in one point at a time."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.models import AuthorizationCodeMixin, ClientMixin
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, jsonify, request
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT_ID, CLIENT_SECRET = "suanruam", "secret of the client"


@dataclass
class Person:
    """Who signs in at the provider."""

    sub: str = "person-1"
    email: str = "malee@agency.go.th"
    email_verified: bool = True

    def get_user_id(self) -> str:
        return self.sub


@dataclass
class Code(AuthorizationCodeMixin):
    """An authorization code that was given out."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    user: Person
    auth_time: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Portal(ClientMixin):
    """The portal as the provider knows it. Any way back is taken: that is the provider's business, not what is tested."""

    client_id = CLIENT_ID

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/back")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@cache
def key_named(kid: str, which: int = 1) -> RSAKey:
    """One key for each name and number, made once: that is the slow part of these tests."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@dataclass
class Provider:
    """What the provider is and how it lies: ``claims`` change the token's, ``signs_with`` is not among ``keys`` if told so."""

    issuer: str = ""
    person: Person = field(default_factory=Person)
    keys: list[RSAKey] = field(default_factory=lambda: [key_named("first")])
    signs_with: RSAKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    #: Replaces the whole ID token.
    forged: Callable[[str], str] | None = None
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


def make_app(provider: Provider) -> Flask:
    """The provider as a web application: discovery, keys, authorization and token endpoint."""
    app = Flask("provider")
    server = AuthorizationServer(
        app, query_client=lambda name: Portal() if name == CLIENT_ID else None, save_token=lambda _token, _request: None
    )

    class CodeGrant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload.data
            challenge, method = asked.get("code_challenge", ""), asked.get("code_challenge_method", "")
            now = int(time.time())
            provider.codes[code] = Code(
                code, request.payload.redirect_uri, request.scope, asked.get("nonce", ""), challenge, method, request.user, now
            )

        def query_authorization_code(self, code: str, client: Any) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> Person:
            return authorization_code.user

    class IdToken(OpenIDCode):
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return False

        def get_client_algorithm(self, client: Any) -> str:
            return "RS256"

        def get_client_claims(self, client: Any) -> dict[str, Any]:
            return {"iss": provider.issuer, "exp": int(time.time()) + 300, "iat": int(time.time()), "aud": CLIENT_ID}

        def get_encode_header(self, client: Any) -> dict[str, Any]:
            return {"alg": "RS256", "kid": (provider.signs_with or provider.keys[0]).kid}

        def resolve_client_private_key(self, client: Any) -> RSAKey:
            return provider.signs_with or provider.keys[0]

        def get_compatible_claims(self, request: Any) -> dict[str, Any]:
            return self.get_client_claims(request.client)

        def generate_user_info(self, user: Person, scope: str) -> UserInfo:
            said = {"sub": user.sub, "email": user.email, "email_verified": user.email_verified, **provider.claims}
            return UserInfo({name: value for name, value in said.items() if value is not None})

    server.register_grant(CodeGrant, [IdToken(require_nonce=True), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        provider.asked.append("discovery")
        at = provider.issuer
        known = {"issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys"}
        return jsonify({**known, **provider.discovery})

    @app.get("/keys")
    def keys() -> Response:
        provider.asked.append("keys")
        return jsonify(KeySet(provider.keys).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Response:
        grant = server.get_consent_grant(end_user=provider.person)
        return server.create_authorization_response(grant_user=provider.person, grant=grant)

    @app.post("/token")
    def token() -> Response:
        provider.asked.append("token")
        response = server.create_token_response()
        if provider.forged and response.status_code == 200:
            answer = json.loads(response.get_data())
            return jsonify({**answer, "id_token": provider.forged(answer["id_token"])})
        return response

    @app.before_request
    def remember() -> None:
        request.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

    return app


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    """The provider on a port of its own until the block ends."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, make_app(provider), threaded=True, request_handler=_Quiet)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

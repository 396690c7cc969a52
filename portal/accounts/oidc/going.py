"""On the way: where the browser goes, the cookie it carries, and what it brings back."""

from flask import Response, make_response, render_template, request, url_for

from portal.accounts.oidc import protocol, queries, service
from portal.accounts.oidc.fetching import Client
from portal.accounts.oidc.journey import Journey, Purpose, begin, opened, sealed
from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.rules import JOURNEY_LASTS, Claimed, Disbelieved, Failure
from portal.kernel.errors import NotFound
from portal.kernel.thai_text import pick
from portal.web.actor import cookie_name
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.runtime import runtime

COOKIE = "portal_provider"


def provider_at_hand(slug: str) -> IdentityProvider:
    """The provider, while it is switched on. Raises ``NotFound``."""
    provider = queries.by_slug(db.session, slug)
    if provider is None or not provider.enabled:
        raise NotFound
    return provider


def client_of(provider: IdentityProvider) -> Client:
    """What we are to it."""
    return service.client_of(runtime().keyring, provider, http_here=not runtime().settings.is_production)


def name_of(provider: IdentityProvider) -> str:
    """As the reader knows it."""
    return pick(language(), provider.name_th, provider.name_en)


def send_off(provider: IdentityProvider, purpose: Purpose, next_path: str = "", user_id: int | None = None) -> Response:
    """A page that goes on to the provider by itself. Raises ``Disbelieved`` if the provider is out of reach.

    A redirect would not do: browsers hold the policy ``form-action 'self'`` against where a form is sent on to.
    """
    journey = begin(provider.slug, now(), purpose, next_path, user_id, language())
    client, fresh = client_of(provider), purpose is Purpose.CONFIRM
    name, way_back = name_of(provider), back_url(provider)
    db.session.rollback()  # no transaction stays open while the provider is asked
    url = protocol.authorization_url(client, way_back, state=journey.state, nonce=journey.nonce, verifier=journey.verifier, fresh=fresh)
    response = make_response(render_template("accounts/oidc/going.html", url=url, name=name, noindex=True))
    response.headers["Refresh"] = f"0; url={url}"
    https = runtime().settings.https
    response.set_cookie(
        cookie_name(COOKIE, https),
        sealed(runtime().keyring, journey),
        max_age=int(JOURNEY_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=https,
        path="/",
    )
    return response


def come_back(provider: IdentityProvider) -> tuple[Journey, Claimed]:
    """The journey that ends here, and whom the provider vouches for. Raises ``Disbelieved``."""
    journey = _journey_of(provider)
    if journey is None:
        raise Disbelieved(Failure.STATE)
    code = request.args.get("code", "")
    if "error" in request.args or not code or len(code) > 4096:
        raise Disbelieved(Failure.REFUSED)
    client, way_back = client_of(provider), back_url(provider)
    db.session.rollback()
    return journey, protocol.claimed(client, way_back, code=code, nonce=journey.nonce, verifier=journey.verifier, now=now())


def in_its_language(provider: IdentityProvider) -> str:
    """Where this answer goes on if its journey began in another language than the way back has; empty if it is the same."""
    journey = _journey_of(provider)
    return path_in(journey.language, request.full_path) if journey and journey.language != language() else ""


def _journey_of(provider: IdentityProvider) -> Journey | None:
    cookie = request.cookies.get(cookie_name(COOKIE, runtime().settings.https), "")
    return opened(runtime().keyring, cookie, request.args.get("state", ""), provider.slug, now())


def back_url(provider: IdentityProvider) -> str:
    """The address that the provider sends people back to; it has to be entered there."""
    return runtime().settings.base_url + url_for("oidc.back", slug=provider.slug).removeprefix(request.script_root)


def drop_cookie(response: Response) -> Response:
    """A journey ends once."""
    https = runtime().settings.https
    response.delete_cookie(cookie_name(COOKIE, https), secure=https, httponly=True, samesite="Lax")
    return response

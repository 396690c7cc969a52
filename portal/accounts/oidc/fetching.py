"""Asking a provider's server: only at safe addresses, bounded in time and size, following nobody elsewhere."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from requests import Response
from requests.exceptions import RequestException

from portal.accounts.oidc.rules import Disbelieved, Failure

TIMEOUT_SECONDS = (3.0, 7.0)  # to connect, to read
MOST_BYTES = 256 * 1024
KEPT_SECONDS = 600
HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Client:
    """What we are to the provider. ``http_here`` allows an address on this machine without https, for development."""

    issuer: str
    client_id: str
    client_secret: str
    http_here: bool = False


def is_safe_address(url: str, http_here: bool) -> bool:
    """True for https, and for http on this machine where that is allowed; no user, no fragment."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _port = parts.port  # raises where it is no number
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment or not url.isprintable() or " " in url:
        return False
    return parts.scheme == "https" or (http_here and parts.scheme == "http" and host in HERE)


class _Kept:
    """Answers that stay for a while; safe for threads, bounded by the number of providers."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[float, Any]] = {}
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], Any], older_than: float = KEPT_SECONDS) -> Any:
        """The answer under the key, made anew if it is older than so many seconds."""
        with self._lock:
            known = self._answers.get(key)
        if known and time.monotonic() - known[0] < older_than:
            return known[1]
        made = make()
        with self._lock:
            self._answers[key] = (time.monotonic(), made)
        return made

    def forget(self) -> None:
        """Forget everything (tests; a provider that was changed)."""
        with self._lock:
            self._answers.clear()


kept = _Kept()


def session_for(client: Client, **options: Any) -> OAuth2Session:
    """A session that knows nothing of the environment (proxies, netrc)."""
    session = OAuth2Session(client.client_id, client.client_secret, **options)
    session.trust_env = False
    session.max_redirects = 0
    return session


def get_json(client: Client, url: str) -> Mapping[str, Any]:
    """The JSON object at the address; raises ``Disbelieved``."""
    if not is_safe_address(url, client.http_here):
        raise Disbelieved(Failure.UNREACHABLE)
    try:
        with session_for(client) as session:
            return _json(session.request("GET", url, withhold_token=True, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True))
    except (RequestException, OAuthError) as error:
        raise Disbelieved(Failure.UNREACHABLE) from error


def _json(response: Response) -> Mapping[str, Any]:
    if response.status_code != 200:
        raise Disbelieved(Failure.UNREACHABLE)
    body, deadline = b"", time.monotonic() + sum(TIMEOUT_SECONDS)
    for piece in response.iter_content(16 * 1024):
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() > deadline:
            raise Disbelieved(Failure.UNREACHABLE)
    try:
        document = json.loads(body)
    except ValueError as error:
        raise Disbelieved(Failure.UNREACHABLE) from error
    if not isinstance(document, dict):
        raise Disbelieved(Failure.UNREACHABLE)
    return document

"""Limits of how often one network may ask, with Flask-Limiter: in Redis where there is one, else in each process.

They slow guessing and floods, and never refuse a citizen's words for want of Redis. A whole mobile carrier may stand
behind one address, so limits for honest acts are wide; what guesses codes is counted by its wrong ones only.
"""

from time import sleep, time

import structlog
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse
from redis.exceptions import RedisError

from portal.kernel.errors import TooMany
from portal.web.security import network_key

#: Wrong receipt codes: more of them from one network are answered 429; beyond either limit look-ups are slowed, right ones never refused.
WRONG_CODES_NETWORK = "30 per 10 minutes"
WRONG_CODES_EVERYBODY = "3000 per hour"

SLOW_SECONDS = 0.3
_SCOPE = "wrong-codes"
_NETWORK, _EVERYBODY = parse(WRONG_CODES_NETWORK), parse(WRONG_CODES_EVERYBODY)

log = structlog.get_logger(__name__)
limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=False)


def init_limits(app: Flask, redis_url: str | None, *, enabled: bool) -> None:
    """Connect the limiter. Redis may be gone at any moment: then each process counts in its own memory."""
    app.config.update(
        RATELIMIT_ENABLED=enabled,
        RATELIMIT_STORAGE_URI=redis_url or "memory://",
        RATELIMIT_STORAGE_OPTIONS={"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry_on_timeout": False} if redis_url else {},
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(redis_url),
        RATELIMIT_SWALLOW_ERRORS=True,
    )
    limiter.init_app(app)


def slow_down_guessing() -> None:
    """Before a code is looked up: wait a moment where many wrong ones came from this network, or from everybody.

    It waits and never refuses: a right code opens its case whatever others behind the same address have tried.
    """
    if limiter.enabled and not (_left(_NETWORK, network()) and _left(_EVERYBODY, "everybody")):
        sleep(SLOW_SECONDS)


def note_wrong_code() -> None:
    """Count a code that nobody was given; raises ``TooMany`` once the network has tried too many."""
    if not limiter.enabled:
        return
    try:
        limiter.limiter.hit(_EVERYBODY, _SCOPE, "everybody")
        if limiter.limiter.hit(_NETWORK, _SCOPE, network()):
            return
        until = limiter.limiter.get_window_stats(_NETWORK, _SCOPE, network()).reset_time
    except RedisError as error:
        log.warning("limits_unavailable", error=type(error).__name__)
        return
    raise TooMany(max(1, int(until - time()) + 1))


def _left(limit: RateLimitItem, key: str) -> bool:
    try:
        return bool(limiter.limiter.test(limit, _SCOPE, key))
    except RedisError:
        return True


def network() -> str:
    """Key of a limit: the daily hash of the network, so that no address is stored."""
    return network_key()

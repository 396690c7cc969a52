"""The one-time token of a form of visitors: a random id, signed, with the time at which the page was made.

The id is the submission key, and files wait under its hash. A page that comes back for mending carries the same id, signed anew; an
expired token is authentic still, so its id and its files go on, and the sender presses once more.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from itsdangerous import BadData, URLSafeTimedSerializer

from portal.kernel.keyring import Keyring

LASTS = timedelta(hours=2)
SUBMISSION = "form"
_ID_BYTES = 18
_LONGEST = 300


class Freshness(Enum):
    """What a token that came back is worth."""

    GOOD = "good"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class FormToken:
    """``id`` is ours in any case: of an unknown token a fresh one. ``seconds`` since its page was made, None if we cannot know."""

    id: str
    freshness: Freshness
    seconds: float | None = field(default=None, compare=False)

    @property
    def is_good(self) -> bool:
        """True if the form may be taken as it is."""
        return self.freshness is Freshness.GOOD


def fresh() -> FormToken:
    """For a page that is opened for the first time."""
    return FormToken(secrets.token_urlsafe(_ID_BYTES), Freshness.GOOD)


def write(secret: str, token: FormToken, salt: str = SUBMISSION) -> str:
    """The token as the hidden field carries it, valid from now on."""
    return _serializer(secret, salt).dumps(token.id)


def read(secret: str, text: str, now: datetime, salt: str = SUBMISSION) -> FormToken:
    """The token in a hidden field. Never raises: what we did not sign gives a fresh id."""
    try:
        if len(text) > _LONGEST:
            raise BadData("too long for one of ours")
        token_id, issued_at = _serializer(secret, salt).loads(text, return_timestamp=True)
    except (BadData, ValueError):
        return FormToken(fresh().id, Freshness.UNKNOWN)
    age = now - issued_at
    return FormToken(str(token_id), Freshness.GOOD if age <= LASTS else Freshness.EXPIRED, age.total_seconds())


def files_key(keyring: Keyring, token: FormToken) -> str:
    """The hash under which files wait."""
    return keyring.mac("form files", token.id)[1]


def _serializer(secret: str, salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=salt)

"""What a browser carries from here to the provider and back: sealed, for ten minutes, in a cookie that only the way back reads."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

from cryptography.fernet import InvalidToken

from portal.accounts.oidc.rules import JOURNEY_LASTS
from portal.kernel.keyring import Keyring

_PURPOSE = "oidc journey"


class Purpose(StrEnum):
    """Why somebody goes to the provider."""

    ENTER = "enter"
    LINK = "link"
    CONFIRM = "confirm"


@dataclass(frozen=True)
class Journey:
    """One attempt. ``user_id`` is set where somebody signed in links an identity or shows once more who they are.

    ``language`` is that of the page where it began; providers know one address to come back to, which is the Thai one.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    begun: float
    purpose: str
    next_path: str = ""
    user_id: int | None = None
    language: str = "th"


def begin(provider: str, now: datetime, purpose: Purpose, next_path: str = "", user_id: int | None = None, language: str = "th") -> Journey:
    """A new journey with its own secrets."""
    state, nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    return Journey(provider, state, nonce, verifier, now.timestamp(), purpose.value, next_path, user_id, language)


def sealed(keyring: Keyring, journey: Journey) -> str:
    """For the cookie."""
    return keyring.encrypt(_PURPOSE, json.dumps(asdict(journey)))


def opened(keyring: Keyring, cookie: str, state: str, provider: str, now: datetime) -> Journey | None:
    """The journey that this browser began with this provider, if the state that came back is its own and it is not too old."""
    try:
        journey = Journey(**json.loads(keyring.decrypt(_PURPOSE, cookie)))
    except (InvalidToken, ValueError, TypeError):
        return None
    age = now - datetime.fromtimestamp(journey.begun, UTC)
    same = secrets.compare_digest(journey.state.encode(), state.encode()) and journey.provider == provider
    return journey if same and age <= JOURNEY_LASTS else None

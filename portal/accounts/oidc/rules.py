"""What is believed of a provider's answer. Facts in, a decision out; no network and no table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

JOURNEY_LASTS = timedelta(minutes=10)
CLOCKS_DIFFER = 60  # seconds
#: Signatures with a public key only: a shared secret could be ours.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
#: What ``amr`` says when more than a password was asked for.
STRONG = frozenset({"mfa", "otp", "hwk"})
SUBJECT_MOST = 255
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class Failure(StrEnum):
    """Why an answer was not believed; written into the trail, never shown."""

    STATE = "state"
    REFUSED = "refused"  # the provider itself said no
    EXCHANGE = "exchange"
    TOKEN = "token"  # noqa: S105 - the name of a failure
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    NONCE = "nonce"
    TIME = "time"
    SUBJECT = "subject"
    SECOND_FACTOR = "second_factor"  # ours was asked for, and the provider cannot stand for it
    UNREACHABLE = "unreachable"


class Disbelieved(Exception):
    """The answer cannot be used."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Expected:
    """What an ID token must say to be ours."""

    issuer: str
    client_id: str
    nonce: str


@dataclass(frozen=True)
class Claimed:
    """Whom the provider vouches for. ``email`` is empty unless the provider has verified it."""

    subject: str
    email: str = ""
    strong: bool = False
    #: When the person last showed the provider who they are, in seconds of the epoch; None where it does not say.
    shown_at: float | None = None


def judge(claims: Mapping[str, Any], expected: Expected, now: datetime) -> Claimed:
    """What an ID token with a good signature tells; raises ``Disbelieved``."""
    if claims.get("iss") != expected.issuer:
        raise Disbelieved(Failure.ISSUER)
    _check_audience(claims, expected.client_id)
    if not expected.nonce or claims.get("nonce") != expected.nonce:
        raise Disbelieved(Failure.NONCE)
    _check_time(claims, now.timestamp())
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MOST or "\0" in subject:
        raise Disbelieved(Failure.SUBJECT)
    methods = claims.get("amr")
    strong = isinstance(methods, list) and not STRONG.isdisjoint(str(method) for method in methods)
    return Claimed(subject, _verified_email(claims), strong, _number(claims.get("auth_time")))


def is_fresh(claimed: Claimed, begun: float) -> bool:
    """True if the provider says that the person showed who they are after the journey began, not some time before."""
    return claimed.shown_at is not None and claimed.shown_at >= begun - CLOCKS_DIFFER


def domains_in(text: str) -> list[str]:
    """Domains out of what an administrator typed, lower-cased, each once; raises ``ValueError`` with what is none."""
    found = list(dict.fromkeys(part.strip(".").removeprefix("@") for part in re.split(r"[\s,;]+", text.lower()) if part))
    for domain in found:
        if not _DOMAIN.fullmatch(domain):
            raise ValueError(domain)
    return found


def answers_for(domains: list[str], email: str) -> bool:
    """True if the address belongs to one of the domains itself; a domain below it is another one."""
    return email.rpartition("@")[2].lower() in domains


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp")
    if client_id not in audiences or (len(audiences) > 1 and party is None) or party not in (None, client_id):
        raise Disbelieved(Failure.AUDIENCE)


def _check_time(claims: Mapping[str, Any], now: float) -> None:
    expires, issued = _number(claims.get("exp")), _number(claims.get("iat"))
    begins = _number(claims.get("nbf", issued))
    if expires is None or issued is None or begins is None:
        raise Disbelieved(Failure.TIME)
    if expires <= now - CLOCKS_DIFFER or max(issued, begins) > now + CLOCKS_DIFFER:
        raise Disbelieved(Failure.TIME)


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _verified_email(claims: Mapping[str, Any]) -> str:
    email = claims.get("email")
    return email.strip().lower() if isinstance(email, str) and claims.get("email_verified") is True else ""

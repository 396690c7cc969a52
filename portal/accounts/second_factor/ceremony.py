"""What is said to passkeys and what they answer (WebAuthn), by py_webauthn: no tables, values in and out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

ANSWER_MOST = 20_000  # characters; an answer without attestation has about a thousand


class RefusedAnswer(Exception):
    """The answer is not what was asked for: broken, of another site, another key, a copy, or without user verification."""


@dataclass(frozen=True)
class Site:
    """The portal as passkeys know it."""

    host: str
    origin: str
    name: str

    @property
    def takes_passkeys(self) -> bool:
        """Browsers make passkeys for names only, over https or on this very machine."""
        try:
            ip_address(self.host.strip("[]"))
        except ValueError:
            return bool(self.host) and (self.origin.startswith("https://") or self.host == "localhost")
        return False


def site_of(base_url: str, name: str) -> Site:
    """The site that ``PORTAL_BASE_URL`` names."""
    parts = urlsplit(base_url)
    return Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}", name)


@dataclass(frozen=True)
class NewKey:
    """What a device tells of a key that it made; the id in base64url."""

    credential_id: str
    public_key: bytes
    sign_count: int


def ask_new(site: Site, challenge: bytes, handle: str, email: str, name: str, known: Sequence[str]) -> str:
    """JSON for ``navigator.credentials.create``; no attestation: which make the device is, is no business of ours."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=base64url_to_bytes(handle),
        user_name=email,
        user_display_name=name,
        challenge=challenge,
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return options_to_json(options)


def ask(site: Site, challenge: bytes, known: Sequence[str], *, alone: bool) -> str:
    """JSON for ``navigator.credentials.get``; ``alone`` is the passkey that stands for password and second step."""
    wish = UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED
    options = generate_authentication_options(
        rp_id=site.host, challenge=challenge, allow_credentials=_descriptors(known), user_verification=wish
    )
    return options_to_json(options)


def challenge_in(answer: str) -> bytes:
    """The challenge that an answer says it signed, so that its row can be found; raises ``RefusedAnswer``."""
    client = _object(_bytes(_text(_object_in(_parsed(answer), "response"), "clientDataJSON")))
    return _bytes(_text(client, "challenge"))


def credential_in(answer: str) -> str:
    """The id of the key that answers, base64url as we keep it; raises ``RefusedAnswer``."""
    return bytes_to_base64url(_bytes(_text(_parsed(answer), "rawId")))


def handle_in(answer: str) -> str:
    """What the device calls the person, base64url; empty where it does not say."""
    given = _object_in(_parsed(answer), "response").get("userHandle")
    return bytes_to_base64url(_bytes(given)) if isinstance(given, str) and given else ""


def accept_new(site: Site, challenge: bytes, answer: str) -> NewKey:
    """The key that was made; raises ``RefusedAnswer``."""
    try:
        made = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin
        )
    except Exception as error:  # the library and its decoders throw what they like at what a browser may send
        raise RefusedAnswer from error
    return NewKey(bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count)


def accept(site: Site, challenge: bytes, answer: str, public_key: bytes, sign_count: int, *, alone: bool) -> int:
    """The device's counter after a right answer; raises ``RefusedAnswer``, also for a counter that falls back."""
    try:
        shown = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=alone,
        )
    except Exception as error:
        raise RefusedAnswer from error
    return shown.new_sign_count


def _descriptors(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]


def _parsed(answer: str) -> dict[str, object]:
    if len(answer) > ANSWER_MOST:
        raise RefusedAnswer
    return _object(answer)


def _object(text: str | bytes) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedAnswer from error
    if not isinstance(value, dict):
        raise RefusedAnswer
    return value


def _object_in(value: dict[str, object], name: str) -> dict[str, object]:
    inner = value.get(name)
    if not isinstance(inner, dict):
        raise RefusedAnswer
    return inner


def _text(value: dict[str, object], name: str) -> str:
    text = value.get(name)
    if not isinstance(text, str):
        raise RefusedAnswer
    return text


def _bytes(text: str) -> bytes:
    try:
        return base64url_to_bytes(text)
    except ValueError as error:  # of it binascii.Error and characters that are not ASCII
        raise RefusedAnswer from error

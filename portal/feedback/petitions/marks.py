"""Keyed hashes of supporters: of a device's random number, or of an address, for one agency. Nothing can be read back from them."""

import hashlib
import re
import secrets

from portal.casework.identity import normal_email
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.rules import Way
from portal.kernel.keyring import Keyring

_DEVICE = re.compile(r"[A-Za-z0-9_-]{24}")
_PURPOSE = {Way.DEVICE: "petition device", Way.CONTACT: "petition contact"}


def new_device() -> str:
    """The random number of a device."""
    return secrets.token_urlsafe(18)


def is_device(text: str) -> bool:
    """False for what cannot be one of ours."""
    return _DEVICE.fullmatch(text) is not None


def mark(keyring: Keyring, petition: Petition, way: Way, value: str) -> tuple[str, str]:
    """Id of the newest key and the hash to store."""
    return keyring.mac(_PURPOSE[way], _for(petition, way, value))


def marks(keyring: Keyring, petition: Petition, way: Way, value: str) -> list[str]:
    """The hashes under every listed key: what to look up."""
    return keyring.macs(_PURPOSE[way], _for(petition, way, value))


def address_marks(keyring: Keyring, address: str) -> list[str]:
    """The same address whatever it supports, the newest key first: to count mails."""
    return keyring.macs("petition mail", normal_email(address))


def crowd_key(keyring: Keyring, petition: Petition, network: str) -> str:
    """Of a petition and the daily hash of a network."""
    return keyring.mac("petition crowd", f"{petition.id}:{network}")[1]


def link_hash(secret: str) -> str:
    """What is kept of the secret in a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _for(petition: Petition, way: Way, value: str) -> str:
    """By agency, so that petitions which are merged can tell who supports both, and no device can be followed from agency to agency."""
    return f"{petition.agency_id}:{normal_email(value) if way is Way.CONTACT else value}"

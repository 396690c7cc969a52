"""The mark by which an answer to one of our mails finds its case. In words: ``docs/rules/mail-in.md``.

26 letters of base 32: 80 bits of a keyed hash over the case and the address that the mail went to, and the id of the case, hidden. The hash
is what protects; hiding the id only keeps internal numbers inside.
"""

import base64
import binascii
import re
import secrets

from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from portal.casework import identity
from portal.casework.models import Case
from portal.kernel.keyring import Keyring

_HIDING, _HASH = "reply token id", "reply token"
_ID_BYTES, _HASH_BYTES = 6, 10
TOKEN = re.compile(r"[a-z2-7]{26}")
#: As it stands in the Message-ID of our mails, before the ``@``.
MARK = re.compile(r"\.t-([a-z2-7]{26})@", re.IGNORECASE)


def token_for(keyring: Keyring, case: Case) -> str:
    """The token for mails to the address that the case has now; the same every time under one key."""
    _, digest = keyring.mac(_HASH, _bound(keyring, case))
    proof = bytes.fromhex(digest)[:_HASH_BYTES]
    _, pad = keyring.mac(_HIDING, proof.hex())
    hidden = _xor(case.id.to_bytes(_ID_BYTES, "big"), bytes.fromhex(pad))
    return _written(proof + hidden)


def case_of(session: Session, keyring: Keyring, token: str) -> Case | None:
    """The case of a token that still fits the address of the case; None for anything else, and anything may be asked."""
    whole = _bytes_of(token.lower())
    if whole is None:
        return None
    proof, hidden = whole[:_HASH_BYTES], whole[_HASH_BYTES:]
    for pad in keyring.macs(_HIDING, proof.hex()):
        case = session.get(Case, _small(int.from_bytes(_xor(hidden, bytes.fromhex(pad)), "big")))
        if case is not None and _fits(keyring, case, proof):
            return case
    return None


def _fits(keyring: Keyring, case: Case, proof: bytes) -> bool:
    try:
        if not identity.notice_address(keyring, case):
            return False
        known = [bytes.fromhex(digest)[:_HASH_BYTES] for digest in keyring.macs(_HASH, _bound(keyring, case))]
    except InvalidToken:  # under no listed key
        return False
    return any(secrets.compare_digest(proof, one) for one in known)


def _bound(keyring: Keyring, case: Case) -> str:
    return f"{case.id}:{identity.normal_email(identity.notice_address(keyring, case))}"


def _bytes_of(token: str) -> bytes | None:
    if not TOKEN.fullmatch(token):
        return None
    try:
        whole = base64.b32decode(token.upper() + "======")
    except (binascii.Error, ValueError):
        return None
    return whole if _written(whole) == token else None  # the last letter has two bits to spare


def _written(whole: bytes) -> str:
    return base64.b32encode(whole).decode().rstrip("=").lower()


def _xor(some: bytes, pad: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(some, pad, strict=False))


def _small(number: int) -> int:
    """Ids of a guessed token reach far beyond what the database's whole numbers hold."""
    return number if number < 2**31 else 0

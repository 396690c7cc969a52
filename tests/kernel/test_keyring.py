"""Keys: one purpose says nothing of another, old keys still read, and nothing forged opens."""

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.keyring import Keyring

OLD, NEW = "an old key that is long enough to be one", "a new key that is long enough to be one"


@given(st.text())
def test_what_was_encrypted_or_sealed_comes_back(text: str) -> None:
    keys = Keyring([NEW])
    assert keys.decrypt("identity", keys.encrypt("identity", text)) == text
    assert keys.unseal("cursor", keys.seal("cursor", text)) == text
    assert keys.seal("cursor", text) == keys.seal("cursor", text)


def test_rotation_writes_with_the_newest_and_reads_with_every_key() -> None:
    before, after, gone = Keyring([OLD]), Keyring([NEW, OLD]), Keyring([NEW])
    token, sealed, (key_id, digest) = before.encrypt("p", "x"), before.seal("p", "x"), before.mac("p", "x")
    assert after.decrypt("p", token) == after.unseal("p", sealed) == "x"
    assert digest in after.macs("p", "x")
    assert after.mac("p", "x")[0] != key_id
    with pytest.raises(InvalidToken):
        gone.decrypt("p", token)
    with pytest.raises(ValueError, match="sealed"):
        gone.unseal("p", sealed)


def test_a_purpose_opens_nothing_of_another() -> None:
    keys = Keyring([NEW])
    assert keys.mac("a", "x") != keys.mac("b", "x")
    with pytest.raises(InvalidToken):
        keys.decrypt("b", keys.encrypt("a", "x"))
    with pytest.raises(ValueError, match="sealed"):
        keys.unseal("b", keys.seal("a", "x"))


@given(st.text())
def test_nothing_forged_is_unsealed(token: str) -> None:
    with pytest.raises(ValueError, match="sealed"):
        Keyring([NEW]).unseal("cursor", token)


def test_a_keyring_needs_a_key() -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring([])


def test_bytes_open_under_their_purpose_and_key_only() -> None:
    sealed = Keyring([OLD]).encrypt_bytes("file", b"words")
    assert b"words" not in sealed
    assert Keyring([NEW, OLD]).decrypt_bytes("file", sealed) == b"words"
    for keyring, purpose, data in (
        (Keyring([NEW]), "file", sealed),
        (Keyring([OLD]), "other", sealed),
        (Keyring([OLD]), "file", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (Keyring([OLD]), "file", b""),
    ):
        with pytest.raises(ValueError, match="encrypted"):
            keyring.decrypt_bytes(purpose, data)

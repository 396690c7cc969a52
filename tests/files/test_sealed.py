"""Bytes that are encrypted before they reach the disk."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.files.sealed import GRAIN, SealedStore
from portal.files.store import LocalStore
from portal.kernel.errors import NotFound, Unavailable
from portal.kernel.keyring import Keyring

NEWEST, OLD = "k" * 40, "o" * 40


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200_000))
def test_what_was_put_is_read_again(store: LocalStore, data: bytes) -> None:
    sealed = SealedStore(store, Keyring([NEWEST]))
    with sealed.open(sealed.put(data)) as file:
        assert file.read() == data


def test_the_disk_holds_neither_the_words_nor_the_length(store: LocalStore) -> None:
    sealed = SealedStore(store, Keyring([NEWEST]))
    ids = [sealed.put(b"words of a person" * times) for times in (1, 100)]
    on_disk = [(store.root / file_id[:2] / file_id[2:4] / file_id).read_bytes() for file_id in ids]
    assert not [data for data in on_disk if b"person" in data]
    assert len({len(data) for data in on_disk}) == 1
    assert len(on_disk[0]) > GRAIN


def test_an_older_key_still_opens_and_another_one_does_not(store: LocalStore) -> None:
    file_id = SealedStore(store, Keyring([OLD])).put(b"words")
    with SealedStore(store, Keyring([NEWEST, OLD])).open(file_id) as file:
        assert file.read() == b"words"
    with pytest.raises(Unavailable):
        SealedStore(store, Keyring([NEWEST])).open(file_id)


def test_what_is_not_there_and_what_is_deleted(store: LocalStore) -> None:
    sealed = SealedStore(store, Keyring([NEWEST]))
    file_id = sealed.put(b"words")
    assert list(sealed.ids(datetime(2100, 1, 1, tzinfo=UTC))) == [file_id]
    sealed.delete(file_id)
    with pytest.raises(NotFound):
        sealed.open(file_id)


def test_a_file_goes_over_to_the_newest_key_once(store: LocalStore) -> None:
    file_id = SealedStore(store, Keyring([OLD])).put(b"words")
    both = SealedStore(store, Keyring([NEWEST, OLD]))
    with both.open(file_id) as reading:
        assert both.renew(file_id)
        assert reading.read() == b"words"
    assert not both.renew(file_id)
    with SealedStore(store, Keyring([NEWEST])).open(file_id) as file:
        assert file.read() == b"words"
    with pytest.raises(Unavailable):
        SealedStore(store, Keyring([OLD])).renew(file_id)


def test_what_a_crash_left_half_written_hinders_no_second_attempt(store: LocalStore) -> None:
    sealed = SealedStore(store, Keyring([NEWEST]))
    file_id = sealed.put(b"words")
    (store.root / file_id[:2] / file_id[2:4] / f"{file_id}.part").write_bytes(b"half")
    sealed.replace(file_id, b"other words")
    with sealed.open(file_id) as file:
        assert file.read() == b"other words"

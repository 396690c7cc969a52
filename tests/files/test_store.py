import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.files.store import LocalStore
from portal.kernel.errors import NotFound, Unavailable

LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def local(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "deep" / "files")


def content(store: LocalStore, file_id: str) -> bytes:
    with store.open(file_id) as file:
        return file.read()


def test_what_is_put_can_be_opened_again_under_two_folders(local: LocalStore) -> None:
    file_id = local.put(b"words")
    assert content(local, file_id) == b"words"
    assert (local.root / file_id[:2] / file_id[2:4] / file_id).is_file()


def test_ids_are_random_so_the_same_bytes_lie_apart(local: LocalStore) -> None:
    assert local.put(b"same") != local.put(b"same")


def test_file_and_every_folder_are_synced_in_order_before_put_returns(local: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.rename

    def noting_sync(handle: int) -> None:
        steps.append("sync " + os.readlink(f"/proc/self/fd/{handle}"))
        sync(handle)

    def noting_rename(path: Path, target: Path) -> Path:
        steps.append(f"rename {target}")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noting_sync)
    monkeypatch.setattr(Path, "rename", noting_rename)
    file_id = local.put(b"words")
    path = local.root / file_id[:2] / file_id[2:4] / file_id
    folders = [f"sync {folder}" for folder in (path.parent, path.parent.parent, local.root)]
    assert steps == [f"sync {path}.part", f"rename {path}", *folders]


def test_a_disk_that_cannot_take_it_is_said_and_leaves_nothing(local: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable):
        local.put(b"words")
    assert not [path for path in local.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("bad", ["", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "\n", "a" * 33, "..", "a" * 30 + "/.", "\0" * 32])
def test_what_is_no_id_is_never_a_path(local: LocalStore, bad: str) -> None:
    for act in (local.open, local.delete):
        with pytest.raises(NotFound):
            act(bad)


def test_what_is_not_there_is_not_found_and_deleting_it_is_no_error(local: LocalStore) -> None:
    local.delete("0" * 32)
    with pytest.raises(NotFound):
        local.open("0" * 32)


def test_deleted_is_gone(local: LocalStore) -> None:
    file_id = local.put(b"words")
    local.delete(file_id)
    assert list(local.ids(LATER)) == []


def test_ids_lists_old_files_only_and_by_folder(local: LocalStore) -> None:
    ids = {local.put(b"words") for _ in range(5)}
    assert set(local.ids(LATER)) == ids
    assert list(local.ids(LATER - timedelta(hours=2))) == []
    assert {file_id for prefix in {i[:2] for i in ids} for file_id in local.ids(LATER, prefix)} == ids


def test_a_file_that_a_crash_left_unfinished_is_listed_and_deleted_but_never_opened(local: LocalStore) -> None:
    file_id = "ab" * 16
    part = local.root / "ab" / "ab" / f"{file_id}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    with pytest.raises(NotFound):
        local.open(file_id)
    assert list(local.ids(LATER)) == [file_id]
    local.delete(file_id)
    assert not part.exists()


def test_others_on_the_machine_cannot_enter_the_folder(local: LocalStore) -> None:
    assert local.root.stat().st_mode & 0o077 == 0

import hashlib
import io
import os
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.db.session import WRITES
from portal.files import jobs, queries, service
from portal.files.models import StoredFile
from portal.files.rules import FILE_MOST, FILES_MOST, SWEEP_EVERY, Kind
from portal.files.service import Received
from portal.files.store import LocalStore
from portal.kernel.errors import Invalid, NotFound

from . import makers

TOKEN = "f" * 64
OTHER = "e" * 64
LATER = timedelta(hours=2, seconds=1)


def a_file(store: LocalStore, content: bytes = b"clean bytes", name: str = "a.pdf") -> Received:
    """Received without the cost of cleaning."""
    digest = hashlib.sha256(content).hexdigest()
    return Received(store.put(content), name, Kind.PDF, len(content), digest, digest)


def staged(session: Session, store: LocalStore, now: datetime, content: bytes = b"clean bytes", token: str = TOKEN) -> StoredFile:
    received = a_file(store, content)
    with unit_of_work(session):
        return service.stage(session, now, received, token)


def why(data: bytes, name: str, store: LocalStore, media_type: str = "") -> str:
    with pytest.raises(Invalid) as refused:
        service.receive(store, data, name, media_type)
    [message] = refused.value.fields["files"]
    assert not [path for path in store.root.rglob("*") if path.is_file()]
    return str(message)


def test_a_received_file_is_clean_on_the_disk_and_known_by_both_hashes(store: LocalStore) -> None:
    sent = makers.everything_hidden("JPEG")
    received = service.receive(store, io.BytesIO(sent), "../ถนน.JPG", "image/jpeg")
    with store.open(received.public_id) as file:
        stored = file.read()
    assert (received.name, received.media_type, received.size) == ("ถนน.jpg", Kind.JPEG, len(stored))
    assert received.sha256 == hashlib.sha256(stored).hexdigest() != received.original_sha256
    assert received.original_sha256 == hashlib.sha256(sent).hexdigest()
    assert makers.SECRET.encode() not in stored


def test_heic_is_stored_as_jpeg_under_a_fitting_name(store: LocalStore) -> None:
    received = service.receive(store, makers.encoded("HEIF"), "IMG_0001.HEIC", "image/heic")
    assert (received.name, received.media_type) == ("IMG_0001.jpg", Kind.JPEG)


def test_a_file_without_a_known_claim_is_judged_by_its_content(store: LocalStore) -> None:
    assert service.receive(store, makers.encoded("PNG"), "ภาพ", "application/octet-stream").name == "ภาพ.png"


def test_a_file_that_lies_about_its_kind_is_refused_and_told_why(store: LocalStore) -> None:
    assert "says it is JPEG but its content is PDF" in why(makers.pdf(), "photo.jpg", store)
    assert "says it is PDF but its content is PNG" in why(makers.encoded("PNG"), "photo", store, "application/pdf")
    assert "says it is PNG but its content is something else" in why(b"<script>alert(1)</script>", "x.png", store)


@pytest.mark.parametrize("data", [b"GIF89a;PK\x03\x04 a GIFAR", b"<svg onload='x'/>", b"PK\x03\x04", b"MZ", b"plain words"])
def test_other_kinds_are_refused_with_the_list_of_what_we_take(data: bytes, store: LocalStore) -> None:
    assert "JPEG, PNG, WebP, HEIC" in why(data, "x.bin", store)


def test_ten_megabytes_and_one_byte_are_too_large_and_no_more_is_read(store: LocalStore) -> None:
    endless = io.BytesIO(b"\xff\xd8\xff" + bytes(FILE_MOST + 100))
    with pytest.raises(Invalid) as refused:
        service.receive(store, endless, "big.jpg")
    assert "larger than 10 MB" in str(refused.value.fields["files"][0])
    assert endless.tell() == FILE_MOST + 1


def test_exactly_ten_megabytes_are_not_too_large(store: LocalStore) -> None:
    picture = makers.encoded("JPEG")
    assert service.receive(store, picture + bytes(FILE_MOST - len(picture)), "full.jpg").size < FILE_MOST


def test_other_faults_are_told_with_the_tidy_name(store: LocalStore) -> None:
    assert why(b"", "x/\u202eempty.pdf", store) == "empty.pdf is empty"
    assert "too large a picture" in why(makers.bomb_png(), "bomb.png", store)
    assert "damaged" in why(makers.encoded("JPEG")[:400], "half.jpg", store)


def test_one_bad_file_does_not_cost_the_sender_the_good_ones(store: LocalStore) -> None:
    good = makers.encoded("PNG")
    received, problems = service.receive_all(
        store, [(good, "a.png", ""), (b"bad", "b.png", ""), (io.BytesIO(b""), "", ""), (good, "c.png", "")]
    )
    assert [file.name for file in received] == ["a.png", "c.png"]
    assert len(problems) == 1


def test_files_above_the_room_left_are_not_read(store: LocalStore) -> None:
    good = makers.encoded("PNG")
    received, problems = service.receive_all(store, [(good, "a.png", ""), (good, "b.png", ""), (good, "c.png", "")], room=1)
    assert len(received) == 1
    assert [str(problem) for problem in problems] == ["Choose at most 5 files"]


def test_a_staged_file_waits_two_hours_under_its_own_form(session: Session, store: LocalStore, now: datetime) -> None:
    file = staged(session, store, now)
    assert queries.staged(session, TOKEN) == [file]
    assert queries.staged(session, OTHER) == []
    assert queries.expired(session, now + timedelta(hours=2)) == []
    assert queries.expired(session, now + LATER) == [file]
    assert queries.by_public_id(session, file.public_id) is file
    assert queries.by_public_id(session, "0" * 32) is None


def test_the_same_bytes_sent_again_under_the_same_form_are_the_same_file(session: Session, store: LocalStore, now: datetime) -> None:
    assert staged(session, store, now).id == staged(session, store, now).id
    assert staged(session, store, now, token=OTHER).id != staged(session, store, now).id


def test_a_sixth_file_is_refused(session: Session, store: LocalStore, now: datetime) -> None:
    for number in range(FILES_MOST):
        staged(session, store, now, b"%d" % number)
    with pytest.raises(Invalid):
        staged(session, store, now, b"six")
    assert len(queries.staged(session, TOKEN)) == FILES_MOST


def test_attached_files_leave_the_form_and_the_sweepers_reach(session: Session, store: LocalStore, now: datetime) -> None:
    file = staged(session, store, now)
    with unit_of_work(session):
        assert service.attach(session, now, TOKEN) == [file]
    assert (file.attached_at, file.staged_until) == (now, None)
    assert queries.staged(session, TOKEN) == []
    with unit_of_work(session):
        assert service.sweep(session, store, now + LATER) == 0


def test_attaching_again_gives_the_same_files_and_the_first_time(session: Session, store: LocalStore, now: datetime) -> None:
    staged(session, store, now)
    with unit_of_work(session):
        first = service.attach(session, now, TOKEN)
    with unit_of_work(session):
        assert service.attach(session, now + LATER, TOKEN) == first
    assert first[0].attached_at == now


def test_nothing_is_attached_when_nothing_is_named(session: Session, store: LocalStore, now: datetime) -> None:
    staged(session, store, now)
    with unit_of_work(session):
        assert service.attach(session, now) == []


def test_one_cannot_attach_what_lies_under_another_form(session: Session, store: LocalStore, now: datetime) -> None:
    file = staged(session, store, now, token=OTHER)
    with pytest.raises(Invalid), unit_of_work(session):
        service.attach(session, now, TOKEN, [file.public_id])
    with unit_of_work(session):
        assert service.attach(session, now, OTHER, [file.public_id]) == [file]


def test_a_file_that_was_swept_meanwhile_is_said_and_not_silently_left_out(session: Session, store: LocalStore, now: datetime) -> None:
    kept, lost = staged(session, store, now, b"1"), staged(session, store, now, b"2")
    with unit_of_work(session):
        session.delete(lost)
    with pytest.raises(Invalid), unit_of_work(session):
        service.attach(session, now, public_ids=[kept.public_id, lost.public_id])
    assert queries.staged(session, TOKEN) == [kept]


def test_a_late_form_still_gets_its_files_as_long_as_they_are_there(session: Session, store: LocalStore, now: datetime) -> None:
    file = staged(session, store, now)
    with unit_of_work(session):
        assert service.attach(session, now + LATER, TOKEN) == [file]


def test_a_file_can_be_kept_at_once_without_a_form(session: Session, store: LocalStore, now: datetime) -> None:
    received = a_file(store)
    with unit_of_work(session):
        file = service.keep(session, now, received)
    assert (file.attached_at, file.staged_under) == (now, None)


def test_a_sender_can_take_a_waiting_file_off_the_form(session: Session, store: LocalStore, now: datetime) -> None:
    file = staged(session, store, now)
    with unit_of_work(session):
        assert not service.unstage(session, now, OTHER, file.public_id)
        assert service.unstage(session, now, TOKEN, file.public_id)
    assert queries.staged(session, TOKEN) == []
    with unit_of_work(session):
        assert service.sweep(session, store, now + timedelta(seconds=1)) == 1


def test_the_sweep_removes_expired_rows_and_their_bytes(session: Session, store: LocalStore, now: datetime) -> None:
    late, young = staged(session, store, now, b"1").public_id, staged(session, store, now + LATER, b"2").public_id
    with unit_of_work(session):
        assert service.sweep(session, store, now + LATER) == 1
        store.open(late).close()  # not before the commit
    assert [file.public_id for file in queries.staged(session, TOKEN)] == [young]
    with pytest.raises(NotFound):
        store.open(late)
    store.open(young).close()


def test_a_sweep_that_is_rolled_back_removes_no_bytes_then_or_later(session: Session, store: LocalStore, now: datetime) -> None:
    file = staged(session, store, now)
    session.connection(execution_options={WRITES: True})
    assert service.sweep(session, store, now + LATER) == 1
    session.rollback()
    with unit_of_work(session):
        pass
    store.open(file.public_id).close()
    assert queries.staged(session, TOKEN)


def test_bytes_without_a_row_are_found_after_a_day_and_others_never(session: Session, store: LocalStore, now: datetime) -> None:
    orphan, named = a_file(store).public_id, staged(session, store, now, b"other").public_id
    tomorrow = datetime.fromtimestamp(time.time() + 1, now.tzinfo)
    assert list(service.orphans(store, session, tomorrow)) == [orphan]
    assert named != orphan
    assert list(service.orphans(store, session, tomorrow - timedelta(hours=1))) == []


def test_in_a_day_of_calls_every_orphan_is_removed(session: Session, store: LocalStore, now: datetime) -> None:
    orphans = [a_file(store).public_id for _ in range(20)]
    named = staged(session, store, now, b"other").public_id
    for public_id in (*orphans, named):
        old = (now - timedelta(days=2)).timestamp()
        os.utime(store.root / public_id[:2] / public_id[2:4] / public_id, (old, old))
    assert sum(service.remove_orphans(session, store, now + turn * SWEEP_EVERY) for turn in range(256)) == 20
    store.open(named).close()


def test_discarded_files_are_gone(store: LocalStore) -> None:
    received = a_file(store)
    service.discard(store, [received])
    with pytest.raises(NotFound):
        store.open(received.public_id)


def test_the_timed_job_sweeps(session: Session, store: LocalStore, now: datetime) -> None:
    class Context:
        def __init__(self) -> None:
            self.session, self.store, self.now = session, store, now + LATER

    staged(session, store, now)
    with unit_of_work(session):
        jobs.sweep(Context())
    assert queries.staged(session, TOKEN) == []

"""The index says what is true of the records, after events and after a reindex."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.index import service as index
from portal.kernel.facts import SearchDocument
from portal.kernel.keyring import Keyring
from portal.outbox import service as outbox
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due
from portal.search.jobs import RENAMED, handlers
from portal.search.service import BATCH, reindex
from portal.search.sources import SOURCES, Source
from tests.conftest import NOW
from tests.factories import make_agency
from tests.index.documents import keys, make_document, put, search


@dataclass
class Room:
    """Records by id: key and text; an empty text is not public."""

    records: dict[int, tuple[str, str]] = field(default_factory=dict)

    def documents_of(self, session: Session, record_id: int) -> tuple[str, list[SearchDocument]] | None:
        if record_id not in self.records:
            return None
        key, text = self.records[record_id]
        return key, [make_document(text, key, kind="thing")] if text else []

    def ids(self, session: Session) -> Sequence[int]:
        return [number for number, (_, text) in self.records.items() if text]

    @property
    def source(self) -> Source:
        return Source("thing", "Things", self.documents_of, self.ids, ("thing.published", "thing.withdrawn"), "thing_id")


@pytest.fixture
def room() -> Room:
    return Room({1: ("one", "ถนน"), 2: ("two", "สะพาน")})


def happen(session: Session, room: Room, event: str, thing_id: int) -> None:
    """Announce it and let the worker run."""
    with unit_of_work(session):
        outbox.announce(session, event, NOW, thing_id=thing_id)
    context = JobContext(session, NOW, MemoryMailer(), None, Keyring(["k" * 32]), "http://localhost")  # type: ignore[arg-type]
    assert run_due(context, handlers([room.source])) == 1
    assert not outbox.failed(session)


def test_a_published_record_is_found_and_a_withdrawn_one_is_not(session: Session, room: Room) -> None:
    happen(session, room, "thing.published", 1)
    assert keys(session, "ถนน") == ["one"]
    room.records[1] = ("one", "")
    happen(session, room, "thing.withdrawn", 1)
    assert keys(session, "ถนน") == []


def test_events_that_come_late_do_no_harm(session: Session, room: Room) -> None:
    happen(session, room, "thing.withdrawn", 1)  # it is public again by now
    assert keys(session, "ถนน") == ["one"]
    del room.records[2]
    happen(session, room, "thing.published", 2)
    assert keys(session, "สะพาน") == []


def test_a_reindex_finds_all_forgets_what_is_gone_and_tells_how_far_it_is(session: Session, room: Room) -> None:
    put(session, make_document("ถนน เก่า", "gone", kind="thing"), make_document("ถนน", "other", kind="elsewhere"))
    room.records |= {number: (f"k{number}", "ถนน") for number in range(10, 10 + BATCH)}
    told: list[tuple[int, int]] = []
    count = reindex(session, [room.source], lambda _source, done, total: told.append((done, total)))
    assert count == BATCH + 2
    assert told == [(0, BATCH + 2), (BATCH, BATCH + 2), (BATCH + 2, BATCH + 2)]
    assert keys(session, "เก่า") == []
    assert keys(session, "สะพาน") == ["two"]
    assert "other" in {chunk for page in range(0, 60, 20) for chunk in _page(session, page)}


def test_a_record_published_while_a_reindex_runs_stays(session: Session, room: Room) -> None:
    def publish(_source: Source, done: int, _total: int) -> None:
        if done == 0:
            with unit_of_work(session):
                index.put(session, [make_document("ใหม่", "three", kind="thing")])

    reindex(session, [room.source], publish)
    assert keys(session, "ใหม่") == ["three"]


def test_agencies_are_found_by_name_in_both_languages(session: Session) -> None:
    with unit_of_work(session):
        make_agency(session, slug="nam", name_th="กรมน้ำสมมติ", name_en="Invented Water", hotline="1999")
    reindex(session, SOURCES)
    assert keys(session, "น้ำสมมติ") == ["nam"]
    assert keys(session, "water 1999") == ["nam"]


def test_each_kind_has_one_source_and_each_event_its_handlers() -> None:
    assert len({source.kind for source in SOURCES}) == len(SOURCES)
    # The new name of an agency concerns the records of all of them, not one of their own events.
    assert {event for source in SOURCES for event in source.events} | {RENAMED} == set(handlers())


def _page(session: Session, offset: int) -> list[str]:
    return [chunk.key for chunk in search(session, "ถนน", offset=offset).chunks]

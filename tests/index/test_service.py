"""Putting in replaces, taking out removes, and the public pages learn of it."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.db import unit_of_work
from portal.db.revision import public_revision, raise_public_revision
from portal.index import queries, service
from portal.index.dictionary import breaker
from portal.index.models import SearchChunk
from tests.index.documents import AT, keys, make_document, put


def test_putting_a_document_again_replaces_all_its_chunks(session: Session) -> None:
    put(session, make_document("เก่า " * 3000))
    put(session, make_document("ใหม่"))
    assert keys(session, "เก่า") == []
    assert keys(session, "ใหม่") == ["one"]
    assert session.scalar(select(func.count()).select_from(SearchChunk)) == 1


def test_the_other_language_stays_when_one_is_replaced(session: Session) -> None:
    put(session, make_document("ไทย"), make_document("English", language="en"))
    put(session, make_document("ใหม่"))
    assert keys(session, "English") == ["one"]


def test_a_removed_record_is_found_by_nobody(session: Session) -> None:
    put(session, make_document("ข้อความ"), make_document("text", language="en"), make_document("ข้อความ", "two"))
    with unit_of_work(session):
        service.remove(session, "disclosure", "one")
    assert keys(session, "ข้อความ") == ["two"]
    assert keys(session, "text") == []
    assert queries.keys_of(session, "disclosure") == {"two"}


def test_renewing_a_record_drops_the_language_that_is_gone(session: Session) -> None:
    put(session, make_document("ไทย"), make_document("English", language="en"))
    with unit_of_work(session):
        assert service.renew(session, "disclosure", "one", [make_document("ไทยใหม่")]) == 1
    assert keys(session, "English") == []
    assert keys(session, "ไทยใหม่") == ["one"]
    assert queries.documents_by_kind(session) == {"disclosure": 1}


@pytest.mark.parametrize("act", ["put", "remove", "renew"])
def test_pages_kept_by_caches_become_stale(session: Session, act: str) -> None:
    put(session, make_document())
    before = public_revision(session)
    with unit_of_work(session):
        {
            "put": lambda: service.put(session, [make_document("ใหม่")]),
            "remove": lambda: service.remove(session, "disclosure", "one"),
            "renew": lambda: service.renew(session, "disclosure", "one", []),
        }[act]()
    assert public_revision(session) > before


def test_what_is_rolled_back_is_not_found(session: Session) -> None:
    with unit_of_work(session):
        service.put(session, [make_document("ข้อความ")])
        session.rollback()
    assert keys(session, "ข้อความ") == []


def test_changing_a_chunk_by_hand_changes_what_is_found(session: Session) -> None:
    put(session, make_document("เก่า"))
    with unit_of_work(session):
        session.execute(text("UPDATE search_chunk SET clusters = 'ให ม่', words = 'ใหม่'"))
    assert keys(session, "เก่า") == []
    assert [chunk.key for chunk in queries.find(session, _exactly("ให", "ม่")).chunks] == ["one"]


def test_the_dictionary_knows_the_agencies_and_follows_their_names(session: Session) -> None:
    name = "กรมสมมติเพื่อการทดลอง"
    first = breaker(session)
    assert name not in first.words(name)
    agency = Agency(slug="x", code="X", level=AgencyLevel.DEPARTMENT, kind=AgencyKind.GOVERNMENT, name_th=name, updated_at=AT)
    with unit_of_work(session):
        session.add(agency)
        raise_public_revision(session)
    assert breaker(session).words(name) == [name]
    with unit_of_work(session):
        raise_public_revision(session)
    assert breaker(session) is breaker(session)


def _exactly(*clusters: str) -> queries.Question:
    return queries.Question("", (queries.Term(clusters, (), is_exact=True),))

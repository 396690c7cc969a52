"""What of plans can be found, and from when to when."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.files.store import LocalStore
from portal.index.models import SearchChunk
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due
from portal.plans import search, service
from portal.search.jobs import handlers
from tests.conftest import NOW
from tests.plans.conftest import HELD, WORDS, YEAR, Planning

Found = Callable[[], list[str]]


@pytest.fixture
def found(app: Flask, planning: Planning, store: LocalStore) -> Found:
    """Let the worker see what happened, and tell what the index holds of plans."""

    def run() -> list[str]:
        session = planning.office.session
        context = JobContext(session, NOW, MemoryMailer(), store, planning.office.keyring, "https://portal.example")
        with app.app_context():
            while run_due(context, handlers()):
                pass
        rows = select(SearchChunk.url_path, SearchChunk.language).where(SearchChunk.kind.in_((search.PLAN, search.ACTIVITY)))
        return sorted({f"{path} {language}" for path, language in session.execute(rows)})

    return run


def test_a_plan_and_its_activities_are_found_while_everybody_may_read_them(planning: Planning, found: Found) -> None:
    planning.open()
    one = planning.add(title_en="A hearing about water")
    at = f"/plans/{planning.office.agency.slug}/{YEAR}"
    assert found() == []  # a draft
    planning.move(service.hand_in)
    assert found() == [f"{at} en", f"{at} th", f"{at}/{one.number} en", f"{at}/{one.number} th"]
    planning.move(service.take_back)
    session = planning.office.session
    assert session.scalars(select(SearchChunk).where(SearchChunk.url_path.startswith(at))).all() == []  # at once, without the worker
    assert found() == []


def test_what_came_of_an_activity_is_found_once_it_is_written(planning: Planning, found: Found) -> None:
    planning.open()
    one = planning.add()
    planning.approved()
    found()
    planning.do(service.tell, one, HELD)
    planning.do(service.write_words, one, {**WORDS, "change_th": "ย้ายจุดสูบน้ำไปท้ายคลอง"})
    found()
    (key, documents) = search.activity_of(planning.office.session, one.id) or ("", [])
    assert key == f"{planning.office.agency.slug}/{YEAR}/{one.number}"
    assert "ย้ายจุดสูบน้ำไปท้ายคลอง" in documents[0].text
    chunks = planning.office.session.scalars(select(SearchChunk.text).where(SearchChunk.kind == search.ACTIVITY)).all()
    assert any("ย้ายจุดสูบน้ำ" in text for text in chunks)


def test_an_index_made_anew_holds_the_same(planning: Planning) -> None:
    planning.open()
    one = planning.add()
    session = planning.office.session
    assert (search.plan_ids(session), search.activity_ids(session)) == ([], [])
    plan = planning.approved()
    assert (search.plan_ids(session), search.activity_ids(session)) == ([plan.id], [one.id])
    agency_id = planning.office.agency.id
    assert search.plans_of(session, agency_id, 0, 5) == [plan.id]
    assert search.activities_of(session, agency_id, one.id, 5) == []
    assert search.plan_of(session, 0) is None

"""The figures of a draft are counted by the worker: once for all who ask, of one moment, whole or not at all, with progress to look at."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.errors import Invalid, NotAllowed
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.service import LEASE
from portal.outbox.worker import JobContext, run_due
from portal.outcomes.reports import drafting, figures, queries, service
from portal.outcomes.reports.figures import STEPS
from portal.outcomes.reports.jobs import HANDLERS
from portal.outcomes.reports.models import DraftFigures
from portal.outcomes.reports.rules import STUCK_AFTER
from portal.working import run_pending
from tests.conftest import NOW
from tests.desk.people import counted_queries, open_desk
from tests.outcomes.conftest import MAY, heard, theme
from tests.outcomes.reports.test_service import counted, do, opened, ready


def ask(office, report, actor=None, at=NOW):
    with unit_of_work(office.session):
        report = queries.by_slug(office.session, report.slug)
        return drafting.ask(office.session, actor or office.coordinator, at, report)


def draft_of(report, session):
    """As anybody else sees it."""
    return session.get(DraftFigures, report.id, populate_existing=True)


def waiting(office):
    return office.session.scalar(select(func.count()).where(OutboxEvent.name == drafting.ASKED, OutboxEvent.done_at.is_(None)))


@pytest.fixture
def context(office, tmp_path):
    return lambda at=NOW: JobContext(office.session, at, MemoryMailer(), LocalStore(tmp_path), office.keyring, "")


def test_whoever_asks_while_it_is_counted_is_led_to_the_same_count(office):
    report = opened(office)
    assert ask(office, report)
    assert not ask(office, report, office.executive, NOW + timedelta(seconds=5))
    assert waiting(office) == 1
    with pytest.raises(NotAllowed):
        ask(office, report, office.officer)
    counted(office)
    assert draft_of(report, office.session).asked_at is None
    assert ask(office, report, at=NOW + timedelta(minutes=1))


def test_progress_is_seen_meanwhile_and_what_comes_meanwhile_is_in_no_part(office, engine, monkeypatch):
    """The count sees the moment at which it began, in every question; somebody else sees each step, and the old figures until the end."""
    heard(office, 6, of=theme(office, "น้ำ"))
    report = opened(office)
    ask(office, report)
    counted(office)
    seen, reached = [], drafting._reached

    def look(session, report_id, step):
        reached(session, report_id, step)
        with Session(engine) as other:
            draft = draft_of(report, other)
            seen.append((draft.step, draft.figures["heard"]))
        if step == 3:
            heard(office, 2)

    heard(office, 1)
    ask(office, report)
    monkeypatch.setattr(drafting, "_reached", look)
    counted(office)
    assert seen == [(number, 6) for number in range(1, len(STEPS) + 1)]
    found = draft_of(report, office.session)
    assert (found.step, found.counted_at) == (0, NOW)
    assert found.figures["heard"] == sum(found.figures["channels"].values()) == 7
    assert sum(row["count"] for row in [*found.figures["themes"], found.figures["rest"] or {"count": 0}]) == 7


def test_a_worker_that_dies_leaves_nothing_half_and_another_goes_on(office, context, monkeypatch):
    heard(office, 6)
    report = opened(office)
    ask(office, report)
    counted(office)
    heard(office, 2)
    ask(office, report)

    class Killed(BaseException):
        """What no handler survives."""

    def die(_session, place):
        raise Killed

    broken = [figures.Step(step.name, step.label, die) if step.name == "decided" else step for step in STEPS]
    with monkeypatch.context() as patched:
        patched.setattr(figures, "STEPS", broken)
        with pytest.raises(Killed):
            run_due(context(), HANDLERS)
    office.session.rollback()
    left = draft_of(report, office.session)
    assert (left.step, left.figures["heard"]) == (4, 6)
    assert run_due(context(NOW + LEASE / 2), HANDLERS) == 0  # the lease of the dead one
    assert run_due(context(NOW + LEASE * 2), HANDLERS) == 1
    found = draft_of(report, office.session)
    assert (found.step, found.asked_at, found.figures["heard"]) == (0, None, 8)


def test_a_count_that_stands_still_can_be_asked_for_again(office):
    report = opened(office)
    ask(office, report)
    assert not ask(office, report, at=NOW + STUCK_AFTER - timedelta(seconds=1))
    assert ask(office, report, at=NOW + STUCK_AFTER)
    counted(office, NOW + STUCK_AFTER)
    assert waiting(office) == 0


def test_only_figures_of_this_day_are_published(office):
    heard(office, 6)
    report = opened(office)
    ready(office, report)
    later = NOW + timedelta(days=1, seconds=1)
    with pytest.raises(Invalid) as refused:
        do(office, service.publish, office.executive, report, at=later)
    assert set(refused.value.fields) == {"figures"}
    ask(office, report, at=later)
    with pytest.raises(Invalid):
        do(office, service.publish, office.executive, report, at=later)
    counted(office, later)
    assert do(office, service.publish, office.executive, report, at=later).figures["as_of"] == later.isoformat()


def test_the_pages_answer_at_once_and_show_how_far_it_is(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        heard(desk.office, 6, at=MAY)
        report = opened(desk.office)
        address = f"/desk/reports/{report.slug}"
        browser = desk.browser("coordinator")
        page = browser.get(address)
        assert "ยังไม่ได้นับตัวเลข" in page.text
        with counted_queries(app) as asked:
            sent = browser.post_form(page, "/count")
        assert not any("count(" in statement.lower() for statement in asked)
        assert (sent.status_code, sent.location) == (303, f"{address}/counting")
        way = browser.get(f"{address}/counting")
        assert "รอคิวนับ" in way.text
        assert 'http-equiv="refresh"' in way.text
        assert 'http-equiv="refresh"' not in browser.get(f"{address}/counting?still=1").text
        with unit_of_work(session):
            draft_of(report, session).step = 4
        for there in (browser.get(f"{address}/counting").text, browser.get(address).text):
            assert f"ขั้นที่ 4 จาก {len(STEPS)}: ประเด็นและผลการพิจารณา" in there
        assert "step 4 of" in browser.get(f"/en{address}/counting").text
        with time_machine.travel(NOW + timedelta(days=2), tick=False):
            signed = desk.browser("coordinator")
            stuck = signed.get(f"{address}/counting")
            assert 'http-equiv="refresh"' not in stuck.text
            assert signed.post_form(stuck, "/count").status_code == 303
        with app.app_context():
            while run_pending(app):
                pass
        there = browser.get(f"{address}/counting")
        assert (there.status_code, there.location) == (303, f"{address}?done=counted#figures")
        page = browser.get(address)
        assert 'id="issues"' in page.text
        assert "นับตัวเลขใหม่" in page.text
        assert desk.browser("officer").get(f"{address}/counting").status_code in (403, 404)

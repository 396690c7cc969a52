"""Levels of participation that were never computed, that nobody looked at, and changes that wait."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.desk.checkup.work import LATE
from portal.kernel.thai_calendar import fiscal_year, fiscal_year_bounds
from portal.outbox.evidence import evidence_changed
from portal.participation.scores.everybody import recompute_all
from portal.participation.scores.freshness import Freshness, freshness
from portal.participation.scores.watching import forget
from tests.desk.checkup.conftest import Examine, ill
from tests.factories import make_agency
from tests.feedback.boxes.counting import counted


@pytest.fixture
def agency(session: Session, now: datetime) -> Agency:
    with unit_of_work(session):
        made = make_agency(session, updated_at=now)
        forget(session)
        return made


def after(session: Session, at: datetime) -> Freshness:
    session.rollback()
    return freshness(session, at)


def test_a_new_agency_waits_a_day_for_its_first_look_and_is_then_never_computed(session: Session, now: datetime, agency: Agency) -> None:
    new = after(session, now)
    assert (new.years, new.never, new.old, new.whole_since) == (2, 0, 0, None)  # the year before is not frozen yet
    assert (after(session, now + timedelta(days=1)).never, after(session, now + timedelta(days=2)).never) == (0, 2)


def test_who_was_looked_at_yesterday_is_not_behind_and_the_day_after_is(session: Session, now: datetime, agency: Agency) -> None:
    recompute_all(session, now)
    assert after(session, now).whole_since == now
    found = [after(session, now + timedelta(days=days)) for days in (1, 2)]
    assert [(one.never, one.old) for one in found] == [(0, 0), (0, 2)]


def test_a_year_that_has_just_begun_is_not_behind(session: Session, now: datetime, agency: Agency) -> None:
    recompute_all(session, now)
    begins = fiscal_year_bounds(fiscal_year(now) + 1)[0]
    first = now.replace(year=begins.year, month=begins.month, day=begins.day)
    recompute_all(session, first - timedelta(days=1))
    assert (after(session, first).never, after(session, first).old) == (0, 0)
    assert after(session, first + timedelta(days=1)).never == 0
    assert after(session, first + timedelta(days=2)).never == 1


def test_changes_that_wait_are_counted_and_told_once_they_wait_long(
    portal: Session, examined: Examine, session: Session, now: datetime
) -> None:
    recompute_all(session, now)
    assert ill(examined()) == []
    with unit_of_work(session):
        evidence_changed(session, now, 1, ["boxes"])
    soon, late = examined(now + LATE)["levels"], examined(now + LATE + timedelta(minutes=1))["levels"]
    assert (soon.fine, late.fine) == (True, False)
    assert "the oldest since 2026-" in str(late.said)
    assert "portal score --all" in str(late.mend)


def test_the_number_of_questions_does_not_depend_on_the_agencies(session: Session, engine: Engine, now: datetime, agency: Agency) -> None:
    def asked() -> int:
        session.rollback()
        with counted(engine) as seen:
            freshness(session, now)
        return len(seen)

    few = asked()
    with unit_of_work(session):
        for _ in range(7):
            make_agency(session)
    assert asked() == few

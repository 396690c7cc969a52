"""Plans of the demonstration, whatever day it is loaded: the year that is over whole, the one that runs as far as it has come."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.db import make_engine, unit_of_work
from portal.demo.agencies import load_agencies
from portal.demo.around import load_posts
from portal.demo.channels import load_channels
from portal.demo.people import load_people
from portal.demo.plans import load_plans
from portal.kernel.thai_calendar import fiscal_year, fiscal_year_bounds, office_day
from portal.plans import queries
from portal.plans.models import ListeningPlan
from portal.plans.rules import ActivityState, Standing, matrix


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path):
    shutil.copy(sqlite_template, tmp_path / "p.sqlite3")
    engine = make_engine(f"sqlite:///{tmp_path}/p.sqlite3")
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


@pytest.mark.parametrize("day", [(2027, 9, 30), (2027, 10, 1), (2028, 2, 29)])
def test_both_years_are_played_on_any_day(fresh: Session, day: tuple[int, int, int]):
    now = datetime(*day, 5, tzinfo=UTC)
    with unit_of_work(fresh) as session:
        agencies = load_agencies(session, now)
        people = load_people(session, now, agencies)
        load_posts(session, now, agencies, people)
        load_channels(session, now, agencies, people)
        load_plans(session, now, agencies, people)
        year, today = fiscal_year(now), office_day(now)
        over, running = (_plan(session, agencies["sommotthani"], one) for one in (year - 1, year))
        for plan in (over, running):
            assert plan.by_head
            assert plan.approved_on < fiscal_year_bounds(plan.fiscal_year)[0]
            assert all(one.told_at is None or one.held_on <= office_day(one.told_at) <= today for one in plan.activities)
        done = [one for one in over.activities if one.state is ActivityState.DONE]
        assert len(done) >= 0.8 * len(over.activities)
        lines = matrix(over.fiscal_year, sorted({one.mission_id for one in over.activities}), done, today)
        assert {cell.standing for line in lines for cell in line.cells} == {Standing.DONE}
        assert queries.counts(session, [over.id], today)[over.id].late == 1
        assert len(queries.revisions(session, over)) == 1
        assert all((one.state is ActivityState.DONE) is (one.planned_on < today) for one in running.activities)
        waiting = _plan(session, agencies["meknoi"], year)
        assert (waiting.state.value, waiting.handed_in_at is not None) == ("handed_in", True)


def _plan(session: Session, agency, year: int) -> ListeningPlan:
    found = queries.of_year(session, agency, year)
    assert found is not None
    return found

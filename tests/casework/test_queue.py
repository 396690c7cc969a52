"""The queue: what each filter shows, in which order, and at what cost."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError

from portal.casework import queries, service
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.queries.narrowing import Narrowing
from portal.casework.rules import CaseKind, Status
from portal.casework.snooze.queries import laid_by
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import office_day
from tests.casework.factories import make_case
from tests.conftest import NOW


def shown(office, which=Filter.OPEN, actor=None, at=NOW, **values):
    return list(office.session.scalars(queries.queue(actor or office.officer, at, which, queries.Narrowing(**values))))


@pytest.fixture
def desk(office):
    """One case for each filter, by name."""
    office.cases = {
        "late": office.case(at=NOW - timedelta(days=20)),
        "soon": office.case(at=NOW - timedelta(days=13)),
        "mine": office.assigned(subject="ทางลาด 100% ชัน"),
        "answered": office.answered(at=NOW, publish_consent=True),
        "closed": office.closed(at=NOW, kind="question"),
        "contested": office.closed(at=NOW),
        "waiting": office.assigned(),
    }
    office.do(service.contest, CITIZEN, office.cases["contested"])
    office.do(service.ask, office.officer, office.cases["waiting"], "ตู้ไหน")
    return office


@pytest.mark.parametrize(
    ("which", "names"),
    [
        (Filter.MINE, ["mine", "waiting"]),
        (Filter.UNASSIGNED, ["late", "soon", "contested"]),
        (Filter.OVERDUE, ["late"]),
        (Filter.SOON, ["soon"]),
        (Filter.WAITING, ["waiting"]),
        (Filter.CONTESTED, ["contested"]),
        (Filter.OPEN, ["late", "soon", "mine", "contested", "waiting"]),
        (Filter.ANSWERED, ["answered"]),
        (Filter.TO_PUBLISH, ["answered"]),
    ],
)
def test_each_filter_shows_its_cases_soonest_due_first_and_counts_them(desk, which, names):
    cases = shown(desk, which)
    assert [name for case in cases for name, one in desk.cases.items() if one.id == case.id] == names
    assert queries.counts(desk.session, desk.officer, NOW)[which] == len(names)


def test_a_stranger_sees_nothing(desk):
    assert all(shown(desk, which, desk.stranger) == [] for which in Filter)
    with pytest.raises(NotFound):
        queries.visible(desk.session, desk.stranger, desk.cases["mine"].number)
    assert queries.visible(desk.session, desk.officer, desk.cases["mine"].number).id == desk.cases["mine"].id


def test_search_finds_by_number_running_number_thai_digits_and_words_and_takes_signs_literally(desk):
    mine, closed = desk.cases["mine"], desk.cases["closed"]
    assert [case.id for case in shown(desk, text=mine.number.lower())] == [mine.id]
    assert [case.id for case in shown(desk, text=str(int(closed.number[-6:])))] == [closed.id]
    assert [case.id for case in shown(desk, text=closed.number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")))] == [closed.id]
    assert len(shown(desk, text="OPDC-2570-")) == 7
    assert [case.id for case in shown(desk, text="100%")] == [mine.id]
    assert shown(desk, text="1_0%") == []
    assert shown(desk, Filter.OVERDUE, text=mine.number) == []


def test_kind_and_unit_narrow_the_queue(desk):
    desk.do(service.forward, desk.officer, desk.cases["mine"], desk.unit, "งานกอง")
    assert [case.id for case in shown(desk, unit_id=desk.unit.id)] == [desk.cases["mine"].id]
    assert shown(desk, kind=CaseKind.QUESTION) == []


def test_open_cases_are_counted_for_each_owner(desk):
    assert queries.open_per_owner(desk.session, desk.agency.id) == {desk.officer.user_id: 2}


def test_a_case_about_somebody_is_not_counted_where_they_could_see_the_difference(desk):
    desk.do(service.mark_about, desk.coordinator, desk.cases["mine"], [desk.users["colleague"]], [])
    assert desk.cases["mine"].owner_id == desk.officer.user_id
    assert queries.open_per_owner(desk.session, desk.agency.id) == {desk.officer.user_id: 1}


def sent(office, run):
    """Statements with their parameters that ``run`` sends."""
    seen = []

    def listener(_connection, _cursor, statement, parameters, _context, _many):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append((statement, parameters))

    event.listen(office.session.get_bind(), "before_cursor_execute", listener)
    try:
        run()
    finally:
        event.remove(office.session.get_bind(), "before_cursor_execute", listener)
    return seen


def count_queries(office, run):
    return len(sent(office, run))


def test_a_page_of_the_queue_is_one_query_and_the_counts_another_however_many_rows(desk):
    def page():
        desk.session.expunge_all()
        for case in shown(desk):
            assert case.agency.code
            assert case.owner is None or case.owner.name_th

    assert count_queries(desk, page) == 1
    assert count_queries(desk, lambda: queries.counts(desk.session, desk.officer, NOW)) == 1


def test_the_history_of_a_case_is_loaded_by_two_queries_however_long(desk):
    case = desk.cases["closed"]

    def read():
        for act in queries.history(desk.session, case):
            assert act.actor is None or act.actor.name_th
            assert all(words.author is None or words.author.name_th for words in act.words)

    desk.session.expire_all()
    desk.session.refresh(case)
    assert count_queries(desk, read) == 2


def test_submitting_costs_a_fixed_number_of_statements(office):
    def one():
        with unit_of_work(office.session):
            make_case(office.session, office.keyring, office.agency, email="a@example.org")

    first, second = count_queries(office, one), count_queries(office, one)
    # Two of them for the figures: the province, which may be that of the agency's area, and the counters that move.
    assert first == second <= 17


@pytest.mark.parametrize(
    "which", [Filter.OPEN, Filter.MINE, Filter.OVERDUE, Filter.SOON, Filter.CONTESTED, Filter.ANSWERED, Filter.WAITING, Filter.POOL]
)
def test_filters_are_scans_of_an_index_in_the_order_of_the_queue(desk, which):
    if desk.session.get_bind().dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    (statement, parameters), *_ = sent(desk, lambda: desk.session.scalars(queries.queue(desk.coordinator, NOW, which).limit(21)).all())
    plan = " / ".join(row[3] for row in desk.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
    assert "case_record USING INDEX ix_case_record_" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("what", ["laid_by", "aside", "of_a_kind"])
def test_counts_beside_the_queue_never_walk_through_all_open_cases_nor_touch_one(desk, what):
    """What is laid by and what lies in quarantine is few, and is counted from there; a narrowed view is counted from the index alone."""
    if desk.session.get_bind().dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    of_a_kind = [(Filter.OPEN, Narrowing(kind=CaseKind.QUESTION))]
    asked = {
        "laid_by": lambda: desk.session.scalars(select(Case.id).where(laid_by(office_day(NOW)), Case.is_open)).all(),
        "aside": lambda: queries.count_aside(desk.session, desk.coordinator, 1000),
        "of_a_kind": lambda: queries.counts_with(desk.session, desk.coordinator, NOW, of_a_kind),
    }
    (statement, parameters), *_ = sent(desk, asked[what])
    rows = [row[3] for row in desk.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    last = max((place for place, row in enumerate(rows) if row.startswith("CO-ROUTINE")), default=0)  # the view is counted last
    walks = [row for row in rows[last:] if " case_record USING" in row and "PRIMARY KEY" not in row]
    assert [row for row in walks if "COVERING INDEX" not in row] == []
    assert bool(walks) is (what == "of_a_kind"), rows


def test_status_and_is_open_cannot_part(office):
    case = office.case()
    with pytest.raises(IntegrityError), unit_of_work(office.session):
        office.session.execute(text("UPDATE case_record SET status = 'closed' WHERE id = :id"), {"id": case.id})
    assert queries.by_number(office.session, case.number).status is Status.RECEIVED

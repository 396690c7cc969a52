"""Synthetic cases look to every reader like cases that the services made."""

from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise
from math import ceil
from statistics import median

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.casework.figures import Figure, Figures, figures, list_behind_figure
from portal.casework.models import Case, CaseBarred, CaseCounter, CaseEvent, CaseWords
from portal.casework.rules import ANSWERING, OPEN, Act, Status, WordsKind, checked, contest_until, needs_proof
from portal.db import unit_of_work
from portal.demo.agencies import load_agencies
from portal.demo.bulk import load_bulk
from portal.demo.people import load_people
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.outbox.models import OutboxEvent

COUNT = 2_000


@pytest.fixture
def peopled(session: Session, now: datetime) -> Session:
    """The demonstration's agencies and people, without their cases."""
    with unit_of_work(session):
        load_people(session, now, load_agencies(session, now))
    return session


@pytest.fixture
def loaded(peopled: Session, now: datetime) -> Session:
    """With two thousand synthetic cases."""
    load_bulk(peopled, now, COUNT, seed=7)
    return peopled


def test_bulk_cases_are_what_the_services_would_have_left(loaded: Session, now: datetime) -> None:
    cases = loaded.scalars(select(Case).order_by(Case.id)).all()
    assert len(cases) == COUNT
    check_spread(cases, now)
    check_numbers(loaded, cases)
    events, words = by_case(loaded.scalars(select(CaseEvent).order_by(CaseEvent.id))), by_case(loaded.scalars(select(CaseWords)))
    for case in cases:
        check_history(case, events[case.id], now)
        check_answer(case, events[case.id])
        check_words(case, words[case.id])
    check_links(loaded, cases)
    check_constraints(loaded)


def by_case(rows: object) -> dict[int, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for row in rows:  # type: ignore[attr-defined]
        found[row.case_id].append(row)
    return found


def check_spread(cases: list[Case], now: datetime) -> None:
    assert {case.status for case in cases} == set(Status)
    assert {case.fiscal_year for case in cases} == {fiscal_year(now) - 1, fiscal_year(now)}
    assert 0.07 < sum(case.is_open for case in cases) / COUNT < 0.13
    assert all(case.received_at <= now for case in cases)
    assert all(case.agency.is_sample for case in cases)
    assert len({case.subject for case in cases}) > 100


def check_numbers(session: Session, cases: list[Case]) -> None:
    """Without gaps, in the order of time, and the counter knows the last one."""
    given: dict[tuple[int, int], list[str]] = defaultdict(list)
    for case in cases:
        assert case.fiscal_year == fiscal_year(case.received_at)
        given[case.agency_id, case.fiscal_year].append(case.number)
    for (agency_id, year), numbers in given.items():
        code = session.scalars(select(Case).where(Case.number == numbers[0])).one().agency.code
        assert numbers == [f"{code}-{year}-{number:06d}" for number in range(1, len(numbers) + 1)]
        assert session.get_one(CaseCounter, (agency_id, year)).last == len(numbers)


def check_history(case: Case, events: list[CaseEvent], now: datetime) -> None:
    """Every step is a move of the table, none lies in the future, the last one is where the case stands."""
    assert events[0].act is Act.SUBMIT
    assert (events[0].old_status, events[0].new_status, events[0].at) == (None, Status.RECEIVED, case.received_at)
    for before, after in pairwise(events):
        assert after.old_status is before.new_status
        assert after.new_status is checked(after.act, before.new_status)
        assert before.at < after.at <= now
        assert after.visible_to_citizen is after.act.shown_to_citizen
    assert [event.version for event in events] == list(range(1, len(events) + 1))
    assert (case.status, case.row_version) == (events[-1].new_status, len(events))
    assert case.is_open is (case.status in OPEN)
    assert case.counted is (case.status is not Status.MERGED)


def check_answer(case: Case, events: list[CaseEvent]) -> None:
    answers = [event for event in events if event.act in ANSWERING]
    first = answers[0] if answers else None
    assert case.answered_at == (first.at if first else None)
    assert case.outcome_at == (answers[-1].at if answers else None)
    if first:
        assert case.days_to_answer == (office_day(first.at) - office_day(case.received_at)).days
        assert case.answered_in_time is (office_day(first.at) <= case.first_due_on)
    else:
        assert case.days_to_answer is None
        assert case.answered_in_time is None
    assert (case.closed_at is not None) == (case.status is Status.CLOSED) == (case.disposition is not None)
    contests = [event for event in events if event.act is Act.CONTEST]
    assert case.escalation_level == len(contests)
    assert (case.due_on == case.first_due_on) is not bool(contests)
    for contest in contests:
        assert office_day(contest.at) <= contest_until(answers[-1].at)
        assert case.owner_id is None


def check_words(case: Case, words: list[CaseWords]) -> None:
    kinds = Counter(row.kind for row in words)
    assert all(row.body.strip() and "{" not in row.body for row in words)
    assert "{" not in case.subject + case.body
    if case.status is Status.CLOSED:
        assert case.disposition
        assert kinds[WordsKind.REASON] == 1
        assert kinds[WordsKind.RESULT] + kinds[WordsKind.REFERRED_TO] == 1
        assert kinds[WordsKind.PROOF] == needs_proof(case.kind, case.disposition)


def check_links(session: Session, cases: list[Case]) -> None:
    known = {case.id: case for case in cases}
    for case in cases:
        assert (case.merged_into_id is not None) == (case.status is Status.MERGED)
        if case.merged_into_id:
            into = known[case.merged_into_id]
            assert into.agency_id == case.agency_id
            assert into.status not in (Status.MERGED, Status.WITHDRAWN)
    contested = {case.id for case in cases if case.status is Status.CONTESTED}
    barred = {row.case_id: row.user_id for row in session.scalars(select(CaseBarred))}
    assert set(barred) == contested
    repliers = session.execute(select(CaseEvent.case_id, CaseEvent.actor_id).where(CaseEvent.act == Act.REPLY)).all()
    assert {case_id: user_id for case_id, user_id in repliers if case_id in contested} == barred


def check_constraints(session: Session) -> None:
    """The checks that SQLite was told to leave out while writing hold all the same."""
    if session.get_bind().dialect.name == "sqlite":
        assert session.scalars(text("PRAGMA quick_check")).all() == ["ok"]
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.scalar(text("PRAGMA ignore_check_constraints")) == 0


def test_figures_recount_what_the_rows_say(loaded: Session, now: datetime) -> None:
    cases, today = loaded.scalars(select(Case)).all(), office_day(now)
    for year in (fiscal_year(now) - 1, fiscal_year(now)):
        counted = figures(loaded, None, year, now)
        assert counted.received > 100
        assert counted == recounted(cases, year, today)
        behind = loaded.scalar(select(func.count()).select_from(list_behind_figure(Figure.LATE, None, year, now).subquery()))
        assert behind == counted.late


def recounted(cases: list[Case], year: int, today: date) -> Figures:
    counted = [case for case in cases if case.status is not Status.MERGED]
    of_year = [case for case in counted if case.fiscal_year == year]
    silent = [case for case in of_year if case.answered_at is None and case.is_open and case.first_due_on < today]
    days = [case.days_to_answer for case in of_year if case.days_to_answer is not None]
    return Figures(
        fiscal_year=year,
        received=len(of_year),
        answered=len(days),
        in_time=sum(case.answered_in_time is True for case in of_year),
        late=sum(case.answered_in_time is False for case in of_year) + len(silent),
        overdue=sum(case.is_open and case.due_on < today for case in counted),
        contested=sum(case.escalation_level > 0 for case in of_year),
        silent=sum(
            case.status in (Status.ANSWERED, Status.CLOSED) and case.outcome_at is not None and contest_until(case.outcome_at) < today
            for case in of_year
        ),
        median_days=median(days),
        ninth_days=sorted(days)[ceil(len(days) * 0.9) - 1],
    )


def test_the_same_seed_gives_the_same_cases_and_another_seed_others(peopled: Session, now: datetime) -> None:
    seen = []
    for seed in (1, 1, 2):
        load_bulk(peopled, now, 20, seed=seed)
        seen.append([(case.subject, case.received_at, case.status, case.receipt_hash) for case in peopled.scalars(select(Case))])
        forget_cases(peopled)
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


def forget_cases(session: Session) -> None:
    with unit_of_work(session):
        for table in ("case_words", "case_barred", "case_event", "case_record", "case_counter"):
            session.execute(text(f"DELETE FROM {table}"))
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ALTER SEQUENCE case_record_id_seq RESTART"))


def test_a_second_load_goes_on_where_the_first_ended(loaded: Session, now: datetime) -> None:
    load_bulk(loaded, now, 100, seed=7)
    last = dict(loaded.execute(select(Case.agency_id, func.count()).group_by(Case.agency_id)).all())  # type: ignore[arg-type]
    counted = dict(loaded.execute(select(CaseCounter.agency_id, func.sum(CaseCounter.last)).group_by(CaseCounter.agency_id)).all())  # type: ignore[arg-type]
    assert last == counted
    assert sum(last.values()) == COUNT + 100


def test_progress_is_told_and_nobody_is_sent_a_mail(peopled: Session, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.demo.bulk.loading.CHUNK", 40)
    told: list[int] = []
    events = select(func.count()).select_from(OutboxEvent)
    before = peopled.scalar(events)
    load_bulk(peopled, now, 100, progress=told.append)
    assert told == [40, 80, 100]
    assert peopled.scalar(events) == before
    assert peopled.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "demo.bulk_loaded")) == 1


def test_without_the_demonstration_it_says_what_to_do(session: Session, now: datetime) -> None:
    with pytest.raises(NotFound, match="Load the demonstration first"):
        load_bulk(session, now, 10)

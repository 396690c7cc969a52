"""Improvements: what they need, their steps and history, opinions behind them, mails, what senders say, broken chains."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.casework import service as casework
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due
from portal.outcomes.improvements import jobs, queries, rules, service
from portal.outcomes.improvements.entry import Entry
from portal.outcomes.improvements.models import ImprovementHistoryIsAppendOnly
from portal.outcomes.improvements.rules import MOVES, OVER, Helped, ImprovementState, Step
from tests.conftest import NOW
from tests.explaining import plan_of
from tests.outcomes.conftest import MAY, heard, published

TYPED = Entry(
    kind="service", title_th="ลดเวลารอคิว", problem_th="รอนาน", action_th="เปิดช่องที่สาม", budget="๑๒,๐๐๐",
    measure_th="นาทีที่รอ (ค่ากลาง)", unit_of_measure_th="นาที", before_value="95.50", before_on="1/10/2569", due_on="30/9/2570",
)  # fmt: skip
RESULT = {"result_th": "รอสั้นลง"}
WHY = {"abandoned_th": "งบประมาณไม่ผ่าน"}


def plan(office, numbers="", actor=None, **values):
    with unit_of_work(office.session):
        typed = replace(TYPED, unit=office.agency.slug, **values)
        return service.plan(office.session, actor or office.officer, NOW, office.agency, typed, numbers)


def step(office, row, what, texts=None, actor=None, at=NOW):
    with unit_of_work(office.session):
        row = queries.by_slug(office.session, row.slug)
        return service.step(office.session, actor or office.officer, at, row, what, row.row_version, texts or {})


def numbers_of(cases):
    return ", ".join(case.number for case in cases)


def test_what_was_typed_is_read_and_stands_in_the_history(office):
    cases = heard(office, 2)
    row = plan(office, numbers_of(cases).lower(), owner=office.users["colleague"].public_id)
    assert row.slug == f"{office.agency.slug}-improvement-2569-1"
    assert (row.budget, row.before_value, row.before_on, row.due_on) == (12000, Decimal("95.50"), date(2026, 10, 1), date(2027, 9, 30))
    assert row.named.id == office.users["colleague"].id
    assert [one.step for one in queries.history(office.session, row, None)] == [Step.PLAN, Step.LINK, Step.LINK]
    assert queries.behind(office.session, row).others == 2
    assert plan(office).slug.endswith("-2569-2")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title_th", {"title_th": " \u200b"}),
        ("title_en", {"title_en": "x" * 201}),
        ("problem_th", {"problem_th": ""}),
        ("kind", {"kind": "everything"}),
        ("unit", {"unit": "no-such"}),
        ("owner", {"owner": "nobody"}),
        ("budget", {"budget": "-5"}),
        ("budget", {"budget": "มาก"}),
        ("due_on", {"due_on": "31/2/2570"}),
        ("before_on", {"before_on": ""}),
        ("before_on", {"before_on": "1/1/2590"}),
        ("before_value", {"before_value": ""}),
        ("measure_th", {"measure_th": ""}),
        ("after_value", {"after_on": "2/10/2569"}),
        ("after_on", {"after_value": "20", "after_on": "30/9/2569"}),
        ("evidence_page", {"evidence_page": "no-such-page"}),
    ],
)
def test_what_cannot_be_is_named_by_its_field(office, field, values):
    with unit_of_work(office.session):
        typed = replace(TYPED, **{"unit": office.agency.slug, **values})
        with pytest.raises(Invalid) as refused:
            service.plan(office.session, office.officer, NOW, office.agency, typed)
    assert set(refused.value.fields) == {field}


@given(st.lists(st.sampled_from(sorted(rules.MOVING)), max_size=8))
def test_the_history_of_any_steps_gives_the_state(steps):
    state, history = ImprovementState.PLANNED, []
    for taken in steps:
        if (taken, state) in MOVES:
            history.append((state, rules.moved(taken, state)))
            state = history[-1][1]
        else:
            with pytest.raises(Conflict):
                rules.moved(taken, state)
    assert all(earlier[1] is later[0] for earlier, later in pairwise(history))
    assert (history[-1][1] if history else ImprovementState.PLANNED) is state
    assert state is not ImprovementState.DONE or not rules.possible(state)


def test_done_needs_a_result_and_giving_up_a_reason(office):
    row = plan(office)
    for what, field in (("finish", "result_th"), ("abandon", "abandoned_th")):
        with pytest.raises(Invalid) as refused:
            step(office, row, what)
        assert set(refused.value.fields) == {field}
    assert step(office, row, "begin").state is ImprovementState.IN_PROGRESS
    given_up = step(office, row, "abandon", WHY)
    assert (given_up.state, given_up.abandoned_th, given_up.ended_at) == (ImprovementState.ABANDONED, WHY["abandoned_th"], NOW)
    again = step(office, row, "take_up")
    assert (again.state, again.abandoned_th, again.ended_at) == (ImprovementState.PLANNED, "", None)
    assert step(office, row, "finish", RESULT).state is ImprovementState.DONE
    with pytest.raises(Conflict):
        step(office, row, "begin")
    events = queries.history(office.session, row)
    assert [one.new_state for one in events][-1] is row.state
    with pytest.raises(ImprovementHistoryIsAppendOnly), unit_of_work(office.session):
        queries.history(office.session, row)[0].detail = {"case": 1}


def test_only_for_who_works_cases_there_and_the_second_of_two_is_told(office):
    row = plan(office)
    with pytest.raises(NotAllowed):
        plan(office, actor=office.stranger)
    with pytest.raises(NotAllowed):
        step(office, row, "begin", actor=office.stranger)
    with unit_of_work(office.session), pytest.raises(Conflict):
        found = queries.by_slug(office.session, row.slug)
        service.edit(office.session, office.officer, NOW, found, replace(TYPED, unit=office.agency.slug), found.row_version + 1)


def test_what_may_not_be_seen_or_is_not_there_cannot_be_linked(office):
    about, other, withdrawn = heard(office, 3)
    office.do(casework.mark_about, office.coordinator, about, [office.users["officer"]], [], at=MAY)
    office.do(casework.forward, office.coordinator, other, office.elsewhere, "เรื่องของหน่วยงานนั้น", at=MAY)
    office.do(casework.withdraw, CITIZEN, withdrawn, "", at=MAY)
    for number in (about.number, other.number, withdrawn.number, "OPDC-2569-999999", "' OR 1=1", "\x00"):
        with pytest.raises(Invalid) as refused:
            plan(office, number)
        assert set(refused.value.fields) == {"numbers"}


def test_a_case_that_is_kept_apart_later_is_neither_listed_nor_counted(office):
    (case, other) = heard(office, 2, disposition="accepted", publish_consent=True)
    published(office, case)
    row = plan(office, numbers_of([case, other]))
    found = queries.behind(office.session, row)
    assert ([one.case.number for one in found.published], found.others) == ([case.number], 1)
    office.do(casework.mark_about, office.coordinator, case, [office.users["officer"]], [])
    found = queries.behind(office.session, row)
    assert (list(found.published), found.count) == ([], 1)


def test_the_sender_says_once_it_is_over_whether_it_helped(office):
    (case, stranger) = heard(office, 2)
    row = plan(office, case.number)

    def say(one, answer):
        with unit_of_work(office.session):
            service.say_whether_helped(office.session, NOW, one, row.slug, answer)

    with pytest.raises(Conflict):
        say(case, "yes")
    step(office, row, "finish", RESULT)
    with pytest.raises(Conflict):
        say(stranger, "yes")
    with pytest.raises(Invalid):
        say(case, "very")
    for answer in ("yes", "no"):
        say(case, answer)
    assert queries.helped(office.session, row) == {Helped.YES: 0, Helped.PARTLY: 0, Helped.NO: 1}
    with pytest.raises(Conflict), unit_of_work(office.session):
        service.unlink(office.session, office.officer, NOW, queries.by_slug(office.session, row.slug), case.number)
    assert row.state in OVER


def test_each_sender_is_told_of_each_step_once_and_reads_no_title_who_gave_no_name(app, office, store):
    named, hidden = (
        heard(office, anonymity="named", name="มานี ใจสมมติ", email="manee@example.org")[0],
        heard(office, anonymity="anonymous", email="nobody@example.org")[0],
    )
    silent = heard(office)[0]
    sent = MemoryMailer()

    def work(at=NOW):
        sent.sent.clear()
        with app.app_context():
            for _ in range(4):
                run_due(JobContext(office.session, at, sent, store, office.keyring, "https://portal.example"), jobs.HANDLERS, 50)
        return sorted((mail.to, mail.text) for mail in sent.sent)

    work()
    row = plan(office, numbers_of([named, silent]))
    assert [to for to, _ in work()] == ["manee@example.org"]
    with unit_of_work(office.session):
        service.link(office.session, office.officer, NOW, queries.by_slug(office.session, row.slug), hidden.number)
    assert [to for to, _ in work()] == ["nobody@example.org"]
    step(office, row, "begin")
    (manee, open_text), (nobody, closed_text) = work()
    assert (manee, nobody) == ("manee@example.org", "nobody@example.org")
    assert TYPED.title_th in open_text and f"/improvements/{row.slug}" in open_text  # noqa: PT018 - one mail
    assert TYPED.title_th not in closed_text and row.slug not in closed_text  # noqa: PT018 - one mail
    assert hidden.number in closed_text
    assert work() == []


def test_broken_chains_are_counted_from_the_day_on_which_they_break(office):
    accepted = heard(office, 2, at=NOW - timedelta(days=100), disposition="accepted")[0]
    heard(office, at=NOW - timedelta(days=100), disposition="not_accepted")
    alone = plan(office)
    decided = NOW - timedelta(days=90)

    def counted(at):
        found = queries.broken(office.session, at, 90, [office.agency.id])
        return found.without_opinion, found.accepted_without_improvement

    assert counted(decided + timedelta(days=89)) == (1, 0)
    assert counted(decided + timedelta(days=90)) == (1, 2)
    with unit_of_work(office.session):
        service.link(office.session, office.officer, NOW, queries.by_slug(office.session, alone.slug), accepted.number)
    assert counted(NOW) == (0, 1)
    assert queries.broken(office.session, NOW, 90, [office.elsewhere.id]).accepted_without_improvement == 0


def test_accepted_opinions_without_an_improvement_are_counted_and_offered_from_their_own_index(office):
    row = plan(office)
    counting = plan_of(office.session, lambda: queries.broken(office.session, NOW, 90, None))
    assert "COVERING INDEX ix_case_record_accepted (" in counting, counting
    offering = plan_of(office.session, lambda: queries.waiting(office.session, office.officer, row.agency_id, NOW, 20))
    assert "USING INDEX ix_case_record_accepted (" in offering, offering
    assert "TEMP B-TREE" not in offering, offering

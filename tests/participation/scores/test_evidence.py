"""What each room tells: who and what counts, on which days, and that an earlier year stays as it was."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.casework import service as casework
from portal.casework.models import Case
from portal.casework.splitting.models import CasePart
from portal.db import unit_of_work
from portal.feedback.boxes import service as boxes
from portal.kernel.actor import CITIZEN
from portal.kernel.evidence import (
    ENTERED_WITHIN,
    Box,
    BoxOpened,
    CaseQuarter,
    ChannelFact,
    ChannelInput,
    Fact,
    ImprovementFact,
    OpinionReportFact,
    look_at,
)
from portal.kernel.thai_calendar import office_day
from portal.outcomes.themes import service as themes
from portal.participation.scores.scored import whose
from portal.participation.scores.sources import SOURCES
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.outcomes.conftest import heard, published
from tests.outcomes.improvements.test_service import RESULT, numbers_of, plan, step
from tests.outcomes.reports.test_service import HALF, do, opened, ready
from tests.outcomes.reports.test_service import service as reports
from tests.participation.scores.conftest import YEAR, Town

TODAY = office_day(NOW)  # 22 November 2569, in the first quarter of 2570


def told(town: Town, source: str, year: int = YEAR, day: date = TODAY, **more: Any) -> list[Fact]:
    """Facts of the office."""
    look = look_at(year, day, whose(town.session, [town.office.agency.id]), **more)
    return SOURCES[source].facts_of(town.session, [town.office.agency], look)[town.office.agency.id]


def quarter(town: Town, **of: Any) -> CaseQuarter:
    (fact,) = told(town, "cases", **of)
    assert isinstance(fact, CaseQuarter)
    return fact


def test_the_register_of_channels_with_its_collector_and_the_day_on_which_it_was_stored(town: Town) -> None:
    box, telephone = (fact for fact in told(town, "channels") if isinstance(fact, ChannelFact))
    assert (telephone.key, telephone.path) == ("telephone", f"/agencies/{town.office.agency.slug}/channels/telephone")
    assert (telephone.on, telephone.until, telephone.recorded_on) == (date(2026, 10, 1), None, TODAY)
    assert telephone.collector == telephone.responsible == "หัวหน้าศูนย์รับเรื่อง"
    assert (telephone.is_formal, box.is_formal) == (True, False)
    assert [fact.key for fact in told(town, "channels", 2569)] == ["box"]  # the telephone was opened later
    assert told(town, "channels", 2569, freeze_days=30) == []  # stored on the 53rd day after the year


def test_what_came_by_a_channel_of_a_quarter_and_one_that_nobody_described(town: Town) -> None:
    heard(town.office, 2, at=NOW, channel="telephone")
    heard(town.office, 1, at=NOW, channel="fax")
    came = {fact.channel: fact for fact in told(town, "channels") if isinstance(fact, ChannelInput)}
    assert (came["telephone"].received, came["telephone"].quarter, came["telephone"].on) == (2, 1, TODAY)
    assert (came["fax"].received, came["fax"].responsible) == (1, "")


def test_a_box_its_months_and_an_opening_before_witnesses(town: Town) -> None:
    town.place.open()
    box, opening = told(town, "boxes", day=date(2026, 12, 1))
    assert isinstance(box, Box)
    assert isinstance(opening, BoxOpened)
    assert box.months == (date(2026, 10, 1), date(2026, 11, 1))
    assert (opening.on, opening.recorded_on, opening.witnesses, opening.box) == (date(2026, 11, 20), TODAY, 1, box.key)


def test_an_opening_taken_back_is_gone_but_not_from_a_year_that_was_frozen_before(town: Town) -> None:
    opening = town.place.open()
    later = datetime(2027, 12, 20, 3, tzinfo=NOW.tzinfo)
    with unit_of_work(town.session):
        boxes.take_back(town.session, town.office.coordinator, later, town.place.box, opening, "ผิดตู้")
    assert len(told(town, "boxes", day=date(2028, 3, 1))) == 2
    assert len(told(town, "boxes", day=date(2028, 3, 1), freeze_days=90)) == 1


def test_what_a_scorer_recorded_says_so(town: Town) -> None:
    town.place.open()
    scorers = {town.office.agency.id: frozenset({town.office.users["officer"].id})}
    assert [fact.by_scorer for fact in told(town, "boxes", scorers=scorers)] == [False, True]


def test_cases_of_a_quarter_by_days_to_the_answer(town: Town) -> None:
    office = town.office
    heard(office, 2, at=NOW - timedelta(days=12), disposition="accepted")
    (waits, themed) = heard(office, 2, at=NOW - timedelta(days=3))
    office.do(casework.assign, office.coordinator, waits, office.users["officer"])
    with unit_of_work(office.session):
        theme = themes.add_theme(office.session, office.coordinator, NOW, office.agency, "น้ำ", "Water")
        themes.give_themes(office.session, office.coordinator, NOW, office.agency, {themed.number: theme.slug}, {})
    fact = quarter(town)
    assert (fact.quarter, fact.received, fact.classified, fact.assigned) == (1, 4, 1, 3)
    assert (fact.answered_after, fact.waiting_for) == (((10, 2),), ((3, 2),))
    assert (fact.ended, fact.ended_with_reason) == (2, 2)


def by_letter(town: Town, days: int, at: datetime = NOW) -> Case:
    """A letter that came so many days before it was entered."""
    with unit_of_work(town.session):
        case = make_case(town.session, town.place.keyring, town.office.agency, at, channel="letter")
        case.received_at = at - timedelta(days=days)
        return case


@pytest.mark.parametrize("source", ["cases", "channels"])
def test_what_was_entered_more_than_thirty_days_after_receipt_is_told_apart(town: Town, source: str) -> None:
    for days in (0, 30, 31, 45):
        by_letter(town, days)
    in_time, late = (fact for fact in told(town, source) if isinstance(fact, CaseQuarter | ChannelInput))
    assert (in_time.received, in_time.on, in_time.recorded_on) == (2, TODAY, TODAY)
    assert (late.received, late.on, late.recorded_on) == (2, date(2026, 10, 1), TODAY)  # no letter's own day
    assert late.key == f"{in_time.key}-late-2"
    assert late.recorded_on - late.on > ENTERED_WITHIN
    by_letter(town, 31)
    assert f"{in_time.key}-late-3" in {fact.key for fact in told(town, source)}  # a ruling on two is none on three


def test_the_thirty_days_are_days_of_the_office(town: Town) -> None:
    midnight = datetime(2026, 11, 21, 17, tzinfo=NOW.tzinfo)  # 22 November begins in Bangkok
    by_letter(town, 30, midnight)
    assert [fact.key for fact in told(town, "cases")] == ["2570-1"]
    case = by_letter(town, 30, midnight + timedelta(minutes=1))
    with unit_of_work(town.session):
        case.received_at -= timedelta(minutes=2)  # two minutes earlier, and a day more
    assert [fact.key for fact in told(town, "cases")] == ["2570-1", "2570-1-late-1"]


def test_a_part_of_a_divided_text_was_entered_with_the_whole(town: Town) -> None:
    whole, part = town.office.case(at=NOW - timedelta(days=40)), by_letter(town, 40)
    assert [fact.key for fact in told(town, "cases")] == ["2570-1", "2570-1-late-1"]
    with unit_of_work(town.session):
        town.session.add_all(CasePart(case_id=one.id, first_id=whole.id, title="เรื่องหนึ่ง", at=NOW) for one in (whole, part))
    assert [fact.key for fact in told(town, "cases")] == ["2570-1"]


def test_an_answer_after_the_end_of_the_year_does_not_change_that_year(town: Town) -> None:
    office = town.office
    september = datetime(2026, 9, 25, 3, tzinfo=NOW.tzinfo)
    heard(office, 1, at=september, disposition="accepted")  # answered on 5 October
    fact = quarter(town, year=2569)
    assert (fact.quarter, fact.received, fact.on) == (4, 1, date(2026, 9, 30))
    assert (fact.answered_after, fact.waiting_for, fact.ended) == ((), ((5, 1),), 0)


@pytest.mark.parametrize("hide", ["guard", "merge", "withdraw"])
def test_what_is_kept_apart_merged_or_taken_back_is_not_waiting(town: Town, hide: str) -> None:
    office = town.office
    one, other = heard(office, 2, at=NOW - timedelta(days=3))
    if hide == "merge":
        office.do(casework.merge, office.coordinator, one, other, "เรื่องเดียวกัน")
    elif hide == "withdraw":
        office.do(casework.withdraw, CITIZEN, one, "")
    else:
        office.do(casework.mark_about, office.coordinator, one, [office.users["officer"]], [])
    fact = quarter(town)
    assert fact.waiting_for == ((3, 1),)
    assert fact.received == (2 if hide == "withdraw" else 1)


def test_an_improvement_is_planned_then_done_with_the_opinions_behind_it(town: Town) -> None:
    cases = heard(town.office, 2, at=NOW)
    row = plan(town.office, numbers_of(cases))
    step(town.office, row, "finish", RESULT, at=NOW + timedelta(days=40))
    (before,), (after,) = (told(town, "improvements", day=day) for day in (TODAY, TODAY + timedelta(days=60)))
    assert isinstance(before, ImprovementFact)
    assert isinstance(after, ImprovementFact)
    assert (before.is_done, before.on, before.has_opinions, before.has_before) == (False, TODAY, True, True)
    assert (after.is_done, after.on, after.recorded_on) == (True, TODAY + timedelta(days=40), TODAY + timedelta(days=40))
    assert told(town, "improvements", 2569) == []


def test_a_report_counts_on_the_day_of_its_first_version(town: Town) -> None:
    report = opened(town.office)
    ready(town.office, report)
    assert told(town, "reports") == []
    do(town.office, reports.publish, town.office.executive, report)
    (fact,) = told(town, "reports")
    assert isinstance(fact, OpinionReportFact)
    assert (fact.on, fact.last_on, fact.path) == (TODAY, HALF.last, f"/reports/{report.slug}")
    assert fact.responsible == town.office.users["officer"].name_th
    assert told(town, "reports", 2569) == []


def test_a_division_is_told_of_by_the_agency_above_it(town: Town) -> None:
    look = look_at(YEAR, TODAY, whose(town.session, [town.office.agency.id, town.office.elsewhere.id]))
    assert look.whose == {town.office.agency.id: town.office.agency.id, town.office.unit.id: town.office.agency.id} | {
        town.office.elsewhere.id: town.office.elsewhere.id
    }


def test_a_published_case_is_open_to_everybody_and_a_fact_names_no_case(town: Town) -> None:
    (case,) = heard(town.office, 1, at=NOW - timedelta(days=20), disposition="accepted", publish_consent=True)
    published(town.office, case, NOW)
    assert case.number not in str(told(town, "cases")) + str(told(town, "channels"))

"""Figures: each agrees with the list behind it, and no contest or merge bends them."""

import random
import statistics
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.casework import service
from portal.casework.figures import Figure, figures, list_behind_figure, median_of
from portal.kernel.actor import CITIZEN
from tests.casework.test_queue import sent
from tests.conftest import NOW

AT = NOW + timedelta(days=40)


def counted(office, figure, agencies=None, at=AT):
    behind = list_behind_figure(figure, agencies, 2570, at).subquery()
    return office.session.scalar(select(func.count()).select_from(behind))


def test_each_figure_counts_exactly_the_list_behind_it(office):
    luck = random.Random(2550)
    for _ in range(25):
        case = office.assigned()
        match luck.randrange(6):
            case 0:
                pass
            case 1:
                office.do(service.withdraw, CITIZEN, case)
            case 2:
                office.do(service.merge, office.coordinator, case, office.case(), "เรื่องเดียวกัน")
            case 3:
                office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
            case _:
                office.do(service.reply, office.officer, case, "ตอบ", at=NOW + timedelta(days=luck.randrange(30)))
    for agencies in (None, [office.agency.id], [office.elsewhere.id]):
        found = figures(office.session, agencies, 2570, AT)
        for figure in Figure:
            assert getattr(found, figure.value) == counted(office, figure, agencies), (figure, agencies)
    assert figures(office.session, [office.elsewhere.id], 2570, AT).received == 0


def test_in_time_is_judged_on_the_first_due_day_and_silence_counts_as_late(office):
    office.answered(at=NOW + timedelta(days=15))
    office.answered(at=NOW + timedelta(days=16))
    office.case()  # silent for forty days
    found = figures(office.session, None, 2570, AT)
    assert (found.received, found.answered, found.in_time, found.late, found.overdue) == (3, 2, 1, 2, 1)
    assert found.in_time_share == pytest.approx(1 / 3)
    assert found.median_days == 15.5


def test_an_open_case_that_is_not_yet_due_is_not_judged(office):
    office.case()
    found = figures(office.session, None, 2570, NOW + timedelta(days=15))
    assert (found.received, found.in_time_share, found.median_days, found.overdue) == (1, None, None, 0)


def test_contesting_changes_no_figure_but_what_is_overdue(office):
    case = office.closed()
    before = figures(office.session, None, 2570, AT)
    office.do(service.contest, CITIZEN, case, at=NOW + timedelta(days=20))
    after = figures(office.session, None, 2570, AT)
    assert (after.answered, after.in_time, after.late, after.median_days) == (
        before.answered,
        before.in_time,
        before.late,
        before.median_days,
    )
    assert (before.overdue, after.overdue) == (0, 1)


def test_merged_and_guarded_cases_are_in_no_figure(office):
    merged, into, guarded = office.case(), office.case(), office.case()
    office.do(service.merge, office.coordinator, merged, into, "เรื่องเดียวกัน")
    office.do(service.mark_about, office.coordinator, guarded, [office.users["officer"]], [])
    assert figures(office.session, None, 2570, AT).received == 1


def test_overdue_cases_of_last_year_do_not_vanish_with_the_new_fiscal_year(office):
    office.case(at=NOW - timedelta(days=80))
    assert figures(office.session, None, 2570, NOW).received == 0
    assert figures(office.session, None, 2570, NOW).overdue == 1


def test_figures_are_two_queries_however_many_cases(office):
    office.answered()
    held_by = [office.agency.id]  # read before the counting begins
    assert len(sent(office, lambda: figures(office.session, held_by, 2570, AT))) == 2


@given(st.lists(st.integers(0, 400), max_size=60))
def test_the_median_of_counts_is_the_median_of_the_values(values):
    histogram = [(value, values.count(value)) for value in set(values)]
    assert median_of(histogram) == (statistics.median(values) if values else None)

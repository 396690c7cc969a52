"""Counters: equal to a recount after any history, right at midnight without a write, and folding changes nothing."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from portal.casework import service
from portal.casework.figures import Figure, Narrow, figures, figures_by, list_behind_figure, ninth_of, quarter_days
from portal.casework.models import Case, CaseTally, CaseTallyMove
from portal.casework.provinces import place_all, province_of
from portal.casework.rules import CaseKind, Channel
from portal.casework.service.reorganising import Place, reorganise
from portal.casework.tallies.counting import fold, is_uncounted, kept_cells, recount
from portal.casework.tallies.keeping import facts_of
from portal.casework.tallies.queries import tallies
from portal.casework.tallies.rules import Dimension, Measure, cells_of, moved
from portal.db import unit_of_work
from portal.kernel.actor import CITIZEN
from tests.conftest import NOW
from tests.explaining import plan_of

AT = NOW + timedelta(days=50)


def counted(session, figure, narrow, at=AT):
    behind = list_behind_figure(figure, None, 2570, at, narrow=narrow).subquery()
    return session.scalar(select(func.count()).select_from(behind))


def lived(office, count=14, seed=2550):
    """Cases of many kinds and fates."""
    luck = random.Random(seed)
    for place in range(count):
        case = office.assigned(kind=luck.choice(["question", "suggestion", "grievance"]), place=luck.choice(["", "จังหวัดน่าน", "เชียงใหม่"]))
        fate = place % 7
        if fate < 5:
            office.do(service.reply, office.officer, case, "ตอบ", at=NOW + timedelta(days=luck.randrange(1, 30)))
        if fate == 1:
            office.do(service.confirm, CITIZEN, case, at=NOW + timedelta(days=30))
        if fate in (2, 3):
            office.do(service.contest, CITIZEN, case, at=NOW + timedelta(days=30))
        if fate == 3:
            office.do(service.assign, office.executive, case, office.users["colleague"], at=NOW + timedelta(days=31))
            office.do(service.reply, office.colleague, case, "ตอบใหม่", at=NOW + timedelta(days=32))
        if fate == 4:
            office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
        if fate == 5:
            office.do(service.forward, office.officer, case, office.elsewhere, "ส่งต่อ")
        if fate == 6:
            office.do(service.extend, office.coordinator, case, "many_facts", "5", "มาก")
            office.do(service.pause, office.officer, case, "decision", "1/1/2570", "รอศาล")
            office.do(service.forward, office.officer, case, office.unit, "ส่งต่อ")


def test_every_figure_of_every_value_counts_exactly_the_list_behind_it(office):
    lived(office)
    session = office.session
    for at in (NOW + timedelta(days=16), AT, NOW + timedelta(days=90)):
        for dimension, field, read in (
            (Dimension.KIND, "kind", CaseKind),
            (Dimension.CHANNEL, "channel", Channel),
            (Dimension.UNIT, "unit_id", int),
            (Dimension.PROVINCE, "province", str),
        ):
            found = figures_by(session, dimension, None, 2570, at)
            assert found
            for value, numbers in found.items():
                narrow = Narrow(**{field: read(value)})
                for figure in Figure:
                    assert getattr(numbers, figure.value) == counted(session, figure, narrow, at), (at, value, figure)
    assert set(figures_by(session, Dimension.PROVINCE, None, 2570, AT)) == {"50", "55"}
    whole = figures(session, None, 2570, AT)
    assert min(whole.contested, whole.renewed, whole.confirmed, whole.late, whole.in_time, whole.extended) > 0
    assert recount(session) == 0


def test_folding_changes_no_figure_and_leaves_no_empty_cell(office):
    lived(office, 6)
    session = office.session
    before = figures(session, None, 2570, AT), figures_by(session, Dimension.KIND, None, 2570, AT)
    with unit_of_work(session):
        assert fold(session) > 40
    assert session.scalar(select(func.count()).select_from(CaseTallyMove)) == 0
    assert (figures(session, None, 2570, AT), figures_by(session, Dimension.KIND, None, 2570, AT)) == before
    case = session.scalars(select(Case).where(Case.answered_at.is_not(None), Case.counted)).first()
    office.do(service.contest if case.escalation_level == 0 else service.confirm, CITIZEN, case, at=NOW + timedelta(days=31))
    with unit_of_work(session):
        fold(session)
    assert session.scalar(select(func.count()).select_from(CaseTally).where(CaseTally.number == 0)) == 0
    assert recount(session) == 0


def test_late_overdue_and_silence_begin_at_midnight_in_bangkok_without_a_write(office):
    office.case()
    session, due = office.session, NOW + timedelta(days=15)
    evening, midnight = due.replace(hour=16, minute=59), due.replace(hour=17, minute=0)
    assert [(f.late, f.overdue) for f in (figures(session, None, 2570, at) for at in (evening, midnight))] == [(0, 0), (1, 1)]
    office.answered(at=NOW + timedelta(days=1))
    last = NOW + timedelta(days=31)
    assert [figures(session, None, 2570, at).silent for at in (last, last.replace(hour=17))] == [0, 1]


def test_what_was_counted_wrongly_is_found_and_mended(office):
    lived(office, 4)
    session = office.session
    truth = figures(session, None, 2570, AT)
    with unit_of_work(session):
        session.execute(update(CaseTallyMove).where(CaseTallyMove.measure == Measure.RECEIVED).values(number=2 * CaseTallyMove.number))
    assert figures(session, None, 2570, AT).received == 2 * truth.received
    assert recount(session) > 0
    assert figures(session, None, 2570, AT) == truth
    assert recount(session) == 0


def test_a_reorganisation_that_goes_past_the_session_moves_the_counters(office):
    office.case()
    office.answered()
    with unit_of_work(office.session):
        moved_ = reorganise(office.session, office.executive, NOW, Place(office.agency.id, None), Place(office.elsewhere.id, None), [])
    assert moved_ == 1
    assert figures(office.session, [office.elsewhere.id], 2570, NOW).received == 1
    assert recount(office.session) == 0


def test_a_column_set_without_being_read_still_moves_the_counters(office):
    case = office.case()
    with unit_of_work(office.session):
        office.session.expire(case)
        case.unit_id, case.kind = office.unit.id, CaseKind.QUESTION
    assert recount(office.session) == 0


def test_an_upgraded_portal_is_counted_once_and_its_cases_get_their_provinces(office):
    case = office.case(place="อำเภอเมืองน่าน จังหวัดน่าน")
    session = office.session
    with unit_of_work(session):
        session.execute(update(Case).values(province=None))
        for table in (CaseTally, CaseTallyMove):
            session.query(table).delete()
    assert is_uncounted(session)
    assert place_all(session) == 1
    recount(session)
    session.refresh(case)
    assert case.province == "55"
    assert figures_by(session, Dimension.PROVINCE, None, 2570, AT)["55"].received == 1
    assert not is_uncounted(session)
    assert place_all(session) == 0


def test_guarded_and_merged_cases_are_in_no_cell(office):
    case = office.case()
    office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], [])
    assert kept_cells(office.session, (office.agency.id, 2570)) == {}
    assert figures(office.session, None, 2570, AT).overdue == 0


def test_months_add_up_to_the_year(office):
    lived(office, 5)
    office.case(at=NOW + timedelta(days=20))
    months = tallies(office.session, Dimension.ALL, "month", agency_ids=None, years=[2570])
    assert set(months) == {(date(2026, 11, 1),), (date(2026, 12, 1),)}
    assert sum(tally.plain[Measure.RECEIVED] for tally in months.values()) == figures(office.session, None, 2570, AT).received


@pytest.mark.parametrize(
    ("place", "point", "area", "code"),
    [
        ("", None, (), ""),
        ("จังหวัดน่าน", None, ("50",), "55"),
        ("หน้าตลาด", None, ("5501", "5502"), "55"),
        ("หน้าตลาด", None, ("55", "50"), ""),
        ("จังหวัดน่าน", (18.79, 98.98), (), "50"),
        ("จังหวัดน่าน", (0.0, 0.0), ("55",), ""),
        ("น่าน ถึง เชียงใหม่", None, (), ""),
    ],
)
def test_the_province_is_of_the_point_then_of_the_place_then_the_only_one_of_the_agency(place, point, area, code):
    lat, lon = point or (None, None)
    assert province_of(place, lat, lon, area) == code


@given(st.lists(st.integers(0, 90), min_size=1, max_size=60))
def test_nine_of_ten_took_no_longer_than_the_ninth_decile(values):
    found = ninth_of([(value, values.count(value)) for value in set(values)])
    assert sum(value <= found for value in values) * 10 >= 9 * len(values)
    assert sum(value < found for value in values) * 10 < 9 * len(values)
    assert ninth_of([]) is None


def test_quarters_of_the_fiscal_year_follow_each_other():
    days = [quarter_days(2570, number) for number in (1, 2, 3, 4)]
    assert (days[0].first, days[3].last) == (date(2026, 10, 1), date(2027, 9, 30))
    assert [later.first - earlier.last for earlier, later in pairwise(days)] == [timedelta(days=1)] * 3


def test_a_case_that_comes_and_goes_leaves_nothing(office):
    case = office.case()
    facts = facts_of(office.session, [case.id])[case.id]
    assert moved(None, facts) + moved(facts, None) == {}
    assert moved(facts, facts) == {}
    assert cells_of(facts._replace(counted=False)) == []


def test_an_agency_s_year_is_found_by_the_key_and_not_among_all_counters(office):
    """Eight thousand agencies are recounted one after the other."""
    plan = plan_of(office.session, lambda: kept_cells(office.session, (1, 2570)), place=0)
    assert "case_tally USING PRIMARY KEY (dimension=? AND measure=? AND fiscal_year=? AND agency_id=?)" in plan, plan

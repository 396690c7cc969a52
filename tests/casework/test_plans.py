"""What is asked of cases is asked of an index in the order of the answer: the cost must not grow with all cases there are."""

from datetime import timedelta

import pytest

from portal.casework import queries
from portal.casework.figures import Figure, list_behind_figure
from portal.casework.figures.criteria import Narrow, quarter_days
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.queries.narrowing import Narrowing
from portal.casework.rules import CaseKind, Channel
from tests.conftest import NOW
from tests.explaining import plan_of

AT = NOW + timedelta(days=40)
RARE = {
    Figure.CONTESTED: "contested",
    Figure.RENEWED: "contested",
    Figure.UPHELD: "contested",
    Figure.CONFIRMED: "confirmed",
    Figure.EXTENDED: "extended",
}
NARROWED = {
    "year": {"agency_ids": None},
    "kind": {"agency_ids": None, "narrow": Narrow(kind=CaseKind.QUESTION)},
    "quarter": {"agency_ids": None, "days": quarter_days(2570, 1)},
    "agency": {"agency_ids": [1]},
    "channel": {"agency_ids": [1], "channel": Channel.LETTER},
    "unit": {"agency_ids": [1], "narrow": Narrow(unit_id=2)},
    "topic": {"agency_ids": [1], "narrow": Narrow(topic_id=2)},
    "province": {"agency_ids": None, "narrow": Narrow(province="10")},
}
#: What narrows the list more than its year, by the end of the index's name.
INDEX = {
    "year": "year",
    "kind": "year",
    "quarter": "year",
    "agency": "figures",
    "channel": "channel",
    "unit": "unit_id",
    "topic": "topic_id",
    "province": "province",
}


@pytest.mark.parametrize("narrowed", NARROWED)
@pytest.mark.parametrize("figure", sorted(set(Figure) - {Figure.OVERDUE}))
def test_the_list_behind_a_figure_is_read_in_order_from_the_index_that_leaves_least(office, figure, narrowed):
    query = list_behind_figure(figure, fiscal_year=2570, now=AT, **NARROWED[narrowed])
    newest = query.order_by(Case.received_at.desc(), Case.id.desc()).limit(21)
    plan = plan_of(office.session, lambda: office.session.scalars(newest).all())
    assert f"USING INDEX ix_case_record_{RARE.get(figure, INDEX[narrowed])} (" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("narrowed", ["year", "kind", "agency", "channel", "unit"])
def test_the_list_of_what_is_overdue_is_read_by_due_day(office, narrowed):
    query = list_behind_figure(Figure.OVERDUE, fiscal_year=2570, now=AT, **NARROWED[narrowed]).order_by(Case.due_on, Case.id).limit(21)
    plan = plan_of(office.session, lambda: office.session.scalars(query).all())
    assert "USING INDEX ix_case_record_open_" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize(
    ("which", "narrowing", "index"),
    [
        (Filter.POOL, Narrowing(), "open_pool"),
        (Filter.POOL, Narrowing(unit_id=2), "open_pool"),
        (Filter.CONTESTED, Narrowing(), "open_escalated"),
        (Filter.OPEN, Narrowing(unit_id=2), "open_unit"),
        (Filter.OVERDUE, Narrowing(unit_id=2, kind=CaseKind.QUESTION), "open_unit"),
        (Filter.UNASSIGNED, Narrowing(topic_id=2), "open_topic"),
    ],
)
def test_few_and_narrowed_parts_of_the_queue_are_read_and_counted_without_all_that_is_open(office, which, narrowing, index):
    page = queries.queue(office.coordinator, NOW, which, narrowing).limit(21)
    plan = plan_of(office.session, lambda: office.session.scalars(page).all())
    assert f"USING INDEX ix_case_record_{index} (" in plan, plan
    assert "TEMP B-TREE" not in plan, plan
    counting = plan_of(office.session, lambda: queries.counts_with(office.session, office.coordinator, NOW, [(which, narrowing)]))
    assert f"ix_case_record_{index} (" in counting.rsplit("CO-ROUTINE", 1)[1], counting


@pytest.mark.parametrize("which", [Filter.SNOOZED, Filter.TO_PUBLISH, Filter.TO_SIGN, Filter.PROPOSED])
def test_parts_that_few_rows_make_are_found_by_these_rows_in_a_view_of_a_unit_too(office, which):
    page = queries.queue(office.executive, NOW, which, Narrowing(unit_id=2)).limit(21)
    plan = plan_of(office.session, lambda: office.session.scalars(page).all())
    assert "SEARCH case_record USING INTEGER PRIMARY KEY" in plan, plan


def test_a_view_of_a_tag_asks_the_open_cases_of_the_agency_whose_word_it_is(office):
    page = queries.queue(office.coordinator, NOW, Filter.OPEN, Narrowing(tag_id=1)).limit(21)
    plan = plan_of(office.session, lambda: office.session.scalars(page).all())
    assert "USING INDEX ix_case_record_open_agency (agency_id=?)" in plan, plan
    assert "TEMP B-TREE" not in plan, plan

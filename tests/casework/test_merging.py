"""One matter, several senders: what may be merged, who still hears of it, and how it is undone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.casework import service
from portal.casework.models import Case
from portal.casework.queries.merging import goes_on_in, last_answer, merged_with
from portal.casework.rules import Status
from portal.casework.rules.merging import fault, undone_until
from portal.kernel.actor import CITIZEN
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.thai_calendar import office_day
from tests.casework.conftest import Office
from tests.conftest import NOW

WHY = "เรื่องเดียวกัน"


def merged(office: Office, case: Case, into: Case) -> None:
    office.do(service.merge, office.coordinator, case, into, WHY)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30))
def test_whatever_is_merged_in_whatever_order_there_is_no_circle(tries: list[tuple[int, int]]) -> None:
    into: dict[int, int] = {}
    for case, other in tries:
        if case not in into and fault((case, 1), (other, 1), Status.MERGED if other in into else Status.ASSIGNED) is None:
            into[case] = other
    for start in range(6):
        seen, here = set(), start
        while here in into:
            assert here not in seen
            seen.add(here)
            here = into[here]


def test_another_agency_s_case_is_refused_with_the_way_that_is_open() -> None:
    wrong = fault((1, 1), (2, 2), Status.ASSIGNED)
    assert wrong
    assert "Forward this one there first" in wrong.text
    assert fault((1, 1), (1, 1), Status.ASSIGNED)
    assert fault((1, 1), (2, 1), Status.WITHDRAWN)


def test_the_answer_reaches_everything_that_was_merged_and_a_merge_is_no_answer(office: Office) -> None:
    first, second, goal = office.case(), office.case(), office.assigned()
    merged(office, first, second)
    merged(office, second, goal)
    assert merged_with(office.session, goal) == [second, first]
    assert goes_on_in(first) is goal
    assert last_answer(office.session, goal) == []
    office.do(service.reply, office.officer, goal, "ซ่อมแล้ว")
    assert [row.body for row in last_answer(office.session, goes_on_in(first))] == ["ซ่อมแล้ว"]
    assert (first.answered_at, first.receipt_hash != goal.receipt_hash) == (None, True)
    for case in (goal, second):
        with pytest.raises((Invalid, Conflict)):
            merged(office, case, first)


def test_undone_it_is_what_it_was_and_counts_again(office: Office) -> None:
    case, goal = office.assigned(), office.case()
    before = case.owner_id, case.due_on, case.first_due_on, case.counted
    merged(office, case, goal)
    assert not case.counted
    with pytest.raises(NotAllowed):
        office.do(service.unmerge, office.officer, case, WHY)
    with pytest.raises(Invalid):
        office.do(service.unmerge, office.coordinator, case, " ")
    office.do(service.unmerge, office.coordinator, case, "คนละเสา")
    assert (case.owner_id, case.due_on, case.first_due_on, case.counted) == before
    assert (case.status, case.is_open, case.merged_into_id) == (Status.RECEIVED, True, None)
    with pytest.raises(Conflict):
        office.do(service.unmerge, office.coordinator, case, WHY)


def test_only_within_thirty_days(office: Office) -> None:
    assert undone_until(NOW) == office_day(NOW) + timedelta(days=30)
    first, second, goal = office.case(), office.case(), office.case()
    for case in (first, second):
        merged(office, case, goal)
    office.do(service.unmerge, office.coordinator, first, WHY, at=NOW + timedelta(days=30))
    with pytest.raises(Conflict):
        office.do(service.unmerge, office.coordinator, second, WHY, at=NOW + timedelta(days=31))
    assert second.status is Status.MERGED


def test_who_withdraws_speaks_for_themselves(office: Office) -> None:
    case, goal = office.assigned(), office.case()
    merged(office, case, goal)
    office.do(service.withdraw, CITIZEN, goal, at=NOW + timedelta(days=60))
    assert (goal.status, case.status, case.owner_id) == (Status.WITHDRAWN, Status.RECEIVED, office.officer.user_id)

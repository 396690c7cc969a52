"""Until when others can be asked, and how what they were asked ends."""

from datetime import date, timedelta

import pytest

from portal.casework.contributing.rules import PartState, due_day, ended, is_late, proposed_day
from portal.casework.rules import Act
from portal.kernel.errors import Conflict, Invalid

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("days", [0, 1, 90])
def test_a_day_from_today_on_is_taken(days: int) -> None:
    assert due_day(TODAY + timedelta(days=days), TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize("day", [None, TODAY - timedelta(days=1), TODAY + timedelta(days=91)])
def test_no_day_a_past_one_and_one_too_far_are_refused_at_the_field(day: date | None) -> None:
    with pytest.raises(Invalid) as refused:
        due_day(day, TODAY)
    assert set(refused.value.fields) == {"due"}


def test_a_week_is_proposed_or_what_the_case_leaves_but_never_the_past() -> None:
    assert proposed_day(TODAY + timedelta(days=12), TODAY) == TODAY + timedelta(days=7)
    assert proposed_day(TODAY + timedelta(days=3), TODAY) == TODAY + timedelta(days=3)
    assert proposed_day(TODAY - timedelta(days=3), TODAY) == TODAY


def test_only_what_waits_can_end_and_only_what_waits_is_late() -> None:
    ends = {Act.CONTRIBUTE: "answered", Act.DECLINE_CONTRIBUTION: "declined", Act.RECALL_CONTRIBUTION: "recalled"}
    for act, state in ends.items():
        assert ended(act, PartState.WAITING) == state
        with pytest.raises(Conflict):
            ended(act, PartState(state))
        assert not is_late(PartState(state), TODAY - timedelta(days=1), TODAY)
    assert is_late(PartState.WAITING, TODAY - timedelta(days=1), TODAY)
    assert not is_late(PartState.WAITING, TODAY, TODAY)

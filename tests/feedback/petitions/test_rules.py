"""The table of moves against the words in docs/rules/petitions.md, grounds, the last day to the minute."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.feedback.petitions.rules import (
    ACT_LABELS,
    ENDED,
    MOVES,
    OPEN_TO_READ,
    SUPPORTABLE,
    Act,
    Ground,
    State,
    days_late,
    moved,
    review_due,
    takes_support,
)
from portal.kernel.errors import Conflict
from portal.kernel.thai_calendar import BANGKOK

WORDS = (Path(__file__).parents[3] / "docs/rules/petitions.md").read_text(encoding="utf-8")


def rows(first: str) -> list[list[str]]:
    """Cells of the table whose head begins so."""
    lines = WORDS[WORDS.index(first) :].splitlines()
    table = [line.strip() for line in lines[: next(n for n, line in enumerate(lines) if not line.strip().startswith("|"))]]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table[2:]]


def test_the_table_in_code_is_the_table_in_words():
    written = {
        Act(act): ({State(one.strip()) for one in source.split(",")}, None if to == "–" else State(to))
        for act, _who, source, to in rows("| act | who | from | to |")
    }
    assert written == {act: (set(move.sources), move.to) for act, move in MOVES.items()}
    assert set(MOVES) | {Act.OPEN} == set(Act) == set(ACT_LABELS)


def test_states_and_grounds_are_those_in_words():
    assert [State(row[0]) for row in rows("| state | Thai | public | supports |")] == list(State)
    assert {Ground(row[0]) for row in rows("| code | ground |")} == set(Ground)


def test_nothing_leads_out_of_merged_withdrawn_or_answered():
    for act, move in MOVES.items():
        assert not move.sources & {State.MERGED, State.WITHDRAWN, State.ANSWERED}, act
    assert SUPPORTABLE.isdisjoint(ENDED)
    assert State.REFUSED not in OPEN_TO_READ


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_whatever_is_tried_the_way_is_one_of_the_table(acts):
    state = State.IN_REVIEW
    for act in acts:
        if state in MOVES[act].sources:
            after = moved(act, state)
            assert after is (MOVES[act].to or state)
            assert after is not State.ANSWER_OWED or act is Act.REACH or state is State.ANSWER_OWED
            state = after
        else:
            with pytest.raises(Conflict):
                moved(act, state)


def test_it_is_open_until_the_midnight_that_ends_the_last_day_in_bangkok():
    last = date(2027, 2, 20)
    before = datetime(2027, 2, 20, 23, 59, 59, tzinfo=BANGKOK)
    assert takes_support(State.COLLECTING, last, before)
    assert takes_support(State.ANSWER_OWED, last, before)
    assert not takes_support(State.COLLECTING, last, before + timedelta(seconds=1))
    assert not takes_support(State.LAPSED, last, before)
    assert not takes_support(State.COLLECTING, None, before)


def test_the_review_is_counted_in_working_days():
    friday = datetime(2026, 11, 20, 23, 0, tzinfo=BANGKOK)
    assert review_due(friday, 3, frozenset()) == date(2026, 11, 25)
    assert review_due(friday + timedelta(days=1), 3, {date(2026, 11, 24)}) == date(2026, 11, 27)


def test_lateness_begins_the_day_after():
    assert [days_late(date(2026, 11, 25), date(2026, 11, day)) for day in (24, 25, 26, 28)] == [0, 0, 1, 3]
    assert days_late(None, date(2026, 11, 25)) == 0

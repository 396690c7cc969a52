"""The table of moves, against the words in docs/rules/closing.md."""

import random
import re
from pathlib import Path

import pytest

from portal.casework.rules import MOVES, OPEN, Act, CaseKind, Disposition, Status, checked, needs_proof, possible
from portal.casework.rules.moves import LINES
from portal.kernel.errors import Conflict

WORDS = (Path(__file__).parents[2] / "docs/rules/closing.md").read_text(encoding="utf-8")
GROUPS = {"any": frozenset(Status), "every open one": OPEN}


def rows(heading: str) -> list[list[str]]:
    section = WORDS.split(f"## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table]


def sources(text: str) -> frozenset[Status]:
    parts = [part.strip() for part in text.split(",")]
    return frozenset().union(*(GROUPS[part] if part in GROUPS else {Status(part)} for part in parts))


def test_the_table_in_code_is_the_table_in_words():
    written = {Act(act): (sources(source), None if to == "–" else Status(to)) for act, _who, source, to in rows("Moves")}
    assert written == {act: (move.sources, move.to) for act, move in MOVES.items()}


def test_statuses_are_described_with_their_thai_words_and_whether_they_are_open():
    described = {Status(code): (thai, is_open == "yes") for code, thai, is_open, _meaning in rows("Statuses")}
    assert set(described) == set(Status)
    assert {status for status, (_, is_open) in described.items() if is_open} == OPEN
    assert described[Status.WAITING_CITIZEN][0] == "รอข้อมูลจากผู้แจ้ง"


@pytest.mark.parametrize("act", list(MOVES))
@pytest.mark.parametrize("status", list(Status))
def test_each_act_leads_where_the_table_says_or_is_refused(act, status):
    move = MOVES[act]
    if status in move.sources:
        assert possible(act, status)
        assert checked(act, status) is (move.to or status)
    else:
        assert not possible(act, status)
        with pytest.raises(Conflict):
            checked(act, status)


def legal_ways() -> dict[Act, frozenset[tuple[Status, Status]]]:
    """What each act may do, read from the words and not from the code."""
    table = [(Act(act), sources(source), None if to == "–" else Status(to)) for act, _who, source, to in rows("Moves")]
    return {act: frozenset((status, to or status) for status in source) for act, source, to in table}


def test_ten_thousand_random_steps_reach_no_state_that_the_words_do_not_allow():
    chance, legal, status, taken, refused = random.Random(2550), legal_ways(), Status.RECEIVED, 0, 0
    seen = {status}
    for _step in range(10_000):
        act = chance.choice(list(MOVES))
        ways = {after for before, after in legal[act] if before is status}
        try:
            after = checked(act, status)
        except Conflict:
            assert not ways, f"{act} was refused in {status}"
            refused += 1
        else:
            assert after in ways, f"{act} led from {status} to {after}"
            status, taken = after, taken + 1
        seen.add(status)
        if status in (Status.MERGED, Status.WITHDRAWN) and chance.random() < 0.05:
            status = Status.RECEIVED  # another case
    assert seen == set(Status)
    assert min(taken, refused) > 1_000


def test_every_act_but_submitting_is_in_the_table_and_every_act_has_its_line():
    assert set(Act) - set(MOVES) == {Act.SUBMIT}
    assert set(LINES) == set(Act)
    assert len({act.event for act in Act}) == len(Act)


def test_nothing_leads_out_of_merged_or_withdrawn_but_undoing_the_merge():
    for act, move in MOVES.items():
        for final in (Status.MERGED, Status.WITHDRAWN):
            undone = (act, final) == (Act.UNMERGE, Status.MERGED)  # for 30 days, or when the case that goes on is withdrawn
            assert final not in move.sources or move.to is None or undone, act


def test_every_status_can_be_reached():
    assert {move.to for move in MOVES.values()} - {None} | {Status.RECEIVED} == set(Status)


def test_proof_is_asked_where_done_claims_an_action():
    asked = {kind for kind in CaseKind if needs_proof(kind, Disposition.DONE)}
    assert asked == {CaseKind.SUGGESTION, CaseKind.COMPLAINT, CaseKind.GRIEVANCE, CaseKind.INFORMATION_REQUEST}
    assert not any(needs_proof(kind, other) for kind in CaseKind for other in Disposition if other is not Disposition.DONE)


def test_the_days_to_contest_are_those_in_the_words():
    days = re.search(r"Within (\d+) days", WORDS)
    assert days
    from portal.casework.rules import CONTEST_RULE

    assert int(days[1]) == CONTEST_RULE.days

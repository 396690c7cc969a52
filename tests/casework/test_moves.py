"""The table of moves, against the words in docs/rules/closing.md."""

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

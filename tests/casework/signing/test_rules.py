"""What needs a signature, as pure rules."""

import re
from itertools import product
from pathlib import Path

import pytest

from portal.casework.rules import ANEW, MOVES, Act, CaseKind, Status, possible
from portal.casework.signing.rules import OVERTAKEN_BY, ProposedAct, needs_signature

WORDS = (Path(__file__).parents[3] / "docs/rules/signing.md").read_text(encoding="utf-8")
KIND = CaseKind.GRIEVANCE


def test_nothing_needs_a_signature_where_the_agency_did_not_ask_for_it() -> None:
    for act, status in product(ProposedAct, Status):
        assert not needs_signature(act, KIND, status, [], collects=True)
        assert not needs_signature(act, KIND, status, [CaseKind.QUESTION.value], collects=True)


@pytest.mark.parametrize(
    ("act", "status", "collects", "needed"),
    [
        (ProposedAct.REPLY, Status.ASSIGNED, False, True),
        (ProposedAct.REPLY, Status.ANSWERED, False, True),
        (ProposedAct.CLOSE, Status.IN_PROGRESS, False, True),
        (ProposedAct.CLOSE, Status.ANSWERED, False, False),
        (ProposedAct.CLOSE, Status.ANSWERED, True, True),
        (ProposedAct.REFER, Status.RECEIVED, False, True),
        (ProposedAct.DECLINE, Status.WAITING_CITIZEN, False, True),
    ],
)
def test_the_first_answer_and_every_reply_need_one(act: ProposedAct, status: Status, collects: bool, needed: bool) -> None:
    assert needs_signature(act, KIND, status, [KIND.value], collects=collects) is needed


def test_answered_means_that_there_is_an_answer_of_this_round() -> None:
    """What ``needs_signature`` leans on: only what makes an answer due anew, or an end, leads out of "answered"."""
    out = {act for act, move in MOVES.items() if Status.ANSWERED in move.sources and move.to not in (None, Status.ANSWERED)}
    assert {act for act in out if MOVES[act].to not in (Status.CLOSED, Status.WITHDRAWN)} <= ANEW


def test_proposing_fits_wherever_one_of_the_answers_does_and_moves_nothing() -> None:
    for status in Status:
        assert possible(Act.PROPOSE, status) == any(possible(one.act, status) for one in ProposedAct)
    assert MOVES[Act.PROPOSE].to is None
    assert not Act.PROPOSE.shown_to_citizen
    assert not Act.RETURN_PROPOSAL.shown_to_citizen


def test_a_proposal_never_outlives_the_statuses_in_which_it_can_be_signed_or_returned() -> None:
    """Whatever leads to a status in which nothing can be proposed ends the proposal that waits."""
    stays = MOVES[Act.PROPOSE].sources
    leads_out = {act for act, move in MOVES.items() if move.to is not None and move.to not in stays and move.sources & stays}
    assert leads_out <= OVERTAKEN_BY


def test_the_words_name_every_act_that_can_be_proposed() -> None:
    table = re.search(r"## What needs a signature\n(.*?)\n## ", WORDS, re.DOTALL)
    assert table
    first_cells = " ".join(line.split("|")[1] for line in table[1].splitlines() if line.startswith("|"))
    assert all(re.search(rf"\b{act.value}\b", first_cells) for act in ProposedAct)

"""How much is found in sentences that we labelled ourselves (``redaction_labelled.txt``); ``-s`` prints the table that the rule states."""

import re
from collections import Counter
from pathlib import Path

from portal.kernel.redaction import Reason, propose

SET = Path(__file__).with_name("redaction_labelled.txt")
RULE = (Path(__file__).parents[2] / "docs/rules/redaction.md").read_text(encoding="utf-8")
_MARK = re.compile(r"⟦(\w+)\|([^⟧]*)⟧")
LINES = [line for line in SET.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def labelled() -> list[tuple[str, list[tuple[Reason, int, int]]]]:
    """Each sentence without marks, and the places that were marked."""
    found = []
    for line in LINES:
        text, spans, place = "", [], 0
        for mark in _MARK.finditer(line):
            text += line[place : mark.start()]
            spans.append((Reason(mark[1]), len(text), len(text) + len(mark[2])))
            text += mark[2]
            place = mark.end()
        found.append((text + line[place:], spans))
    return found


def recall() -> dict[Reason, tuple[int, int]]:
    """Of each reason: how many marked places are wholly inside a proposal, and how many there are."""
    hidden, every = Counter[Reason](), Counter[Reason]()
    for text, spans in labelled():
        proposals = propose(text)
        for reason, start, end in spans:
            every[reason] += 1
            hidden[reason] += any(one.start <= start and end <= one.end for one in proposals)
    return {reason: (hidden[reason], every[reason]) for reason in every}


def test_what_is_labelled_is_found_as_often_as_the_rule_says() -> None:
    measured = recall()
    for reason, (found, of) in measured.items():
        print(f"{reason.value}: {found} of {of}")
        assert f"| {reason.value} | {found} of {of} |" in RULE, f"the rule states something else than {found} of {of} for {reason.value}"
    plates = measured[Reason.PLATE]
    assert plates[0] / plates[1] >= 0.95


def test_sentences_without_a_mark_stay_whole() -> None:
    touched = {text: [one.text for one in propose(text)] for text, spans in labelled() if not spans and propose(text)}
    assert not touched


def test_nothing_but_what_is_labelled_is_proposed() -> None:
    for text, spans in labelled():
        for one in propose(text):
            assert any(one.start < end and start < one.end for _reason, start, end in spans), (text, one)

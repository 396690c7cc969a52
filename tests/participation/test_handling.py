"""Level 3 of 2549: each part missing, each number at its edge, and nobody who wrote."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec import structs

from portal.kernel.evidence import CaseQuarter, ChannelFact, ImprovementFact, OpinionReportFact
from portal.participation.rules.dossier import Dossier, Ruling
from tests.participation.builders import at_three, changed, check, fact, on, scored, seen, with_facts, without, without_any

Change = Callable[[Dossier], Dossier]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("collector_for_every_channel", lambda one: changed(one, "box", collector=" ")),
        ("classified_and_assigned", lambda one: changed(one, "cases-1", classified=18)),
        ("classified_and_assigned", lambda one: changed(one, "cases-1", assigned=18)),
        ("classified_and_assigned", lambda one: changed(one, "cases-1", responsible="")),
        ("answered_in_time", lambda one: changed(one, "cases-1", answered_after=((3, 10), (15, 7), (16, 1)))),
        ("answered_in_time", lambda one: changed(one, "cases-1", answered_after=((3, 10), (15, 7)), waiting_for=((16, 3),))),
        ("answered_in_time", lambda one: changed(one, "cases-1", ended_with_reason=11)),
        ("opinion_report", lambda one: without_any(one, OpinionReportFact)),
        ("opinion_report_again", lambda one: without(one, "report-1")),
        ("opinion_report_again", lambda one: changed(one, "report-1", opinions=0)),
        ("improvements_linked", lambda one: changed(one, "improvement", has_opinions=False)),
        ("improvements_linked", lambda one: changed(one, "improvement", is_abandoned=True)),
        ("improvements_linked", lambda one: without_any(one, ImprovementFact)),
        ("improvement_done", lambda one: changed(one, "improvement", is_done=False)),
        ("improvement_done", lambda one: changed(one, "improvement", has_before=False)),
        ("improvement_done", lambda one: changed(one, "improvement", has_after=False)),
    ],
)
def test_what_is_missing_fails_its_check_and_the_level(name: str, change: Change) -> None:
    dossier = change(at_three())
    found = check(dossier, name).finding
    assert found.verdict == "failed"
    assert found.missing
    assert scored(dossier).reached == 2


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("collector_for_every_channel", lambda one: changed(one, "box", collector="", until=on(9, 1))),  # closed meanwhile
        ("answered_in_time", lambda one: changed(one, "cases-4", waiting_for=((15, 50), (16, 2)))),
        ("improvements_linked", lambda one: changed(one, "improvement", is_done=False)),
    ],
)
def test_just_enough_is_enough(name: str, change: Change) -> None:
    assert check(change(at_three()), name).finding.verdict == "passed"


@pytest.mark.parametrize(("days", "verdict", "counts"), [(30, "passed", 96), (31, "waiting", 76)])
def test_what_was_entered_late_waits_and_the_rest_of_the_quarter_counts(days: int, verdict: str, counts: int) -> None:
    begins = date(2026, 7, 1)
    letters = fact(
        CaseQuarter,
        "cases-4-late-20",
        begins,
        recorded_on=begins + timedelta(days=days),
        quarter=4,
        received=20,
        classified=20,
        assigned=20,
    )
    dossier = with_facts(at_three(), letters)
    found = check(dossier, "classified_and_assigned").finding
    assert (found.verdict, found.said.values["classified"], found.said.values["all"]) == (verdict, counts, 100)
    ruling = Ruling(kind="CaseQuarter", key=letters.key, accepted=True, reason="จดหมายมาถึงช้า", on=on(9))
    assert check(structs.replace(dossier, rulings=(ruling,)), "classified_and_assigned").finding.verdict == "passed"


def test_no_channel_has_no_collector() -> None:
    assert check(without_any(at_three(), ChannelFact), "collector_for_every_channel").finding.verdict == "failed"


def test_that_nobody_wrote_is_no_fault_of_answering() -> None:
    for quiet in (without_any(at_three(), CaseQuarter), nothing_received()):
        assert check(quiet, "classified_and_assigned").finding.verdict == "passed"
        assert check(quiet, "answered_in_time").finding.verdict == "passed"


def nothing_received() -> Dossier:
    dossier = at_three()
    empty = {"received": 0, "classified": 0, "assigned": 0, "answered_after": (), "waiting_for": (), "ended": 0, "ended_with_reason": 0}
    for quarter in range(1, 5):
        dossier = changed(dossier, f"cases-{quarter}", **empty)
    return dossier


def test_what_is_missing_names_the_quarter_and_how_many() -> None:
    late = changed(at_three(), "cases-2", answered_after=((3, 10), (16, 8)))
    first = check(late, "answered_in_time").finding.missing
    assert ("/casequarter/cases-2", 2, 10) in [(one.path, one.said.values["quarter"], one.said.values["count"]) for one in first]


@pytest.mark.parametrize(
    ("day", "once", "again"), [(on(12, 31), 0, 0), (on(3, 31), 1, 1), (on(6, 30), 1, 1), (on(9, 29), 1, 1), (on(9, 30), 1, 2)]
)
def test_while_the_year_runs_reports_are_asked_for_as_its_quarters_pass(day: date, once: int, again: int) -> None:
    dossier = seen(at_three(), as_of=day)
    assert [check(dossier, name).finding.said.values["need"] for name in ("opinion_report", "opinion_report_again")] == [once, again]

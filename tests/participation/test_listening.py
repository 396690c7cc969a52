"""Level 2 of 2549: each part missing, each number at its edge, and a year that still runs."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from portal.kernel.evidence import Activity, Box, ChannelInput, ListeningPlanFact
from portal.participation.rules.dossier import Dossier, Ruling
from tests.participation.builders import activity, at_three, changed, check, each, on, scored, seen, with_facts, without, without_any

Change = Callable[[Dossier], Dossier]


def _silent(quarter: int) -> Change:
    """Nobody was heard in a quarter."""

    def change(dossier: Dossier) -> Dossier:
        quiet = without(dossier, f"box-{quarter}", *(["web-1"] if quarter == 1 else []))
        return changed(quiet, f"a{quarter}", on=on(11 if quarter > 1 else 2))

    return change


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("approved_plan", lambda one: changed(one, "plan", approved_on=None)),
        ("approved_plan", lambda one: without(one, "plan")),
        ("approved_plan", lambda one: changed(one, "plan", approved_on=date(2026, 10, 1))),
        ("activity_per_mission", lambda one: without(one, "a2", "a4")),
        ("activity_per_mission", lambda one: seen(one, missions=())),
        ("activity_per_mission", lambda one: without_any(one, Activity)),
        ("resources", lambda one: changed(one, "plan", budget=None)),
        ("resources", lambda one: changed(one, "plan", budget=0.0)),
        ("resources", lambda one: without(one, "plan")),
        ("spending", lambda one: changed(one, "plan", budget_spent=None)),
        ("every_quarter", _silent(1)),
        ("every_quarter", _silent(3)),
        ("planned_done", lambda one: without(one, "a4")),
        ("planned_done", lambda one: changed(one, "a4", is_done=False)),
        ("planned_done", lambda one: changed(one, "a4", responsible="")),
        ("planned_done", lambda one: changed(changed(one, "a4", is_done=False, responsible=""), "a5", responsible="")),
        ("planned_done", lambda one: refused(changed(one, "a4", is_done=False), "a4", "a5")),
        ("planned_done", lambda one: without_any(one, Activity)),
        ("some_way", lambda one: without_any(without_any(one, ChannelInput), Activity)),
        ("both_ways", lambda one: without_any(each(one, lambda fact: fact if fact.key != "web-1" else changed_input(fact)), Activity)),
        ("both_ways", lambda one: without(one, "box-1", "box-2", "box-3", "box-4")),
        ("boxes_opened", lambda one: without(one, "opened-2026-02")),
        ("boxes_opened", lambda one: changed(one, "opened-2026-02", box="other")),
        ("boxes_opened", lambda one: changed(without(one, "opened-2026-02"), "hall", public=False)),
        ("activities_complete", lambda one: changed(one, "a1", notice_on=None)),
        ("activities_complete", lambda one: changed(one, "a1", notice_on=on(11, 16))),
        ("activities_complete", lambda one: changed(one, "a1", people=0, officers=0)),
        ("activities_complete", lambda one: changed(one, "a1", has_summary=False)),
        ("activities_complete", lambda one: without_any(one, Activity)),
    ],
)
def test_what_is_missing_fails_its_check_and_the_level(name: str, change: Change) -> None:
    dossier = change(at_three())
    found = check(dossier, name).finding
    assert found.verdict == "failed"
    assert found.missing
    assert scored(dossier).reached == (0 if not dossier.subject.missions else 1)


def refused(dossier: Dossier, *keys: str) -> Dossier:
    rulings = (Ruling(kind="Activity", key=key, accepted=False, reason="เพราะ", on=on(9)) for key in keys)
    return msgspec.structs.replace(dossier, rulings=tuple(rulings))


def changed_input(fact: ChannelInput) -> ChannelInput:
    return msgspec.structs.replace(fact, received=0)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("approved_plan", lambda one: changed(one, "plan", by_head=False)),
        ("resources", lambda one: changed(one, "plan", budget=None, staff_days=3.0)),
        ("spending", lambda one: changed(one, "plan", budget_spent=0.0)),
        ("every_quarter", lambda one: without(one, "box-3")),  # an activity was held
        ("every_quarter", lambda one: changed(one, "a3", is_done=False)),  # the box had something in it
        ("some_way", lambda one: without_any(one, ChannelInput)),
        ("some_way", lambda one: without_any(without(one, "box-1", "box-2", "box-3", "box-4"), Activity)),
        ("both_ways", lambda one: without_any(one, Activity)),
        ("boxes_opened", lambda one: without_any(one, Box)),
        ("activities_complete", lambda one: changed(one, "a1", notice_on=on(11))),
    ],
)
def test_just_enough_is_enough(name: str, change: Change) -> None:
    assert check(change(at_three()), name).finding.verdict == "passed"


def test_four_of_five_are_four_fifths_and_four_of_six_are_not() -> None:
    further = activity("a6", on(9), is_done=False, recorded_on=on(10))
    assert check(with_facts(at_three(), further), "planned_done").finding.verdict == "failed"
    assert check(with_facts(at_three(), msgspec.structs.replace(further, is_done=True)), "planned_done").finding.verdict == "passed"


def test_a_box_opened_late_into_the_record_counts_once_an_assessor_accepts_it() -> None:
    late = changed(at_three(), "opened-2026-02", recorded_on=on(5))
    assert check(late, "boxes_opened").finding.verdict == "waiting"
    assert check(late, "boxes_opened").finding.missing
    assert scored(late).levels[1].verdict == "waiting"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("activity_per_mission", {"records": ("/reports/a2",), "mission": "m2"}),  # the forum of another mission
        ("planned_done", {"people": 0}),
        ("planned_done", {"method": "survey", "people": 29, "least_people": 30}),
    ],
)
def test_what_is_gamed_does_not_count_as_listening(name: str, values: dict[str, object]) -> None:
    """A record used for a second mission, officers only, a survey below its own minimum."""
    dossier = without(at_three(), "a4")
    if name == "activity_per_mission":
        dossier = each(dossier, lambda one: msgspec.structs.replace(one, mission="m1") if one.key == "a2" else one)
    given = activity("a4", on(8), **{"mission": "m2", **values})
    assert check(with_facts(dossier, given), name).finding.verdict == "failed"


def test_a_survey_that_reaches_its_minimum_counts() -> None:
    assert check(changed(at_three(), "a4", method="survey", people=30, least_people=30), "planned_done").finding.verdict == "passed"


class TestWhileTheYearRuns:
    """Only what is due by now is asked for."""

    def test_on_the_first_day_a_plan_is_asked_for_and_nothing_that_needs_time(self) -> None:
        first = seen(until_day(at_three(), on(10, 5)), as_of=on(10, 5))
        verdicts = {
            name: check(first, name).finding.verdict.value for name in ("approved_plan", "spending", "every_quarter", "planned_done")
        }
        assert verdicts == {"approved_plan": "passed", "spending": "passed", "every_quarter": "passed", "planned_done": "passed"}
        assert check(without_any(first, ListeningPlanFact), "approved_plan").finding.verdict == "failed"
        assert check(first, "activities_complete").finding.verdict == "passed"

    @pytest.mark.parametrize(("day", "asked"), [(on(12, 30), 0), (on(12, 31), 1), (on(1, 1), 1), (on(6, 30), 3), (on(9, 30), 4)])
    def test_a_quarter_is_asked_for_from_its_last_day_on(self, day: date, asked: int) -> None:
        assert check(seen(at_three(), as_of=day), "every_quarter").finding.said.values["all"] == asked

    def test_an_activity_is_due_on_its_planned_day(self) -> None:
        waiting = changed(at_three(), "a4", is_done=False, on=on(8), planned_on=on(8))
        due = [check(seen(waiting, as_of=on(8) + timedelta(days=days)), "planned_done").finding.said.values["all"] for days in (-1, 0)]
        assert due == [3, 4]  # a1 to a3 were held; the cancelled one is of September


def until_day(dossier: Dossier, day: date) -> Dossier:
    """What was there on a day: plans and channels; what came later is planned only."""
    kept = tuple(one for one in dossier.facts if one.on <= day or isinstance(one, Activity))
    planned = (msgspec.structs.replace(one, is_done=False) if isinstance(one, Activity) else one for one in kept)
    return msgspec.structs.replace(dossier, facts=tuple(planned))

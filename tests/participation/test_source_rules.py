"""The rules that the source's text gives, each by its number (r1 to r3, r13, r14)."""

import msgspec
import pytest

from portal.kernel.evidence import Activity, ChannelFact, ChannelInput, Fact, OpinionReportFact
from portal.participation.rules.dossier import Dossier
from tests.participation.builders import activity, at_three, changed, checks, each, on, scored, seen, with_facts, without, without_any


def test_r1_levels_are_cumulative() -> None:
    result = scored(without(at_three(), "page-m1"))
    assert [level.verdict.value for level in result.levels[:3]] == ["failed", "passed", "passed"]
    assert (result.level, result.source_level, result.stops_at) == (0, 0, 1)


@pytest.mark.parametrize(
    "dossier",
    [
        changed(at_three(), "plan", approved_on=None),
        changed(at_three(), "plan", budget=None, staff_days=None),
        changed(without(at_three(), "box-2"), "a2", on=on(5)),
    ],
    ids=["plan", "resources", "regular"],
)
def test_r2_the_second_level_needs_a_plan_and_resources_and_must_be_regular(dossier: Dossier) -> None:
    result = scored(dossier)
    assert (result.level, result.source_level) == (1, 1)


@pytest.mark.parametrize(
    "dossier",
    [
        changed(at_three(), "web", collector=""),
        without_any(at_three(), OpinionReportFact),
        changed(at_three(), "improvement", has_opinions=False),
    ],
    ids=["collector", "report", "improvement"],
)
def test_r3_the_third_level_needs_a_collector_a_report_and_a_plan_to_improve(dossier: Dossier) -> None:
    result = scored(dossier)
    assert (result.level, result.source_level) == (2, 2)


def _by_other_means(one: Fact) -> Fact:
    """Another process: other methods, other channels, pages that lie elsewhere."""
    names = {"path": f"/somewhere/{one.key}", "name_th": "อื่น"}
    if isinstance(one, Activity):
        return msgspec.structs.replace(one, method=f"own way {one.key}", **names)
    if isinstance(one, ChannelFact | ChannelInput):
        return msgspec.structs.replace(one, channel=f"own {one.channel}", **names)
    return msgspec.structs.replace(one, **names)


def test_r13_no_fixed_model_the_evidence_counts_and_not_the_form() -> None:
    ours, theirs = scored(at_three()), scored(each(at_three(), _by_other_means))
    assert (ours.level, ours.source_level, ours.reached) == (theirs.level, theirs.source_level, theirs.reached)
    assert [level.verdict for level in ours.levels] == [level.verdict for level in theirs.levels]


def test_r14_every_governor_consults_about_the_strategy() -> None:
    province = seen(at_three(), level="province")
    assert scored(province).reached == 1
    consulted = changed(province, "a1", about_strategy=True)
    assert scored(consulted).reached == 3
    assert scored(changed(consulted, "a1", people=0)).reached == 1  # with officers only
    assert "governor_consulted" not in checks(scored(at_three()))


def test_many_complaints_never_lower_a_level() -> None:
    more = {"received": 20_000, "classified": 19_000, "assigned": 19_000, "answered_after": ((15, 18_000),), "waiting_for": ((16, 2_000),)}
    assert scored(changed(at_three(), "cases-1", **more)).reached == 3


def test_one_forum_does_not_serve_two_missions() -> None:
    """The second mission's only activity names the record that the first one's produced."""
    dossier = without(at_three(), "a4")
    again = changed(dossier, "a2", records=("/reports/a1",))
    assert checks(scored(again))["activity_per_mission"].finding.verdict == "failed"
    beside = changed(dossier, "a2", records=("/reports/a1", "/reports/own"))
    assert checks(scored(beside))["activity_per_mission"].finding.verdict == "passed"
    own = with_facts(again, activity("a6", on(8), mission="m2"))
    assert checks(scored(own))["activity_per_mission"].finding.verdict == "passed"

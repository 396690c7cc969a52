"""The five levels of 2550: each check fails for each single part that is wanting, and at the edge of its threshold."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from portal.kernel import evidence as shapes
from portal.kernel.evidence import Seat, Sector
from portal.participation.rules.results import Verdict
from tests.participation.building_upper import (
    ALL_2550,
    BUSINESS,
    COMMUNITY,
    FORTY,
    LAST_DAY,
    STATE,
    Facts,
    changed,
    checks,
    computed,
    fact,
    group,
    issue,
    measuring,
    not_passed,
    without,
)

EVERY = set(checks(computed("2550", ALL_2550), 1, 2, 3, 4, 5))
OURS = EVERY - {
    *("joint_group", "both_sides", "group_consulted", "accepted", "chosen_issue", "targets_set", "approved_by_both", "collected_together"),
    *("acknowledged_together", "reported_to_executive", "report_series", "reporting_begun", "delivered"),
}
MEASURED = {"collected_together", "rounds_done"}
ACKNOWLEDGED = {"acknowledged_together", "acknowledged_by_quorum"}
REPORTED = {"reported_to_executive", "executive_answered"}
TARGETS = {"targets_set", "approved_by_both", "joint_targets", "approved_in_order"}
SERIES = {
    "report_series",
    "series_described",
    "open_data",
    "next_not_overdue",
    "reporting_begun",
    "delivered",
    "every_indicator",
    "replies",
}
BEGUN = {"reporting_begun", "every_indicator"}
UNSAID = Seat(sector=Sector.COMMUNITY, accepted=False)
ON = date(2025, 11, 20)


def test_it_passes_with_every_number_on_its_threshold() -> None:
    assert not_passed("2550", ALL_2550) == {}
    assert computed("2550", ALL_2550).level == 5


def test_without_any_record_each_check_fails_and_says_so() -> None:
    found = checks(computed("2550", ()), 1, 2, 3, 4, 5)
    assert {check.finding.verdict for check in found.values()} == {Verdict.FAILED}
    assert {check.finding.said.text for check in found.values()} == {"No such records yet"}


@pytest.mark.parametrize(
    ("key", "values", "failed"),
    [
        ("group", {"mandate": ""}, EVERY),
        ("group", {"mandate": "anything"}, EVERY),
        ("group", {"order": ""}, {"group_order"}),
        ("group", {"responsible": ""}, EVERY),
        ("group", {"seats": (BUSINESS, COMMUNITY)}, EVERY),
        ("group", {"seats": (STATE, STATE)}, EVERY),
        ("group", {"seats": (*FORTY, STATE)}, OURS),
        ("group", {"seats": (*FORTY[:-1], UNSAID)}, OURS),
        ("group", {"seats": (STATE, BUSINESS)}, OURS),
        ("group", {"seats": (Seat(sector=Sector.STATE, accepted=False), BUSINESS, COMMUNITY)}, EVERY),
        ("consultation-1", {"has_minutes": False}, {"group_consultations"}),
        ("consultation-1", {"people": 0}, {"group_consultations"}),
        ("consultation-1", {"group": "another"}, {"group_consultations"}),
        ("consultation-1", {"on": ON, "recorded_on": ON}, {"group_consultations"}),
        ("consultation-2", {"on": ON + timedelta(days=1)}, {"group_consultations"}),
        ("consultation-1", {"on": date(2025, 10, 14)}, {"group_consultations"}),
        ("shortlist", {"issues": 1}, {"shortlist"}),
        ("shortlist", {"on": ON + timedelta(days=1)}, {"shortlist"}),
        ("i1-consensus", {"strategy": ""}, {"chosen_issue"}),
        ("i1-consensus", {"strategy": "", "core_mission": "m1"}, set()),
        ("i1-consensus", {"strategy": "", "core_mission": "m2"}, {"chosen_issue"}),
        ("i1-consensus", {"strategy": "", "core_mission": "unknown"}, {"chosen_issue"}),
        ("i1-consensus", {"in_favour": 14, "undecided": 3}, {"consensus"}),
        ("i1-consensus", {"in_favour": 8, "against": 8}, {"accepted", "consensus"}),
        ("i1-consensus", {"in_favour": 0, "against": 0, "undecided": 0}, {"accepted", "consensus"}),
        ("i1-consensus", {"objections_answered": 0}, {"consensus"}),
        ("i1-consensus", {"on": ON + timedelta(days=1)}, {"published_before_targets", "approved_in_order"}),
        ("i1-indicator", {"has_target": False}, {"targets_set", "joint_targets"}),
        *(
            ("i1-indicator", {f"has_{part}": False}, {"joint_targets"})
            for part in ("baseline", "formula", "unit", "direction", "source", "collector", "frequency", "verification")
        ),
        ("i1-indicator", {"target_on": None}, {"joint_targets"}),
        ("i1-indicator", {"agency_approved_on": None}, {"approved_by_both", "approved_in_order"}),
        ("i1-indicator", {"civil_society_approved_on": None}, {"approved_by_both", "approved_in_order"}),
        ("i1-indicator", {"agency_approved_on": ON - timedelta(days=1)}, {"published_before_targets", "approved_in_order"}),
        ("i1-indicator", {"civil_society_approved_on": ON + timedelta(days=69)}, set()),
        # Approved on the day of the first measurement, or after it: the result was known.
        ("i1-indicator", {"civil_society_approved_on": ON + timedelta(days=70)}, {"approved_in_order"}),
        ("i1-first", {"agency_entered_on": None}, {"rounds_done"}),
        ("i1-first", {"member_entered_on": None}, {"rounds_done"}),
        ("i1-first", {"on": ON + timedelta(days=170)}, {"rounds_done"} | ACKNOWLEDGED),
        ("i1-first", {"acknowledged_on": None}, ACKNOWLEDGED),
        ("i1-first", {"acknowledged_by": 4}, {"acknowledged_by_quorum"}),
        ("i1-first", {"acknowledged_by": 5, "members": 11}, {"acknowledged_by_quorum"}),
        ("i1-first", {"acknowledged_by": 0, "members": 0}, ACKNOWLEDGED),
        ("i1-first", {"unexplained": 1}, {"variances_explained"}),
        ("i1-first", {"unexplained": 1, "public": False}, {"variances_explained", "rounds_done"} | ACKNOWLEDGED),
        ("i1-told", {"received_on": None}, {"executive_answered"}),
        ("i1-told", {"answer": ""}, {"executive_answered"}),
        ("i1-told", {"answer": "directive"}, set()),
        ("i1-told", {"issue": "another"}, REPORTED),
        ("i1-series", {"has_schedule": False}, {"series_described"}),
        ("i1-series", {"has_audience": False}, {"series_described"}),
        ("i1-series", {"has_data_file": False}, {"open_data"}),
        ("i1-series", {"has_feed": False}, {"open_data"}),
        ("i1-series", {"takes_replies": False}, {"replies"}),
        ("i1-series", {"replies": 2, "replies_answered": 1, "unanswered_since": LAST_DAY - timedelta(days=15)}, set()),
        ("i1-series", {"replies": 2, "replies_answered": 1, "unanswered_since": LAST_DAY - timedelta(days=16)}, {"replies"}),
        ("i1-series", {"next_due_on": None}, {"next_not_overdue"}),
        ("i1-series", {"next_due_on": LAST_DAY - timedelta(days=1)}, {"next_not_overdue"}),
        ("i1-series", {"next_due_on": None, "until": LAST_DAY}, set()),
        ("i1-series", {"issue": "another"}, SERIES),
        ("i1-report", {"with_latest_value": 0}, BEGUN),
        ("i1-report", {"indicators": 2}, {"every_indicator"}),
        ("i1-report", {"delivered": 0}, {"delivered"}),
        ("i1-report", {"series": "another"}, BEGUN | {"delivered"}),
    ],
)
def test_what_is_wanting_fails_just_what_asks_for_it(key: str, values: dict[str, Any], failed: set[str]) -> None:
    assert not_passed("2550", changed(ALL_2550, key, **values)) == dict.fromkeys(failed, Verdict.FAILED)


@pytest.mark.parametrize(
    ("keys", "failed"),
    [
        (
            ("i1-consensus",),
            EVERY - {"joint_group", "group_order", "both_sides", "enough_outside", "group_consulted", "group_consultations"},
        ),
        (("i1-indicator",), TARGETS),
        (("i1-first", "i1-second"), MEASURED | ACKNOWLEDGED | {"variances_explained"}),
        (("i1-told",), REPORTED),
        (("i1-report",), BEGUN | {"delivered"}),
    ],
)
def test_a_record_that_is_wanting_fails_what_is_built_on_it(keys: tuple[str, ...], failed: set[str]) -> None:
    assert not_passed("2550", without(ALL_2550, *keys)).keys() == failed


def test_a_group_that_was_dissolved_early_counts_no_more() -> None:
    first = date(2025, 10, 15)
    assert not_passed("2550", changed(ALL_2550, "group", until=first + timedelta(days=179))) == {}
    assert not_passed("2550", changed(ALL_2550, "group", until=first + timedelta(days=178))).keys() == {"group_order"}
    # Of a group of earlier years only the days of this one count.
    old = changed(ALL_2550, "group", on=date(2023, 1, 1), recorded_on=date(2023, 1, 1), until=date(2025, 12, 1))
    assert not_passed("2550", old).keys() == {"group_order"}
    assert not_passed("2550", (*old, group("next"))) == {}


def with_second(days_before_the_end: int, *parts: str) -> Facts:
    """A second issue, chosen so many days before the year ends, with only these parts."""
    second = issue("i2", LAST_DAY - timedelta(days=days_before_the_end))
    kept = tuple(one for one in second if one.key.removeprefix("i2-") in ("consensus", *parts))
    return (*ALL_2550, *kept)


def test_every_issue_is_asked_for_once_it_has_had_time() -> None:
    assert not_passed("2550", with_second(58)) == {}
    assert not_passed("2550", with_second(59)).keys() == TARGETS
    assert not_passed("2550", with_second(178, "indicator")) == {}
    grown = MEASURED | ACKNOWLEDGED | REPORTED | SERIES | {"variances_explained"}
    assert not_passed("2550", with_second(179, "indicator")).keys() == grown


def test_a_young_issue_is_asked_for_where_there_is_no_older_one() -> None:
    young = (*without(ALL_2550, *(one.key for one in issue("i1"))), issue("i1", LAST_DAY - timedelta(days=10))[0])
    assert computed("2550", young).level == 2
    assert not_passed("2550", young).keys() > TARGETS | MEASURED


def test_an_issue_that_was_not_taken_on_asks_for_nothing() -> None:
    attempt = issue("i2", chosen=False, in_favour=1, against=9, strategy="")[0]
    assert not_passed("2550", (*ALL_2550, attempt)) == {}
    taken = issue("i2", in_favour=1, against=9, strategy="")[0]
    assert {"accepted", "consensus", "chosen_issue"} < not_passed("2550", (*ALL_2550, taken)).keys()


def test_an_issue_of_a_group_without_both_sides_is_no_joint_one() -> None:
    officers = group("officers", seats=(STATE,) * 4)
    of_theirs = issue("i2", strategy="")[0]
    assert not_passed("2550", (*ALL_2550, officers, *changed((of_theirs,), "i2-consensus", group="officers"))) == {}


def test_a_proposed_indicator_asks_for_nothing_until_it_is_measured() -> None:
    proposed = fact(shapes.JointIndicator, "proposed", date(2026, 3, 1), group="group", issue="i1")
    assert not_passed("2550", (*ALL_2550, proposed)) == {}
    measured = fact(shapes.JointIndicator, "proposed", date(2026, 3, 1), group="group", issue="i1", first_measured_on=date(2026, 3, 1))
    assert not_passed("2550", (*ALL_2550, measured)).keys() == TARGETS


def test_a_report_cannot_leave_out_an_indicator_that_was_measured() -> None:
    second = replace(issue("i1")[1], key="second")
    assert not_passed("2550", (*ALL_2550, second)).keys() == {"every_indicator"}


def test_a_planned_round_that_nobody_did_is_overdue_after_thirty_days() -> None:
    undone = {"agency_entered_on": None, "member_entered_on": None, "acknowledged_on": None, "acknowledged_by": 0}
    just = measuring("undone", "i1", LAST_DAY - timedelta(days=30), **undone)
    over = measuring("undone", "i1", LAST_DAY - timedelta(days=31), **undone)
    assert not_passed("2550", (*ALL_2550, just)) == {}
    assert not_passed("2550", (*ALL_2550, over)).keys() == {"rounds_done"}


def test_a_round_that_was_measured_waits_thirty_days_to_be_acknowledged() -> None:
    unheard = {"acknowledged_on": None, "acknowledged_by": 0}
    just = measuring("unheard", "i1", LAST_DAY - timedelta(days=30), **unheard)
    over = measuring("unheard", "i1", LAST_DAY - timedelta(days=31), **unheard)
    assert not_passed("2550", (*ALL_2550, just)) == {}
    assert not_passed("2550", (*ALL_2550, over)).keys() == {"acknowledged_by_quorum"}


def test_r6_both_sides_are_on_the_group() -> None:
    one_sided = [changed(ALL_2550, "group", seats=seats) for seats in ((STATE, STATE), (BUSINESS, COMMUNITY))]
    assert [computed("2550", facts).source_level for facts in (ALL_2550, *one_sided)] == [5, 0, 0]


def test_r7_the_issue_is_strategic_or_a_core_function_and_accepted() -> None:
    elsewhere = changed(ALL_2550, "i1-consensus", strategy="")
    refused = changed(ALL_2550, "i1-consensus", in_favour=5, against=6)
    assert [computed("2550", facts).source_level for facts in (ALL_2550, elsewhere, refused)] == [5, 1, 1]


def test_r8_target_indicator_and_method_are_set_jointly() -> None:
    no_method = {f"has_{part}": False for part in ("source", "collector", "frequency", "verification")}
    spoilt = ({"has_target": False}, no_method, {"civil_society_approved_on": None})
    assert [computed("2550", changed(ALL_2550, "i1-indicator", **one)).source_level for one in spoilt] == [2, 2, 2]
    assert computed("2550", without(ALL_2550, "i1-indicator")).source_level == 2


def test_r9_data_are_collected_and_acknowledged_together_at_intervals_and_reported_to_executives() -> None:
    alone = changed(changed(ALL_2550, "i1-first", member_entered_on=None), "i1-second", member_entered_on=None)
    once = changed(ALL_2550, "i1-first", acknowledged_on=None)
    untold = without(ALL_2550, "i1-told")
    assert [computed("2550", facts).source_level for facts in (alone, once, untold)] == [3, 3, 3]


def test_r10_the_system_of_reporting_exists_and_has_begun() -> None:
    no_system = changed(ALL_2550, "i1-series", issue="another")
    not_begun = without(ALL_2550, "i1-report")
    assert [computed("2550", facts).source_level for facts in (ALL_2550, no_system, not_begun)] == [5, 4, 4]

"""Levels 4 and 5 of 2549: each check fails for each single part that is wanting, and at the edge of its threshold."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from portal.kernel import evidence as shapes
from portal.kernel.evidence import Seat, Sector
from portal.participation.rules.dossier import Ruling
from portal.participation.rules.results import Verdict
from tests.participation.builders import scored
from tests.participation.building_upper import (
    BUSINESS,
    COMMUNITY,
    LAST_DAY,
    STATE,
    THIRTY,
    UPPER_2549,
    at_five,
    body,
    changed,
    checks,
    computed,
    fact,
    meeting,
    not_passed,
    without,
)

BODY = {"advisory_body", "body_founded", "outside_seats", "body_meetings", "policy_resolution", "resolution_answered"}
OF_ORDER = BODY - {"advisory_body", "policy_resolution"}
OF_SEATS = {"outside_seats", "body_meetings", "resolution_answered"}
WATCH = {"monitoring_mechanism", "mechanism_mandate", "public_rounds", "progress_and_success", "finding_led_somewhere"}
FOUND = {"all_public", "findings_answered"}
PICKED = Seat(sector=Sector.BUSINESS)


def test_it_passes_with_every_number_on_its_threshold() -> None:
    assert not_passed("2549", UPPER_2549) == {}


def test_on_top_of_the_lower_levels_it_is_level_five_of_both_scales_whatever_the_order_of_facts() -> None:
    dossier = at_five()
    assert [(scored(dossier, code).level, scored(dossier, code).source_level) for code in ("2549", "2550")] == [(5, 5), (5, 5)]
    turned = replace(dossier, facts=dossier.facts[::-1])
    assert [scored(turned, code) for code in ("2549", "2550")] == [scored(dossier, code) for code in ("2549", "2550")]


def test_while_the_year_runs_only_what_is_due_is_asked_for() -> None:
    in_march, in_june = date(2026, 3, 31), date(2026, 6, 30)
    once = without(UPPER_2549, "meeting-1", "round-2")
    assert not_passed("2549", once, in_march).keys() == {"progress_and_success"}
    assert not_passed("2549", once, in_june).keys() == {"progress_and_success"}
    assert not_passed("2549", once).keys() == {"body_meetings", "public_rounds", "progress_and_success"}


def test_without_any_record_each_check_fails_and_says_so() -> None:
    found = checks(computed("2549", ()), 4, 5)
    assert found.keys() == BODY | WATCH | FOUND
    assert {check.finding.verdict for check in found.values()} == {Verdict.FAILED}
    assert {check.finding.said.text for check in found.values()} == {"No such records yet"}
    assert all(check.finding.missing for check in found.values())


@pytest.mark.parametrize(
    ("key", "values", "failed"),
    [
        ("body", {"order": " "}, OF_ORDER),
        ("body", {"until": None}, OF_ORDER),
        ("body", {"order": "", "until": None, "law": "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยคณะกรรมการธรรมาภิบาลจังหวัด พ.ศ. 2552"}, set()),
        ("body", {"seats": (*THIRTY, STATE)}, OF_SEATS),
        ("body", {"seats": (STATE,) * 7 + (BUSINESS,) * 3}, OF_SEATS),
        ("body", {"seats": (STATE,) * 7 + (BUSINESS, PICKED, COMMUNITY)}, OF_SEATS),
        (
            "body",
            {"seats": (STATE,) * 7 + (BUSINESS, BUSINESS, Seat(sector=Sector.COMMUNITY, chosen_openly=True, accepted=False))},
            OF_SEATS,
        ),
        ("body", {"seats": (PICKED,)}, OF_SEATS),
        ("body", {"seats": (STATE,)}, BODY),
        ("body", {"seats": ()}, BODY),
        ("body", {"responsible": ""}, BODY),
        # The term ended in the year: what the body did until then counts.
        ("body", {"until": date(2026, 3, 2)}, set()),
        ("body", {"until": date(2026, 3, 1)}, {"body_meetings", "policy_resolution", "resolution_answered"}),
        ("body", {"on": date(2024, 1, 1), "recorded_on": date(2024, 1, 1), "until": date(2025, 9, 30)}, BODY),
        ("meeting-1", {"has_minutes": False}, {"body_meetings"}),
        ("meeting-1", {"had_quorum": False}, {"body_meetings"}),
        ("meeting-1", {"outside": 0}, {"body_meetings"}),
        ("meeting-1", {"body": "another"}, {"body_meetings"}),
        ("meeting-1", {"on": date(2026, 3, 2), "recorded_on": date(2026, 3, 2)}, {"body_meetings"}),
        ("resolution", {"policy_path": " "}, {"policy_resolution", "resolution_answered"}),
        ("resolution", {"answer": ""}, {"resolution_answered"}),
        ("resolution", {"answer": "not_adopted"}, {"resolution_answered"}),
        ("resolution", {"answer": "not_adopted", "has_reasons": True}, set()),
        ("resolution", {"body": "another"}, {"policy_resolution", "resolution_answered"}),
        ("mechanism", {"has_mandate": False}, {"mechanism_mandate", "public_rounds", "finding_led_somewhere"}),
        ("mechanism", {"public_members": 0}, WATCH),
        ("mechanism", {"until": date(2026, 6, 14)}, {"public_rounds", "progress_and_success"}),
        ("round-1", {"by_public_member": False}, {"public_rounds", "progress_and_success", "finding_led_somewhere"}),
        ("round-1", {"covers_progress": False}, {"progress_and_success"}),
        ("round-2", {"covers_success": False}, {"progress_and_success"}),
        ("round-2", {"on": date(2026, 1, 15), "recorded_on": date(2026, 1, 15)}, {"public_rounds"}),
        ("round-2", {"public": False}, {"public_rounds", "progress_and_success", "all_public"}),
        ("finding", {"answered_on": date(2026, 1, 31)}, {"findings_answered"}),
        ("finding", {"answered_on": None}, {"findings_answered"}),
        ("finding", {"outcome": ""}, {"finding_led_somewhere"}),
        ("finding", {"outcome": "refused"}, {"finding_led_somewhere"}),
        ("finding", {"outcome": "refused", "has_reasons": True}, set()),
        ("finding", {"round": "another"}, {"finding_led_somewhere"}),
    ],
)
def test_what_is_wanting_fails_just_what_asks_for_it(key: str, values: dict[str, Any], failed: set[str]) -> None:
    found = not_passed("2549", changed(UPPER_2549, key, **values))
    assert found == dict.fromkeys(failed, Verdict.FAILED)


def test_two_bodies_do_not_add_up() -> None:
    facts = (*changed(UPPER_2549, "body", seats=(STATE, STATE, STATE, BUSINESS)), body("other"))
    assert not_passed("2549", facts).keys() == {"body_meetings", "resolution_answered"}
    facts = (*facts, meeting("other-1", date(2026, 1, 5), body="other"), meeting("other-2", date(2026, 2, 5), body="body"))
    assert "body_meetings" in not_passed("2549", facts)


def test_a_poor_body_beside_a_good_one_does_no_harm() -> None:
    assert not_passed("2549", (*UPPER_2549, body("poor", seats=(STATE,), order=""))) == {}


def test_what_is_missing_names_the_record_and_leads_to_it() -> None:
    finding = checks(computed("2549", changed(UPPER_2549, "meeting-1", has_minutes=False)), 4)["body_meetings"].finding
    assert (finding.said.values["have"], finding.said.values["need"]) == (1, 2)
    first = finding.missing[0]
    assert (first.said.text, first.path, first.about and first.about.key) == ("The minutes are not public", "/meeting-1", "meeting-1")


def test_a_finding_is_not_due_before_its_days_are_over() -> None:
    young = fact(shapes.MonitoringFinding, "young", date(2026, 9, 15), mechanism="mechanism", round="round-2")
    assert not_passed("2549", (*UPPER_2549, young)) == {}
    old = fact(shapes.MonitoringFinding, "young", date(2026, 9, 14), mechanism="mechanism", round="round-2")
    assert not_passed("2549", (*UPPER_2549, old)).keys() == {"findings_answered"}


@pytest.mark.parametrize("how", [{"public": False}, {"responsible": ""}, {"by_scorer": True}, {"recorded_on": LAST_DAY}])
def test_a_finding_that_does_not_count_still_asks_for_its_answer(how: dict[str, Any]) -> None:
    awkward = fact(shapes.MonitoringFinding, "awkward", date(2026, 5, 1), mechanism="mechanism", round="round-2", **how)
    assert "findings_answered" in not_passed("2549", (*UPPER_2549, awkward))
    withdrawn = fact(shapes.MonitoringFinding, "awkward", date(2026, 5, 1), mechanism="mechanism", round="round-2", withdrawn=True, **how)
    assert not_passed("2549", (*UPPER_2549, withdrawn)) == {}


def test_what_came_late_waits_for_the_assessor_and_his_ruling_settles_it() -> None:
    late = changed(UPPER_2549, "meeting-1", recorded_on=date(2026, 1, 1))
    assert not_passed("2549", late) == {"body_meetings": Verdict.WAITING}
    ruling = Ruling(kind="CommitteeMeeting", key="meeting-1", accepted=True, reason="มีรายงานการประชุมเดิม", on=LAST_DAY)
    result = computed("2549", late, rulings=(ruling,))
    assert checks(result, 4)["body_meetings"].finding.verdict is Verdict.PASSED


def test_r4_people_from_outside_the_state_join_in_setting_direction_or_deciding() -> None:
    by_source = computed("2549", UPPER_2549).levels[3].source_verdict
    only_officers = computed("2549", changed(UPPER_2549, "body", seats=(STATE,) * 5)).levels[3]
    decided_nothing = computed("2549", without(UPPER_2549, "resolution")).levels[3]
    verdicts = (by_source, only_officers.source_verdict, decided_nothing.source_verdict)
    assert verdicts == (Verdict.PASSED, Verdict.FAILED, Verdict.FAILED)


def test_r5_a_concrete_mechanism_checks_progress_and_success() -> None:
    level = computed("2549", UPPER_2549).levels[4]
    none = computed("2549", without(UPPER_2549, "mechanism")).levels[4]
    progress_only = computed("2549", without(UPPER_2549, "round-2")).levels[4]
    assert (level.source_verdict, none.source_verdict, progress_only.source_verdict) == (Verdict.PASSED, Verdict.FAILED, Verdict.FAILED)

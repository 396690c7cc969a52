"""What looks like gaming is told: each rule at its edge."""

from datetime import timedelta

import pytest

from portal.kernel.evidence import CaseQuarter, ChannelInput, MissionPage, OpinionReportFact
from portal.participation.rules.dossier import Dossier
from tests.participation.builders import activity, at_three, changed, fact, on, scored, with_facts

LAST = at_three().subject.as_of


def flagged(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    return {flag.code: tuple(ref.key for ref in flag.refs) for flag in scored(dossier).flags}


def test_an_honest_year_has_no_flag() -> None:
    assert flagged(at_three()) == {}


def test_a_record_counts_for_the_activity_held_first() -> None:
    dossier = changed(at_three(), "a2", records=("/reports/a1", "/reports/own"))
    assert flagged(dossier) == {"one_record_twice": ("a2",)}
    assert flagged(changed(dossier, "a2", mission="m1")) == {}  # the same mission may


def test_officers_alone_are_not_the_public() -> None:
    assert flagged(changed(at_three(), "a1", people=0)) == {"officers_only": ("a1",)}
    assert flagged(changed(at_three(), "a1", people=1)) == {}


def test_a_survey_below_its_own_minimum() -> None:
    assert flagged(changed(at_three(), "a1", people=29, least_people=30)) == {"survey_too_small": ("a1",)}
    assert flagged(changed(at_three(), "a1", people=30, least_people=30)) == {}


@pytest.mark.parametrize(("count", "expected"), [(9, False), (10, True)])
def test_a_fifth_of_all_dated_on_the_last_day_sums_of_the_portal_apart(count: int, expected: bool) -> None:
    """Forty others that are no sums, so ten of fifty are just a fifth."""
    assert len([one for one in at_three().facts if not isinstance(one, CaseQuarter | ChannelInput)]) == 40
    given = tuple(activity(f"x{number}", LAST) for number in range(count))
    assert flagged(with_facts(at_three(), *given)).get("last_day") == (tuple(sorted(one.key for one in given)) if expected else None)


def test_fewer_than_five_on_the_last_day_are_no_flag_however_few_there_are() -> None:
    given = tuple(activity(f"x{number}", LAST) for number in range(5))
    bare = at_three().subject
    assert "last_day" not in flagged(Dossier(subject=bare, facts=given[:4]))
    assert "last_day" in flagged(Dossier(subject=bare, facts=given))


def _reports(count: int, days: int, stored: int = 0) -> Dossier:
    """``count`` records of ``days`` different days, all stored on one day."""
    kept = on(3) + timedelta(days=stored)
    made = (
        fact(
            OpinionReportFact, f"r{n}", on(3) - timedelta(days=1 + n % days), recorded_on=kept, first_on=on(2), last_on=on(3), due_on=on(3)
        )
        for n in range(count)
    )
    return with_facts(at_three(), *made)


def test_ten_records_of_different_days_stored_on_one() -> None:
    assert "entered_in_bulk" in flagged(_reports(10, 2))
    assert "entered_in_bulk" not in flagged(_reports(9, 9))
    assert "entered_in_bulk" not in flagged(_reports(10, 1))


def test_what_is_planned_ahead_is_properly_entered_together() -> None:
    planned = (activity(f"p{month}", on(month), is_done=False, recorded_on=on(10, 2)) for month in (11, 12, *range(1, 10)))
    assert "entered_in_bulk" not in flagged(with_facts(at_three(), *planned))


def test_what_lasts_is_no_event_that_was_entered_in_bulk() -> None:
    pages = (fact(MissionPage, f"p{n}", on(3, n), recorded_on=on(3, 20), mission="m1") for n in range(1, 13))
    assert flagged(with_facts(at_three(), *pages)) == {}


def test_what_a_scorer_made_is_told_and_does_not_count() -> None:
    dossier = changed(at_three(), "page-m1", by_scorer=True)
    assert flagged(dossier) == {"by_scorer": ("page-m1",)}
    assert scored(dossier).reached == 0

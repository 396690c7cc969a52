"""The ladder of 2549, levels 1 to 3: an agency that has just what is asked for stands on the third rung."""

from tests.participation.builders import at_three, checks, scored


def test_what_is_asked_for_and_no_more_is_level_three() -> None:
    result = scored(at_three())
    assert result.reached == 3
    assert result.stops_at == 4
    assert {one.finding.verdict.value for level in result.levels[:3] for part in level.criteria for one in part.checks} == {"passed"}
    assert not [one for one in checks(result).values() if one.finding.verdict == "passed" and one.finding.missing]

"""What holds for every dossier."""

from random import Random
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.evidence import CaseQuarter, OpinionReportFact, Resolution
from portal.participation.rules.computing import compute
from portal.participation.rules.document import bytes_of, document_of, read_document, recompute
from portal.participation.rules.dossier import Dossier
from portal.participation.rules.results import Verdict
from portal.participation.scales import scales_for
from tests.participation.builders import YEAR, at_three, changed, fact, on, scored, seen, with_facts

SCALES = scales_for(YEAR, "government")
#: Ways in which a fact is worse than it was.
HARMS: list[dict[str, Any]] = [{"withdrawn": True}, {"public": False}, {"responsible": ""}, {"recorded_on": on(9, 30)}, {"by_scorer": True}]


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Some facts gone, some worse, on some day of the year; cases as they were."""
    dossier, facts = at_three(), []
    for one in dossier.facts:
        fate = draw(st.integers(0, 60)) if not isinstance(one, CaseQuarter) else 60
        if fate:
            facts.append(msgspec.structs.replace(one, **HARMS[fate - 1]) if fate <= len(HARMS) else one)
    made = msgspec.structs.replace(dossier, facts=tuple(facts))
    return seen(made, as_of=draw(st.dates(on(10, 1), on(9, 30))))


@given(dossiers())
@settings(max_examples=40, deadline=None)
def test_the_ladder_has_no_gaps(dossier: Dossier) -> None:
    for scale in SCALES:
        result = compute(scale, dossier)
        assert all(level.verdict is Verdict.PASSED for level in result.levels[: result.reached])
        assert result.level in (result.reached, None)
        assert result.source_level is None or result.level is None or result.source_level >= result.level
        assert (result.stops_at is None) == (result.reached == 5)


@given(dossiers(), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_order_of_facts_changes_nothing_and_the_file_is_the_same_to_the_byte(dossier: Dossier, seed: int) -> None:
    facts = list(dossier.facts)
    Random(seed).shuffle(facts)
    mixed = msgspec.structs.replace(dossier, facts=tuple(facts), lists=tuple(reversed(dossier.lists)))
    assert bytes_of(document_of(mixed, SCALES)) == bytes_of(document_of(dossier, SCALES))


@given(dossiers())
@settings(max_examples=40, deadline=None)
def test_a_file_read_back_is_the_same_and_gives_the_same(dossier: Dossier) -> None:
    document = document_of(dossier, SCALES)
    again = read_document(bytes_of(document))
    assert again == document
    assert recompute(again) == document.computed


@given(dossiers(), st.integers(1, 4), st.integers(0, 15), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_complaint_that_is_answered_in_time_never_lowers_a_level(dossier: Dossier, quarter: int, after: int, ended: bool) -> None:
    one = next(each for each in dossier.facts if isinstance(each, CaseQuarter) and each.quarter == quarter)
    more = {name: getattr(one, name) + 1 for name in ("received", "classified", "assigned")}
    closed = {"ended": one.ended + ended, "ended_with_reason": one.ended_with_reason + ended}
    richer = changed(dossier, one.key, answered_after=(*one.answered_after, (after, 1)), **more, **closed)
    assert scored(richer).reached >= scored(dossier).reached


@given(dossiers())
@settings(max_examples=30, deadline=None)
def test_a_fact_that_no_check_asks_for_changes_no_level(dossier: Dossier) -> None:
    other = fact(Resolution, "elsewhere", on(3), body="nobody")
    past = fact(OpinionReportFact, "past", on(3, year=YEAR - 1), first_on=on(2), last_on=on(3), due_on=on(3), opinions=9)
    before, after = scored(dossier), scored(with_facts(dossier, other, past))
    assert [level.verdict for level in before.levels] == [level.verdict for level in after.levels]
    assert before.flags == after.flags

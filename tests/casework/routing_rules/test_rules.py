"""Conditions, and which rule decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.casework.routing_rules.rules import Condition, Conditions, Facts, first_fitting, fold, lacking, unreachable

MATTER = Facts("grievance", "web", 7, fold("ไฟทางดับสามต้น ถนนสาย ๑๐๕ หน้าโรงเรียน FIRE alarm"), ("630603",), urgent=False, mission_id=3)


@pytest.mark.parametrize(
    ("conditions", "lacks"),
    [
        (Conditions(), []),
        (Conditions(kinds=frozenset({"grievance", "opinion"})), []),
        (Conditions(kinds=frozenset({"opinion"})), [Condition.KIND]),
        (Conditions(channels=frozenset({"letter"})), [Condition.CHANNEL]),
        (Conditions(topic_id=7), []),
        (Conditions(topic_id=8), [Condition.TOPIC]),
        (Conditions(mission_id=3), []),
        (Conditions(mission_id=4), [Condition.MISSION]),
        (Conditions(words=(fold("น้ำท่วม"), fold("ไฟทาง"))), []),
        (Conditions(words=(fold("สาย 105"),)), []),
        (Conditions(words=(fold("Fire"),)), []),
        (Conditions(words=(fold("fir"),)), [Condition.WORDS]),
        (Conditions(words=(fold("larm"),)), [Condition.WORDS]),
        (Conditions(places=("63",)), []),
        (Conditions(places=("55", "6306")), []),
        (Conditions(places=("63060301",)), [Condition.PLACE]),
        (Conditions(urgent=True), [Condition.URGENT]),
        (Conditions(kinds=frozenset({"opinion"}), urgent=True, places=("10",)), [Condition.KIND, Condition.PLACE, Condition.URGENT]),
    ],
)
def test_what_a_rule_lacks(conditions, lacks):
    assert lacking(conditions, MATTER) == lacks


def test_a_matter_without_a_place_or_topic_fits_no_rule_that_asks_for_one():
    nowhere = Facts("grievance", "web", None, "")
    assert lacking(Conditions(topic_id=1, places=("63",), words=("ก",)), nowhere) == [Condition.TOPIC, Condition.WORDS, Condition.PLACE]


some = st.builds(
    Conditions,
    kinds=st.frozensets(st.sampled_from(["grievance", "opinion"])),
    channels=st.frozensets(st.sampled_from(["web", "letter"])),
    topic_id=st.sampled_from([None, None, 7, 8]),
    words=st.lists(st.sampled_from(["ไฟทาง", "น้ำ"]), max_size=2).map(tuple),
    urgent=st.booleans(),
)


@given(st.lists(some, max_size=8))
def test_the_first_that_fits_decides_and_none_before_it_does(table):
    rules = list(enumerate(table))
    found = first_fitting(rules, MATTER)
    fitting = [place for place, conditions in rules if not lacking(conditions, MATTER)]
    assert found == (fitting[0] if fitting else None)
    for place, shut in enumerate(unreachable(table)):
        assert shut == any(conditions == Conditions() for conditions in table[:place])
        assert not shut or found != place

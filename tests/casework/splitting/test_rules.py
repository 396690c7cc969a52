"""What stays and what goes, and where each passage stands in the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.casework.splitting.rules import Wanted, planned
from portal.kernel.errors import Invalid

BODY = "ไฟทางดับสามต้น\nเบี้ยยังชีพของแม่ไม่เข้าสองเดือน\nเจ้าหน้าที่พูดไม่ดี"
LAMP, MONEY = "ไฟทางดับสามต้น", "เบี้ยยังชีพของแม่ไม่เข้าสองเดือน"


def test_each_passage_is_found_letter_for_letter_and_empty_places_are_left_out() -> None:
    kept, matters = planned(BODY, " ไฟทาง ", [Wanted(), Wanted("เบี้ยยังชีพ", f" {MONEY}\n"), Wanted()])
    assert kept == "ไฟทาง"
    assert [(one.title, BODY[one.start : one.end]) for one in matters] == [("เบี้ยยังชีพ", MONEY)]


@pytest.mark.parametrize(
    ("stays", "wanted", "fields"),
    [
        ("", [Wanted("เบี้ย", MONEY)], {"stays"}),
        ("ไฟ", [Wanted()], {"title-1"}),
        ("ไฟ", [Wanted("เบี้ย", "")], {"passage-1"}),
        ("ไฟ", [Wanted("เบี้ย", "เบี้ยยังชีพของพ่อ")], {"passage-1"}),
        ("ไฟ", [Wanted("เบี้ย", MONEY), Wanted("", LAMP)], {"title-2"}),
        ("ก" * 121, [Wanted("ก" * 121, "ไม่มี")], {"stays", "title-1", "passage-1"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(stays: str, wanted: list[Wanted], fields: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        planned(BODY, stays, wanted)
    assert set(refused.value.fields) == fields


@given(st.text("กขคง \n", min_size=1, max_size=40), st.integers(0, 39), st.integers(1, 40))
def test_whatever_is_taken_stands_in_the_words(body: str, start: int, length: int) -> None:
    passage = body[start : start + length]
    try:
        _, found = planned(body, "ก", [Wanted("ก", passage)])
    except Invalid:
        assert not passage.strip()
    else:
        assert body[found[0].start : found[0].end] == passage.strip()

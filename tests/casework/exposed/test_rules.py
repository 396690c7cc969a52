"""What of a reported passage is hidden at once: never more than a pattern proves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.casework.exposed.rules import Match, What, key_of, matches, stands_in, without

BODY = "ป้าฝากบอก โทร 081-234-5678 หรือ 0812345678 ได้ทุกวัน\nอยู่บ้านเลขที่ 14/2 น้ำท่วมทุกปี รถ กข 1234 จอดขวาง"


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        ("081-234-5678", [Match(What.TELEPHONE, "081-234-5678"), Match(What.TELEPHONE, "0812345678")]),
        ("โทร 081-234-5678 หรือ", [Match(What.TELEPHONE, "081-234-5678"), Match(What.TELEPHONE, "0812345678")]),
        ("14/2", [Match(What.HOUSE_NUMBER, "14/2")]),
        ("ทุกวัน อยู่บ้านเลขที่ 14/2", [Match(What.HOUSE_NUMBER, "14/2")]),
        ("กข 1234", [Match(What.PLATE, "กข 1234")]),
        ("ป้า", []),
        ("น้ำท่วมทุกปี", []),
    ],
)
def test_a_pattern_in_or_around_the_passage_is_hidden_and_nothing_else(passage: str, found: list[Match]) -> None:
    assert matches([BODY], passage) == found


def test_line_breaks_of_the_page_do_not_matter_and_other_words_do() -> None:
    assert stands_in(BODY, "ได้ทุกวัน   อยู่บ้านเลขที่")
    assert not stands_in(BODY, "บ้านเลขที่ 15/2")
    assert not stands_in(BODY, " ")


def test_the_mark_of_each_kind_is_its_own_while_it_waits() -> None:
    assert What.TELEPHONE.waiting_mark(3) == "[ปิด: เบอร์โทร · รอตรวจ 3]"
    assert len({what.waiting_mark(1) for what in What}) == len(What)


def test_a_mark_is_no_pattern_itself() -> None:
    for what in What:
        mark = what.waiting_mark(12)
        assert matches([f"ถาม {mark} ได้"], mark) == []


@settings(max_examples=60)
@given(st.text(alphabet="กขคงเา 0123456789-/.[]:\n", max_size=60), st.text(alphabet="กขค 0123-", min_size=1, max_size=8))
def test_hiding_and_showing_again_gives_the_text_back(text: str, passage: str) -> None:
    passage = passage.strip() or "ก"
    mark = "[ปิด: เบอร์โทร · รอตรวจ 1]"
    spelled = " ".join(text.split())
    assert without(without(spelled, passage, mark), mark, " ".join(passage.split())) == spelled


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_keys_never_grow_beyond_their_column(text: str) -> None:
    assert len(key_of(text[:30] * 10)) <= 300

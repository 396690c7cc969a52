"""What speaks of the same as a text that is being typed."""

import pytest
from sqlalchemy.orm import Session

from portal.index.dictionary import breaker
from portal.index.similar import MOST_WORDS, RARE, similar, telling
from tests.index.documents import make_document, put

KINDS = ("disclosure", "case")


def near(session: Session, text: str, most: int = 5) -> list[str]:
    return [chunk.key for chunk in similar(session, text, breaker(session), KINDS, most)]


def test_the_record_with_most_of_the_telling_words_comes_first(session: Session) -> None:
    put(
        session,
        make_document("ไฟทางดับหน้าโรงเรียนมาสามคืน", "same"),
        make_document("โรงเรียนปิดเทอมวันศุกร์", "school"),
        make_document("น้ำประปาไม่ไหล", "water"),
    )
    assert near(session, "ไฟทางดับตรงหน้าโรงเรียน มืดมาก")[0] == "same"
    assert "water" not in near(session, "ไฟทางดับตรงหน้าโรงเรียน มืดมาก")


def test_other_kinds_and_second_stretches_of_a_record_are_left_out(session: Session) -> None:
    put(session, make_document("ศูนย์ดำรงธรรม " * 900, "long"), make_document("ศูนย์ดำรงธรรม", "agency", kind="agency"))
    assert near(session, "ศูนย์ดำรงธรรม") == ["long"]


def test_where_every_word_is_common_records_with_several_of_them_are_found(session: Session) -> None:
    common = [make_document(text, f"{name}{place}") for place in range(RARE + 1) for name, text in (("a", "โรงพยาบาล"), ("b", "สะพานลอย"))]
    put(session, *common, make_document("สะพานลอย ใกล้ โรงพยาบาล", "both"))
    assert near(session, "สะพานลอย โรงพยาบาล", most=1) == ["both"]


@pytest.mark.parametrize(
    "typed", ["", " ", "?!\"'*:()", "กก", "12345", "ก" * 5000, "NEAR(a b)", "a AND", "' | x", "\ue000\ue001", "ไม่มีคำนี้ในคลังแน่นอน"]
)
def test_nothing_that_is_typed_can_break_it(session: Session, typed: str) -> None:
    put(session, make_document("ทางม้าลาย"))
    assert near(session, typed) == []


def test_only_so_many_words_are_looked_up(session: Session) -> None:
    assert (
        len(telling("การมีส่วนร่วมของประชาชนในการพัฒนาระบบราชการ " * 20 + "เทศบาล อำเภอ จังหวัด ตำบล หมู่บ้าน โรงเรียน", breaker(session)))
        <= MOST_WORDS
    )

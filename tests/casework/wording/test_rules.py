"""Fields of texts: filled in, refused, needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.casework.wording.rules import MAIL_FIELDS, REPLY_FIELDS, TEXT_MOST, MailKind, fill, problems

GOOD = "เรื่อง {case_number} ได้คำตอบภายใน {due_on}\n\nรหัส {receipt_code}\n\nดูได้ที่ {track_url}"
VALUES = {"case_number": "OPDC-1", "due_on": "7 ธันวาคม 2569", "receipt_code": "1234", "track_url": "https://x", "words": "ตอบแล้ว"}


def said(text: str, mail: MailKind = MailKind.RECEIVED) -> list[str]:
    return [str(problem) for problem in problems(text, MAIL_FIELDS[mail])]


def test_fields_are_filled_in() -> None:
    assert fill(GOOD, VALUES) == "เรื่อง OPDC-1 ได้คำตอบภายใน 7 ธันวาคม 2569\n\nรหัส 1234\n\nดูได้ที่ https://x"


def test_a_paragraph_whose_field_has_nothing_to_say_is_left_out_whole() -> None:
    text = "เรียนท่าน\n\nถ้อยคำ\n{words}\n \n\nดูได้ที่ {track_url}"
    assert fill(text, {**VALUES, "words": ""}) == "เรียนท่าน\n\nดูได้ที่ https://x"


def test_what_a_field_is_replaced_by_is_never_read_as_a_field() -> None:
    assert fill("{words}", {"words": "{track_url} {nobody} {"}) == "{track_url} {nobody} {"


@given(st.text(max_size=60))
def test_values_come_out_as_they_are(value: str) -> None:
    if value:
        assert fill("ก {words} ข", {"words": value}) == f"ก {value} ข"


def test_a_good_text_has_no_problem_and_an_empty_one_neither() -> None:
    assert said(GOOD) == []
    assert said("") == []


@pytest.mark.parametrize(
    "strange", ["{case_no}", "{name}", "{email}", "{ case_number }", "{CASE_NUMBER}", "{", "}", "{}", "{contest_until}"]
)
def test_a_strange_field_is_refused_by_its_name(strange: str) -> None:
    (problem,) = said(f"{GOOD} {strange}")
    assert f"“{strange}”" in problem
    assert "{case_number}" in problem


@pytest.mark.parametrize("needed", ["case_number", "due_on", "receipt_code", "track_url"])
def test_what_the_sender_needs_cannot_be_left_out(needed: str) -> None:
    (problem,) = said(GOOD.replace(f"{{{needed}}}", "…"))
    assert f"{{{needed}}}" in problem


def test_where_there_is_an_outcome_the_day_to_contest_is_needed() -> None:
    text = "{case_number} {track_url}"
    for mail in (MailKind.ANSWERED, MailKind.CLOSED, MailKind.DECLINED):
        assert any("{contest_until}" in problem for problem in said(text, mail))
    assert said(text, MailKind.MERGED) == []


def test_what_may_have_nothing_to_say_stands_alone_in_its_paragraph() -> None:
    (problem,) = said("{case_number} {due_on}\n{receipt_code}\n\n{track_url}")
    assert "{receipt_code}" in problem


def test_too_long_a_text_is_refused() -> None:
    assert said("ก" * (TEXT_MOST + 1)) == ["At most 4,000 characters"]


def test_ready_replies_know_neither_code_nor_words_of_the_sender() -> None:
    offered = {field.value for field in REPLY_FIELDS.offered}
    assert offered.isdisjoint({"receipt_code", "words", "track_url"})
    assert len(problems("เรียน {name}", REPLY_FIELDS)) == 1

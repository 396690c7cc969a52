import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import thai_text
from portal.kernel.thai_text import (
    WordBreaker,
    clusters,
    excerpt,
    fold_digits,
    is_blank,
    normalise,
    pick,
    search_tokens,
    sort_key,
    stop_words,
    words,
)

thai = st.text(st.sampled_from([chr(code) for code in range(0x0E01, 0x0E5C)] + list(" \n\u200b\u200da1é😀")), max_size=40)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("ทํา", "ทำ"),
        ("เเม่", "แม่"),
        ("ที่่", "ที่"),
        ("ท่ี", "ที่"),
        ("กููู", "กู"),
        ("ฝ่าย\u200bรักษา\u200bความสะอาด", "ฝ่ายรักษาความสะอาด"),
        ("\u202eกลับ\u202c", "กลับ"),
        ("ก\r\nข\rค\u2028ง\x0bจ", "ก\nข\nค\nง\nจ"),
        ("ก\x00\x07ข\tค", "กข\tค"),
        ("e\u0301", "é"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("ก\ud800ข", "กข"),
        ("มากกก  นานน", "มากกก  นานน"),
    ],
)
def test_what_looks_the_same_is_stored_the_same(typed, stored):
    assert normalise(typed) == stored


@given(st.one_of(thai, st.text(max_size=40)))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once
    once.encode()


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200e\ufeff", "\u3164\u2800", "\u0e48\u0e49", "\xa0\u3000", "\u202e\u2066"])
def test_text_that_shows_nothing_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["ก", ".", "๑", "👍", "\u200bก"])
def test_text_that_shows_something_is_not_blank(text):
    assert not is_blank(text)


def test_clusters_keep_vowels_and_tones_with_their_consonant():
    assert clusters("เรื่องน้ำ 12 Ab") == ["เรื่", "อ", "ง", "น้ำ", "1", "2", "A", "b"]


@given(thai)
def test_clusters_lose_no_letter_and_no_digit(text):
    kept = "".join(clusters(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


def test_digits_are_folded_in_place():
    assert fold_digits("๐๑๒๓๔๕๖๗๘๙ ก5") == "0123456789 ก5"


def test_the_other_language_stands_in_for_an_empty_one():
    assert pick("th", "ไทย", "English") == "ไทย"
    assert pick("en", "ไทย", "English") == "English"
    assert pick("en", "ไทย", "") == "ไทย"
    assert pick("th", "", "English") == "English"


def test_an_excerpt_is_one_line_and_says_that_it_was_cut():
    assert excerpt("สั้น\n มาก", 20) == "สั้น มาก"
    assert excerpt("ขอให้ซ่อมไฟถนน", 6) == "ขอให้…"
    assert excerpt("ที่ี่", 3) == "…"


@given(st.one_of(thai, st.text(max_size=60)), st.integers(1, 30))
def test_an_excerpt_is_never_longer_than_asked_and_never_tears_a_cluster(text, length):
    line = " ".join(text.split())
    short = excerpt(text, length)
    assert len(short) <= length or short == line == ""
    if short != line:
        head = short.removesuffix("…")
        assert line.startswith(head)
        assert clusters(line)[: len(clusters(head))] == clusters(head)


def test_what_somebody_wrote_stays_letter_for_letter():
    given = "เเม่\u200bบอกว่า นํ้้าท่วมมม  ๆ\u0e35\u0e35 e\u0301\tx\u202e"
    assert thai_text.as_given(f"{given}\r\n{given}") == f"{given}\n{given}"
    assert thai_text.as_given("a\x00b\ud800c\x1b\uffffd") == "abcd"


def test_words_are_found_without_spaces_and_folded():
    tokens = thai_text.default_breaker().words("ร้องเรียนโรงเรียน ปี ๒๕๕๐ Open-Data!")
    assert "โรงเรียน" in tokens
    assert tokens[-4:] == ["ปี", "2550", "open", "data"] or tokens[-3:] == ["ปี", "2550", "open-data"]


def test_names_of_agencies_become_words():
    plain, named = WordBreaker(), WordBreaker(extra=["เทศบาลนครบึงแก้ว"])
    assert "เทศบาลนครบึงแก้ว" not in plain.words("แจ้งเทศบาลนครบึงแก้วแล้ว")
    assert "เทศบาลนครบึงแก้ว" in named.words("แจ้งเทศบาลนครบึงแก้วแล้ว")


def test_a_name_tears_neither_a_cluster_nor_an_ordinary_word():
    named = WordBreaker(extra=["กรม", "อย.", "บึงแก้ว", "บึงแก้วเหนือ", "Water Board"])
    assert named.words("กรมธรรม์ของอย. และกรม") == ["กรมธรรม์", *WordBreaker().words("ของอย."), "และ", "กรม"]
    assert named.words("บึงแก้วเหนือกว่า")[0] == "บึงแก้วเหนือ"
    assert "บึงแก้ว" not in named.words("บึงแก้วา")
    assert named.words("the water board") == ["the", "water board"]
    assert "water board" not in named.words("underwater boards")


def test_a_changed_name_loads_no_other_dictionary():
    assert WordBreaker(extra=["บึงแก้วเหนือ"]).name == WordBreaker().name


@given(st.lists(thai, max_size=5), thai)
def test_names_lose_no_letter(names, text):
    def letters(found):
        return [letter for word in found for letter in word if letter.isalnum()]

    assert letters(WordBreaker(extra=names).words(text)) == letters(WordBreaker().words(text))


def test_a_missing_word_list_is_an_ordinary_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        WordBreaker(tmp_path / "none.txt")


@given(st.one_of(thai, st.text(max_size=40)))
def test_words_and_clusters_hold_the_same_letters(text):
    tokens, pieces = search_tokens(text)
    assert {c for token in tokens for c in token if c.isalnum()} <= set("".join(pieces))
    assert all(token == token.strip() != "" for token in words(text, thai_text.default_breaker().name))


def test_stop_words_do_not_rank_unless_they_are_all_there_is():
    assert "ที่" in stop_words()
    assert "ที่" not in search_tokens("ไฟที่ถนน")[0]
    assert search_tokens("ที่")[0] == ["ที่"]


def test_asking_in_another_spelling_gives_the_same_tokens():
    assert search_tokens("นํ้าท่วม ปี ๒๕๕๐ ABC") == search_tokens("น้ำท่วม ปี 2550 abc")


def test_sorting_follows_the_dictionary():
    in_order = [
        "12",
        "a",
        "B",
        "กก",
        "กา",
        "กำ",
        "เก",
        "เก็ง",
        "เก่ง",
        "เกม",
        "แก",
        "ไก่",
        "ขา",
        "ข่า",
        "ข้า",
        "ขาง",
        "เขา",
        "ฤดู",
        "ลม",
        "สรร",
        "เสียง",
        "หมา",
    ]
    by_code_point = sorted(in_order)
    assert by_code_point != in_order
    assert sorted(by_code_point, key=sort_key) == in_order


def test_tone_marks_decide_only_between_equal_letters():
    assert sorted(["ป้าง", "ปาน", "ป่า", "ป้า", "ปา"], key=sort_key) == ["ปา", "ป่า", "ป้า", "ป้าง", "ปาน"]

"""Hits are marked where they stand; excerpts tear nothing; nothing of the text becomes markup."""

from hypothesis import example, given
from hypothesis import strategies as st

from portal.index.highlight import excerpt, highlight, spans
from portal.index.question import Question, ask
from portal.index.tokens import GAP, located
from portal.kernel.thai_text import default_breaker, normalise


def _ask(typed: str) -> Question:
    return ask(typed, default_breaker())


def _plain(marked: str) -> str:
    return str(marked).replace("<mark>", "").replace("</mark>", "")


def test_a_hit_is_marked_in_the_words_of_the_text() -> None:
    assert highlight("ปี ๒๕๕๐ ของ OPDC", _ask("2550 opdc")) == "ปี <mark>๒๕๕๐</mark> ของ <mark>OPDC</mark>"


def test_a_hit_across_a_space_is_one_mark() -> None:
    assert highlight("รับฟัง ความคิด", _ask('"รับฟังความคิด"')) == "<mark>รับฟัง ความคิด</mark>"


def test_an_unfinished_cluster_marks_the_whole_of_it() -> None:
    assert highlight("ที่ดิน", _ask("ที")) == "<mark>ที่</mark>ดิน"
    assert highlight("ที่ดิน", _ask('"ที"')) == "ที่ดิน"


def test_overlapping_hits_are_one_mark() -> None:
    assert highlight("กขกขก", _ask('"กขก"')) == "<mark>กขกขก</mark>"


def test_markup_in_the_text_is_shown_and_not_obeyed() -> None:
    assert highlight("<b>ก&</b>", _ask("ก")) == "&lt;b&gt;<mark>ก</mark>&amp;&lt;/b&gt;"


def test_folding_that_lengthens_a_letter_moves_no_mark() -> None:
    assert highlight("Straße İx ก", _ask("ก")) == "Straße İx <mark>ก</mark>"
    assert highlight("Straße ก", _ask("strasse")) == "<mark>Straße</mark> ก"


def test_an_excerpt_stands_around_the_first_hit() -> None:
    text = "ต้นเรื่องที่ยาว " * 40 + "น้ำประปา" + " ปลายเรื่อง" * 40
    shown = excerpt(text, _ask("น้ำประปา"), 120)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "<mark>น้ำประปา</mark>" in shown
    assert len(_plain(shown)) <= 120


def test_without_a_hit_the_excerpt_is_the_beginning() -> None:
    assert excerpt("ต้นเรื่อง\n\nปลาย", _ask("ไม่มี")) == "ต้นเรื่อง ปลาย"


@given(st.text(alphabet="กขคเแำา่้ิู์ \n<&abß😀\u200d", max_size=200), st.text(alphabet="กขเำ่ab ", max_size=6), st.integers(20, 80))
@example("ก" * 100 + "\u0e48" + "ข", "ข", 20)
def test_an_excerpt_is_a_whole_piece_of_the_text(text: str, typed: str, length: int) -> None:
    text = normalise(text)
    line = " ".join(text.split())
    shown = excerpt(text, _ask(typed), length)
    bare = shown.striptags() if "<" not in line and "&" not in line else _plain(shown).replace("&lt;", "<").replace("&amp;", "&")
    piece = bare.strip("…").strip()
    assert piece in line
    start = line.index(piece)
    inside = {place for cluster in located(line) if cluster.text != GAP for place in range(cluster.start + 1, cluster.end)}
    assert not {start, start + len(piece)} & inside or piece == "" or line.count(piece) > 1


@given(st.text(max_size=80), st.text(max_size=10))
def test_marks_lie_apart_and_inside_the_text(text: str, typed: str) -> None:
    text = normalise(text)
    places = [place for span in spans(text, _ask(typed)) for place in span]
    assert places == sorted(set(places))
    assert all(0 <= place <= len(text) for place in places)
    assert _plain(highlight(text, _ask(typed))).count("<mark>") == 0

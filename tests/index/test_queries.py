"""What is found, in which order, and that nothing typed can break the query."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.index import queries
from portal.index.dictionary import breaker
from portal.index.queries import Filters, find
from portal.index.question import Question, Term, ask
from portal.index.tokens import located
from portal.kernel.thai_text import normalise
from tests.index.documents import AT, keys, make_document, put, search

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_phrase_inside_thai_text_without_spaces_is_found(session: Session) -> None:
    put(session, make_document("มีตู้รับฟังความคิดเห็นของประชาชน", "box"), make_document("ประชาชนรับฟังตู้", "other"))
    assert keys(session, "รับฟังความคิดเห็น") == ["box"]


def test_every_term_must_be_there_in_any_order(session: Session) -> None:
    put(session, make_document("งบประมาณของโรงเรียน", "both"), make_document("งบประมาณของวัด", "one"))
    assert keys(session, "โรงเรียน งบประมาณ") == ["both"]
    assert set(keys(session, "งบประมาณ")) == {"both", "one"}


def test_terms_may_stand_far_apart_in_a_long_record(session: Session) -> None:
    put(session, make_document("ต้นเรื่อง" + " กลาง" * 3000 + " ปลายทาง", "long"), make_document("ต้นเรื่อง", "short"))
    assert keys(session, "ต้นเรื่อง ปลายทาง") == ["long"]


def test_a_long_record_is_one_find(session: Session) -> None:
    put(session, make_document("น้ำประปา " * 2000, "long"), make_document("น้ำประปา", "short"))
    found = search(session, "น้ำประปา")
    assert found.total == 2
    assert {chunk.key for chunk in found.chunks} == {"long", "short"}


def test_tone_marks_tell_words_apart(session: Session) -> None:
    put(session, make_document("ที่ดิน", "land"), make_document("ทีวี", "tv"))
    assert keys(session, "ทีวี") == ["tv"]
    assert keys(session, "ที่") == ["land"]


def test_an_unfinished_last_cluster_finds_its_continuations_unless_quoted(session: Session) -> None:
    put(session, make_document("สำนักงานที่ดิน", "land"))
    assert keys(session, "สำนักงานที") == ["land"]
    assert keys(session, '"สำนักงานที"') == []
    assert keys(session, '"สำนักงานที่"') == ["land"]


def test_quotes_hold_words_together(session: Session) -> None:
    put(session, make_document("ศูนย์บริการ ร่วม", "together"), make_document("ร่วม กับ ศูนย์บริการ", "apart"))
    assert keys(session, "“ศูนย์บริการ ร่วม”") == ["together"]
    assert set(keys(session, "ศูนย์บริการ ร่วม")) == {"together", "apart"}


@pytest.mark.parametrize("typed", ["ปี 2550", "ปี ๒๕๕๐", "OPDC", "opdc", "ทํา", "ท\u200bำ"])
def test_digits_case_and_spelling_do_not_matter(session: Session, typed: str) -> None:
    put(session, make_document("ทำงานปี ๒๕๕๐ โดย OpDc", "one"))
    assert keys(session, typed) == ["one"]


def test_letters_of_different_words_make_no_word(session: Session) -> None:
    put(session, make_document("one baht a page", "page"), make_document("Tap-water, 02 000 1120", "tap"))
    assert keys(session, "tap") == ["tap"]
    assert keys(session, '"tap water"') == ["tap"]
    assert keys(session, "ap wa") == ["tap"]
    assert keys(session, "tapwater") == []
    assert keys(session, "020001120") == ["tap"]


def test_title_and_agency_are_found_too_but_no_phrase_runs_from_one_into_the_other(session: Session) -> None:
    put(session, make_document("เนื้อความ", "one", title="แผนฟัง", agency_name="กรมตัวอย่าง"))
    assert keys(session, "แผนฟัง กรมตัวอย่าง") == ["one"]
    assert keys(session, "แผนฟังกรม") == []
    assert keys(session, "ตัวอย่างเนื้อ") == []


PADDING = " เรื่องอื่นซึ่งยาวเท่ากันทุกประการ" * 5


def test_the_title_outranks_the_text(session: Session) -> None:
    put(
        session,
        make_document("ขอน้ำสะอาด" + PADDING, "text", at=AT + timedelta(days=1)),
        make_document("ขอถนนเรียบ" + PADDING, "title", title="น้ำสะอาด"),
    )
    assert keys(session, "น้ำสะอาด") == ["title", "text"]


def test_whole_words_outrank_parts_of_words(session: Session) -> None:
    put(
        session,
        make_document("ชั่งน้ำหนักมาก" + PADDING, "part", at=AT + timedelta(days=1)),
        make_document("เดินน้ำเข้ามาก" + PADDING, "whole"),
    )
    assert keys(session, "น้ำ") == ["whole", "part"]


def test_filters_narrow_by_kind_agency_and_language(session: Session) -> None:
    put(
        session,
        make_document("คำตอบ", "a", kind="case", agency_id=1),
        make_document("คำตอบ", "b", agency_id=2),
        make_document("คำตอบ", "c", agency_id=None, language="en"),
    )
    assert keys(session, "คำตอบ", Filters(kind="case")) == ["a"]
    assert keys(session, "คำตอบ", Filters(agency_ids=[2])) == ["b"]
    assert keys(session, "คำตอบ", Filters(agency_ids=[])) == []
    assert keys(session, "คำตอบ", Filters(language="en")) == ["c"]


def test_a_record_in_both_languages_is_shown_once_in_the_readers(session: Session) -> None:
    put(session, make_document("OPDC OPDC", "a"), make_document("OPDC", "a", language="en"))
    for language in ("th", "en"):
        chunks = search(session, "OPDC", Filters(prefer=language)).chunks
        assert [(chunk.key, chunk.language) for chunk in chunks] == [("a", language)]
    assert queries.languages_of(session, chunks) == {("disclosure", "a"): {"th", "en"}}


def test_pages_follow_each_other_without_gap_or_repeat(session: Session) -> None:
    put(session, *(make_document("ถนน", f"k{number:02}", at=AT + timedelta(hours=number)) for number in range(45)))
    offset, seen, sizes = 0, [], []
    while offset is not None:
        found = search(session, "ถนน", offset=offset)
        sizes.append(len(found.chunks))
        seen += [chunk.key for chunk in found.chunks]
        offset = found.next_offset
    assert sizes == [20, 20, 5]
    assert seen == [f"k{number:02}" for number in reversed(range(45))]
    assert found.total == 45
    assert not found.is_cut


def test_only_the_newest_are_ranked_and_it_is_said(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_RANKED", 3)
    best_but_old = make_document("ถนน ถนน ถนน", "old", title="ถนน", at=AT - timedelta(days=9))
    put(session, best_but_old, *(make_document("ซ่อมถนน", f"k{number}", at=AT + timedelta(hours=number)) for number in range(4)))
    found = search(session, "ถนน")
    assert {chunk.key for chunk in found.chunks} == {"k1", "k2", "k3"}
    assert found.is_cut


def test_a_question_without_letters_finds_nothing(session: Session) -> None:
    put(session, make_document("!!!", "a"))
    for typed in ("", "   ", "!?", '""', "\u200b", "_"):
        assert search(session, typed).total == 0


@few
@given(st.text(max_size=60) | st.text(alphabet="\"'*()^:+-{}<>&|!\\ กาที่1aANDORNOTNEAR", max_size=40))
@example("\x00ก\x00")
@example('"ก" AND NEAR(a b) OR clusters:')
@example("ﬁß İ ก' \\ :*")
def test_nothing_typed_breaks_the_query(session: Session, typed: str) -> None:
    found = search(session, typed)
    assert found.total == 0


@few
@given(st.data(), st.text(min_size=1, max_size=60) | st.text(alphabet="กขเแำา่้ิู์ๆฯ ๑1aéßİǅﬁ", min_size=1, max_size=40))
def test_any_run_of_clusters_that_is_stored_is_found(session: Session, data: st.DataObject, text: str) -> None:
    text = normalise(text)
    clusters = [cluster.text for cluster in located(text)]
    assume(clusters)
    start = data.draw(st.integers(0, len(clusters) - 1))
    end = data.draw(st.integers(start + 1, len(clusters)))
    put(session, make_document(text, "one"))
    question = Question("", (Term(tuple(clusters[start:end]), (), is_exact=data.draw(st.booleans())),))
    assert [chunk.key for chunk in find(session, question).chunks] == ["one"]
    with unit_of_work(session):
        queries_left = session.connection().exec_driver_sql("DELETE FROM search_chunk").rowcount
    assert queries_left == 1


def test_too_much_typed_is_cut_and_said(session: Session) -> None:
    long = ask("ก" * 500, breaker(session))
    assert len(long.text) == 200
    assert long.is_shortened
    many = ask(" ".join(f"{number}" for number in range(30)), breaker(session))
    assert len(many.terms) == 12
    assert many.is_shortened
    assert not ask("ก ก ก", breaker(session)).is_shortened
    assert search(session, " ".join(unicodedata.lookup("THAI CHARACTER KO KAI") + str(n) for n in range(30))).total == 0

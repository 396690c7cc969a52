"""Answers: what is read, what is refused and in which words, and that judging ends whatever is typed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.casework.questions.judging import NOT_ASKED, UNKNOWN, judge
from portal.casework.questions.rules import Asked, QuestionType, fault_in
from portal.kernel.errors import Invalid
from tests.casework.questions.asking import asked

YES_NO = asked("dark", "yes_no")
NIGHTS = asked("nights", "number", required=True, after="dark", after_any=frozenset({"yes"}))


def judged(questions, typed, kind="complaint", topic="", **values):
    return judge(questions, typed, kind, topic, "th", **values)


def faults(questions, typed, **values):
    with pytest.raises(Invalid) as refused:
        judged(questions, typed, **values)
    return {field: messages[0].text for field, messages in refused.value.fields.items()}


@pytest.mark.parametrize(
    ("type", "raw", "kept"),
    [
        ("short", "  เสา\n 0412 \u200b", "เสา 0412"),
        ("long", "ก\r\nข ", "ก\nข"),
        ("short", "<b>&", "<b>&"),
        ("number", "๓", "3"),
        ("number", "٣", "3"),
        ("number", "1,234.50", "1234.5"),
        ("number", "-0", "0"),
        ("number", 12, "12"),
        ("number", 0.1, "0.1"),
        ("number", " 7 ", "7"),
        ("day", "29/2/2567", "2024-02-29"),
        ("day", "๕ ธันวาคม ๒๕๗๐", "2027-12-05"),
        ("day", "2027-12-05", "2027-12-05"),
        ("one", "c2", "c2"),
        ("several", ["c2", "c1", "c2", ""], ["c1", "c2"]),
        ("yes_no", False, "no"),
        ("yes_no", "yes", "yes"),
    ],
)
def test_an_answer_is_read_as_people_write_it(type, raw, kept):
    assert judged([asked("q", type)], {"q": raw}) == {"q": kept}


@pytest.mark.parametrize(
    ("type", "raw"),
    [
        ("short", "ก" * 201),
        ("long", "ก" * 10_000),
        ("short", 5),
        ("short", {"a": 1}),
        ("short", ["ก"]),
        ("number", "สาม"),
        ("number", "1,5"),
        ("number", True),
        ("number", 1e300),
        ("number", "9" * 16),
        ("day", "29/2/2569"),
        ("day", "31/4/2569"),
        ("day", "เมื่อวาน"),
        ("one", "c9"),
        ("one", "บ่อย"),
        ("one", "c1\x00"),
        ("several", "c1"),
        ("several", ["c1", 5]),
        ("several", {}),
        ("yes_no", "maybe"),
        ("yes_no", 1),
    ],
)
def test_what_is_no_such_answer_is_refused_at_its_field(type, raw):
    assert list(faults([asked("q", type)], {"q": raw})) == ["answers.q"]


def test_only_what_can_be_seen_is_an_answer():
    assert faults([asked("q", required=True)], {"q": " \u200b\n"}) == faults([asked("q", required=True)], {})
    assert (
        judged([asked("q", "number")], {"q": "  "}) == judged([asked("q", "day")], {"q": "\u200b"}) == judged([asked("q")], {"q": []}) == {}
    )
    assert judged([asked("q", required=True)], {}, complete=False) == {}


def test_a_condition_decides_whether_an_answer_is_asked_for():
    assert judged([YES_NO, NIGHTS], {"dark": "yes", "nights": "3"}) == {"dark": "yes", "nights": "3"}
    assert judged([YES_NO, NIGHTS], {"dark": "no"}) == {"dark": "no"}
    assert list(faults([YES_NO, NIGHTS], {"dark": "yes"})) == ["answers.nights"]


def test_an_answer_that_is_not_asked_for_is_refused_in_words_and_never_dropped():
    assert faults([YES_NO, NIGHTS], {"dark": "no", "nights": "3"}) == {"answers.nights": NOT_ASKED}
    assert faults([YES_NO, NIGHTS], {"nights": "no number"}) == {"answers.nights": NOT_ASKED}
    some = asked("q", kinds=frozenset({"question"}), topics=frozenset({"roads"}), required=True)
    assert judged([some], {}) == {}
    assert judged([some], {"q": "x"}, kind="question", topic="roads") == {"q": "x"}
    assert faults([some], {"q": "x"}, kind="question") == {"answers.q": NOT_ASKED}
    assert faults([], {"who": "x"}) == {"answers.who": UNKNOWN.text}
    assert judged([], {"who": "", "else": []}) == {}


def test_what_depends_on_an_unreadable_answer_is_not_judged_twice():
    assert list(faults([YES_NO, NIGHTS], {"dark": "maybe", "nights": "3"})) == ["answers.dark"]


def test_a_chain_is_asked_only_as_far_as_it_holds():
    third = asked("third", after="freq", after_any=frozenset({"c1"}))
    freq = asked("freq", "one", after="dark", after_any=frozenset({"yes"}))
    chain = [YES_NO, freq, third]
    assert set(judged(chain, {"dark": "yes", "freq": "c1", "third": "x"})) == {"dark", "freq", "third"}
    assert list(faults(chain, {"dark": "no", "freq": "c1", "third": "x"})) == ["answers.freq", "answers.third"]


def test_a_question_can_only_depend_on_a_choice_of_an_earlier_one():
    assert fault_in([YES_NO, NIGHTS]) is None
    for wrong in ([NIGHTS, YES_NO], [NIGHTS], [asked("dark"), NIGHTS], [replace(YES_NO, after="dark", after_any=frozenset({"yes"}))]):
        assert fault_in(wrong)
    assert fault_in([YES_NO, replace(NIGHTS, after_any=frozenset({"c1"}))])
    assert fault_in([YES_NO, replace(NIGHTS, after_any=frozenset())])


def test_a_circle_which_no_form_has_asks_for_nothing():
    circle = [asked(key, "yes_no", after=other, after_any=frozenset({"yes"})) for key, other in (("a", "b"), ("b", "a"))]
    assert faults(circle, {"a": "yes", "b": "yes"}) == {"answers.a": NOT_ASKED, "answers.b": NOT_ASKED}


KEYS = st.sampled_from(["a", "b", "c", "d"])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["yes", "no", "c1", "1/1/2570"])
ANY = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=2), max_leaves=4)


@st.composite
def forms(draw: st.DrawFn) -> list[Asked]:
    """Questions in any order, also with circles and with conditions on what is not there."""
    keys = draw(st.lists(KEYS, unique=True, max_size=4))
    return [
        asked(
            key,
            draw(st.sampled_from(list(QuestionType))).value,
            required=draw(st.booleans()),
            after=draw(KEYS | st.just("")),
            after_any=draw(st.frozensets(st.sampled_from(["yes", "c1"]))),
            kinds=draw(st.frozensets(st.sampled_from(["question", "complaint"]))),
        )
        for key in keys
    ]


@given(forms(), st.dictionaries(KEYS | st.text(max_size=5), ANY, max_size=5))
@settings(max_examples=80)
def test_judging_ends_and_keeps_only_answers_to_what_is_asked(questions, typed):
    try:
        kept = judged(questions, typed)
    except Invalid:
        return
    assert set(kept) <= {question.key for question in questions if not question.kinds or "complaint" in question.kinds}
    for question in questions:
        if question.key in kept and question.after:
            values = kept.get(question.after, [])
            assert question.after_any & set([values] if isinstance(values, str) else values)
    assert judged(questions, kept) == kept

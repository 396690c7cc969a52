"""A question as it was typed: what is taken, what is refused by field, and which choice keeps its key."""

import pytest

from portal.casework.questions.rules import Choice
from portal.casework.questions.wording import checked, keyed
from portal.kernel.errors import Invalid
from tests.casework.questions.asking import typed

LONG_CHOICE = f"{'ก' * 121}\nข"
MANY_CHOICES = "\n".join(map(str, range(31)))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " \u200b"}, "text_th"),
        ({"text": "ก" * 201}, "text_th"),
        ({"text_en": "a" * 201}, "text_en"),
        ({"help_th": "ก" * 301}, "help_th"),
        ({"type": "file"}, "type"),
        ({"type": ""}, "type"),
        ({"kinds": ["nonsense"]}, "kinds"),
        ({"topics": ["none"]}, "topics"),
        ({"type": "one", "choices": "เดียว"}, "choices"),
        ({"type": "one", "choices": "ก\nก"}, "choices"),
        ({"type": "one", "choices": " | A\nข"}, "choices"),
        ({"type": "several", "choices": MANY_CHOICES}, "choices"),
        ({"type": "one", "choices": LONG_CHOICE}, "choices"),
        ({"only_if": ["a=yes", "b=yes"]}, "only_if"),
        ({"text": "ชื่อของท่าน"}, "sure"),
        ({"text": "ก", "help_en": "Your phone number"}, "sure"),
    ],
)
def test_a_question_that_cannot_be_is_refused_by_field(values, field):
    with pytest.raises(Invalid) as refused:
        checked(typed(**values), ["roads"])
    assert list(refused.value.fields) == [field]


def test_what_is_typed_becomes_tidy_columns():
    values = checked(
        typed("several", " เสา\nไหน ", choices=" ก | A \n\n ข|B|C ", kinds=["question", "complaint"], topics=["roads"]), ["roads"]
    )
    assert (values["text_th"], values["kinds"], values["topics"]) == ("เสา ไหน", ["complaint", "question"], ["roads"])
    assert values["choices"] == [{"key": "c1", "th": "ก", "en": "A"}, {"key": "c2", "th": "ข", "en": "B|C"}]
    assert checked(typed("short", "ชื่อถนน", sure=True), [])["choices"] == []


def test_the_same_words_keep_the_key_of_a_choice_and_a_new_one_never_gets_an_old_key():
    before = [[Choice("c1", "ก"), Choice("c2", "ข")], [Choice("c1", "ก"), Choice("c3", "ค")]]
    assert [one.key for one in keyed([("ข", ""), ("ใหม่", ""), ("ก", "A")], before)] == ["c2", "c4", "c1"]

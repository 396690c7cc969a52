"""Answers as they were typed, judged: plain Python, no database. In words: ``docs/rules/questions.md``, "Answering"."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from portal.casework.questions.rules import NO, PREFIX, YES, Asked, QuestionType, is_asked
from portal.casework.texts import as_written, tidy_line
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.kernel.written_day import read_day

SHORT_MOST, LONG_MOST = 200, 2_000  # characters
#: As stored: text, the key of a choice or several, yes or no, a number as text, a day in ISO 8601.
Value = str | list[str]

ANSWER = N_("Answer “%(question)s”")
TOO_LONG = N_("“%(question)s” can hold %(most)s characters, it has %(count)s now")
NO_CHOICE = N_("Choose one of the answers to “%(question)s”; what was chosen is not offered, or not any more")
NO_NUMBER = N_("“%(question)s” takes a number, for example 12 or 3.5")
NO_DAY = N_("“%(question)s” takes a day, for example 5/12/2570 or 5 ธันวาคม 2570")
WRONG_TYPE = N_("The answer to “%(question)s” has another type than the description of the form says")
NOT_ASKED = N_("“%(question)s” is not asked with your other answers: empty it, or change those")
UNKNOWN = Message(N_("The agency asks no question of this name"))
_NUMBER = re.compile(r"-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,6})?")


class _Refused(Exception):
    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text, self.values = text, values


def judge(
    questions: Sequence[Asked], typed: Mapping[str, object], kind: str, topic: str, language: str, *, complete: bool = True
) -> dict[str, Value]:
    """What is kept, by key: only answers to questions that this sender is asked, in their order.

    ``typed`` may hold anything that JSON can. Raises ``Invalid`` with every answer at fault.
    Without ``complete`` a required one may be missing.
    """
    wrong: dict[str, list[Message]] = {PREFIX + key: [UNKNOWN] for key in sorted(_unknown(questions, typed))}
    values: dict[str, Value] = {}
    for question in questions:
        try:
            values[question.key] = read(question, typed.get(question.key))
        except _Refused as refused:
            wrong[question.field] = [_message(question, language, refused.text, **refused.values)]
    kept = _kept(wrong, questions, values, kind, topic, language, complete=complete)
    if wrong:
        raise Invalid(wrong)
    return kept


def _kept(
    wrong: dict[str, list[Message]],
    questions: Sequence[Asked],
    values: Mapping[str, Value],
    kind: str,
    topic: str,
    language: str,
    *,
    complete: bool,
) -> dict[str, Value]:
    among = {question.key: question for question in questions}
    chosen = {key: [value] if isinstance(value, str) else value for key, value in values.items() if value}
    kept: dict[str, Value] = {}
    for question in questions:
        value = values.get(question.key)
        if question.after in among and question.after not in values:
            continue  # what decides could not be read: that is said there
        if is_asked(question, among, chosen, kind, topic):
            if value:
                kept[question.key] = value
            elif question.required and complete and question.field not in wrong:
                wrong[question.field] = [_message(question, language, ANSWER)]
        elif value or question.field in wrong:
            wrong[question.field] = [_message(question, language, NOT_ASKED)]
    return kept


def read(question: Asked, raw: object) -> Value:
    """The answer as it is stored, empty if there is none; raises ``_Refused``."""
    if raw is None or raw == "" or raw == []:
        return ""
    return _READERS[question.type](question, raw)


def _short(question: Asked, raw: object) -> Value:
    return _within(tidy_line(_text(raw)), SHORT_MOST)


def _long(question: Asked, raw: object) -> Value:
    return _within(as_written(_text(raw)), LONG_MOST)


def _one(question: Asked, raw: object) -> Value:
    return _known(question, _text(raw).strip())


def _several(question: Asked, raw: object) -> Value:
    if not isinstance(raw, list):
        raise _Refused(WRONG_TYPE)
    given = {_known(question, _text(one).strip()) for one in raw if one != ""}
    return [choice.key for choice in question.options if choice.key in given]


def _yes_no(question: Asked, raw: object) -> Value:
    return (YES if raw else NO) if isinstance(raw, bool) else _known(question, _text(raw).strip())


def _number(question: Asked, raw: object) -> Value:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise _Refused(WRONG_TYPE)
    typed = _plain_digits(tidy_line(raw)) if isinstance(raw, str) else f"{raw}"
    if not typed and isinstance(raw, str):
        return ""
    if not _NUMBER.fullmatch(typed):
        raise _Refused(NO_NUMBER)
    return f"{Decimal(typed.replace(',', '')).normalize() + 0:f}"  # + 0: no minus before a zero


def _day(question: Asked, raw: object) -> Value:
    typed = _plain_digits(tidy_line(_text(raw)))
    if not typed:
        return ""
    day = read_day(typed)
    if day is None:
        raise _Refused(NO_DAY)
    return day.isoformat()


_READERS: dict[QuestionType, Callable[[Asked, object], Value]] = {
    QuestionType.SHORT: _short,
    QuestionType.LONG: _long,
    QuestionType.ONE: _one,
    QuestionType.SEVERAL: _several,
    QuestionType.YES_NO: _yes_no,
    QuestionType.NUMBER: _number,
    QuestionType.DAY: _day,
}


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise _Refused(WRONG_TYPE)
    return raw


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise _Refused(TOO_LONG, most=f"{most:,}", count=f"{len(text):,}")
    return text


def _known(question: Asked, key: str) -> str:
    if key and key not in {choice.key for choice in question.options}:
        raise _Refused(NO_CHOICE)
    return key


def _plain_digits(text: str) -> str:
    """Digits of every script as 0-9."""
    return "".join(str(unicodedata.decimal(one)) if unicodedata.category(one) == "Nd" else one for one in text)


def _unknown(questions: Sequence[Asked], typed: Mapping[str, object]) -> set[str]:
    known = {question.key for question in questions}
    return {key for key, raw in typed.items() if key not in known and raw not in (None, "", [])}


def _message(question: Asked, language: str, text: str, **values: object) -> Message:
    return Message(text, {"question": pick(language, question.text_th, question.text_en), **values})

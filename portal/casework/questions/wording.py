"""A question as an administrator typed it, and the columns that it becomes. In words: ``docs/rules/questions.md``, "A question"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from portal.casework.options import KINDS_IN_ORDER
from portal.casework.questions.rules import WITH_CHOICES, Choice, QuestionType
from portal.casework.texts import tidy_line
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

TEXT_MOST, HELP_MOST, CHOICE_MOST, CHOICES_MOST = 200, 300, 120, 30
#: Between the Thai and the English words of a choice, one choice a line.
BETWEEN = "|"
#: Between the key of a question and that of one of its choices.
SAYS = "="
LONGEST = {"text_th": TEXT_MOST, "text_en": TEXT_MOST, "help_th": HELP_MOST, "help_en": HELP_MOST}
#: Words that ask who somebody is. Only a warning: "the name of the road" has them too.
_IDENTITY = re.compile(
    r"ชื่อ|นามสกุล|โทรศัพท์|เบอร์โทร|มือถือ|ที่อยู่|อีเมล|เลขบัตร|บัตรประชาชน|เลขประจำตัว|ไลน์ไอดี|line id"
    r"|\b(name|surname|telephone|phone|mobile|address|e-?mail|id card|identity|passport)\b",
    re.IGNORECASE,
)
SURE = Message(N_("This looks as if it asked who the sender is, which has fields of its own. If it does not, say so below and save again"))


@dataclass(frozen=True)
class Typed:
    """The fields of the form. ``choices``: one a line. ``only_if``: ``key=choice``. ``sure``: it does not ask who the sender is."""

    type: str = ""
    text_th: str = ""
    text_en: str = ""
    help_th: str = ""
    help_en: str = ""
    required: bool = False
    kinds: Sequence[str] = ()
    topics: Sequence[str] = ()
    choices: str = ""
    only_if: Sequence[str] = ()
    sure: bool = False


def checked(typed: Typed, topics: Collection[str], before: Sequence[Sequence[Choice]] = ()) -> dict[str, Any]:
    """Columns and their values; raises ``Invalid`` with every field at fault.

    ``topics`` are the slugs that may be chosen, ``before`` the choices of all earlier versions, oldest first.
    """
    wrong: dict[str, list[Message]] = {}
    values: dict[str, Any] = {name: _line(wrong, name, getattr(typed, name)) for name in LONGEST}
    if not values["text_th"]:
        wrong["text_th"] = [Message(N_("Write the question in Thai"))]
    values["type"] = _type(wrong, typed.type)
    values["required"] = typed.required
    values["kinds"] = _codes(wrong, "kinds", typed.kinds, [kind.value for kind in KINDS_IN_ORDER])
    values["topics"] = _codes(wrong, "topics", typed.topics, topics)
    choices = _choices(wrong, typed.choices, before) if values["type"] in WITH_CHOICES else []
    values["choices"] = [{"key": one.key, "th": one.th, "en": one.en} for one in choices]
    values["after"], values["after_any"] = _condition(wrong, typed.only_if)
    if not typed.sure and any(_IDENTITY.search(values[name]) for name in LONGEST):
        wrong.setdefault("sure", [SURE])
    if wrong:
        raise Invalid(wrong)
    return values


def as_lines(choices: Sequence[Choice]) -> str:
    """Choices as they are typed."""
    return "\n".join(f"{one.th} {BETWEEN} {one.en}" if one.en else one.th for one in choices)


def _line(wrong: dict[str, list[Message]], field: str, text: str) -> str:
    line = tidy_line(text)
    if len(line) > LONGEST[field]:
        wrong[field] = [Message(N_("At most %(most)s characters"), {"most": LONGEST[field]})]
    return line


def _type(wrong: dict[str, list[Message]], value: str) -> QuestionType | None:
    if value not in list(QuestionType):
        wrong["type"] = [Message(N_("Choose what an answer looks like"))]
        return None
    return QuestionType(value)


def _codes(wrong: dict[str, list[Message]], field: str, values: Sequence[str], known: Collection[str]) -> list[str]:
    if not set(values) <= set(known):
        wrong[field] = [Message(N_("Choose from the options only"))]
    return [value for value in known if value in values]


def _choices(wrong: dict[str, list[Message]], text: str, before: Sequence[Sequence[Choice]]) -> list[Choice]:
    pairs = [(tidy_line(th), tidy_line(en)) for th, _, en in (line.partition(BETWEEN) for line in text.splitlines())]
    pairs = [pair for pair in pairs if any(pair)]
    said = [th for th, _ in pairs]
    if len(pairs) < 2:
        wrong["choices"] = [Message(N_("Write at least two choices, each on a line of its own"))]
    elif len(pairs) > CHOICES_MOST:
        wrong["choices"] = [Message(N_("At most %(most)s choices"), {"most": CHOICES_MOST})]
    elif not all(said):
        wrong["choices"] = [Message(N_("Write each choice in Thai first"))]
    elif len(set(said)) < len(said):
        wrong["choices"] = [Message(N_("Two choices have the same words"))]
    elif any(len(words) > CHOICE_MOST for pair in pairs for words in pair):
        wrong["choices"] = [Message(N_("A choice has at most %(most)s characters"), {"most": CHOICE_MOST})]
    return [] if "choices" in wrong else keyed(pairs, before)


def keyed(pairs: Sequence[tuple[str, str]], before: Sequence[Sequence[Choice]]) -> list[Choice]:
    """The same Thai words keep their key; other words get a key that no choice of the question has had."""
    known = {choice.th: choice.key for version in before for choice in version}
    last = max((int(key[1:]) for key in known.values()), default=0)
    made: list[Choice] = []
    for th, en in pairs:
        if th not in known:
            last += 1
        made.append(Choice(known.get(th, f"c{last}"), th, en))
    return made


def _condition(wrong: dict[str, list[Message]], only_if: Sequence[str]) -> tuple[str, list[str]]:
    """The question that decides and its choices; what is possible is judged with the others (``rules.fault_in``)."""
    pairs = [text.partition(SAYS)[::2] for text in dict.fromkeys(only_if)]
    keys = {key for key, _ in pairs}
    if len(keys) > 1:
        wrong["only_if"] = [Message(N_("Choose answers to one question only"))]
        return "", []
    return keys.pop() if keys else "", [choice for _, choice in pairs]

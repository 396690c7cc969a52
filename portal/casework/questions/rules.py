"""What a question is, when it is asked, and whether questions stand in a possible order. In words: ``docs/rules/questions.md``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick

#: Before the key of a question in the names of fields and in errors.
PREFIX = "answers."
YES, NO = "yes", "no"


class QuestionType(StrEnum):
    """What an answer looks like."""

    SHORT = "short"
    LONG = "long"
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes_no"
    NUMBER = "number"
    DAY = "day"

    @property
    def label(self) -> str:
        """English source text."""
        return TYPE_LABELS[self]


TYPE_LABELS = {
    QuestionType.SHORT: N_("Short text"),
    QuestionType.LONG: N_("Long text"),
    QuestionType.ONE: N_("One choice"),
    QuestionType.SEVERAL: N_("Several choices"),
    QuestionType.YES_NO: N_("Yes or no"),
    QuestionType.NUMBER: N_("A number"),
    QuestionType.DAY: N_("A day"),
}
WITH_CHOICES = frozenset({QuestionType.ONE, QuestionType.SEVERAL})
#: Another question may depend on an answer to one of these.
DECIDING = WITH_CHOICES | {QuestionType.YES_NO}


@dataclass(frozen=True)
class Choice:
    """One answer to choose; its key stays as long as its Thai words do."""

    key: str
    th: str
    en: str = ""


#: Keys only: their words are the portal's own, and translated.
YES_OR_NO = (Choice(YES, YES), Choice(NO, NO))


@dataclass(frozen=True)
class Asked:
    """One version of a question. Empty ``kinds`` and ``topics`` mean all; ``after`` is the key of the question that decides."""

    key: str
    type: QuestionType
    text_th: str
    text_en: str = ""
    help_th: str = ""
    help_en: str = ""
    required: bool = False
    kinds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()
    after: str = ""
    after_any: frozenset[str] = frozenset()
    version_id: int = 0

    @property
    def field(self) -> str:
        """Its name in forms and errors."""
        return PREFIX + self.key

    @property
    def options(self) -> tuple[Choice, ...]:
        """What can be chosen; nothing where one writes."""
        return YES_OR_NO if self.type is QuestionType.YES_NO else self.choices

    @property
    def may_be_left(self) -> bool:
        """Somebody need not answer it, or is not asked."""
        return not self.required or bool(self.after or self.kinds or self.topics)


def choice_words(question: Asked, choice: Choice, language: str) -> Message:
    """A choice for people."""
    if question.type is QuestionType.YES_NO:
        return Message(N_("Yes") if choice.key == YES else N_("No"))
    return verbatim(pick(language, choice.th, choice.en))


def verbatim(words: str) -> Message:
    """The agency's and the sender's own words: no text of ours, so nothing to translate."""
    return Message("%(words)s", {"words": words})


def fits(question: Asked, kind: str, topic: str) -> bool:
    """It is meant for this kind and this topic (empty: none was chosen)."""
    return (not question.kinds or kind in question.kinds) and (not question.topics or topic in question.topics)


def is_asked(question: Asked, among: Mapping[str, Asked], answers: Mapping[str, Collection[str]], kind: str, topic: str) -> bool:
    """This sender is asked it: ``answers`` are the keys chosen so far, by question. A circle, which no form has, is never asked."""
    seen: set[str] = set()
    at: Asked | None = question
    while at is not None:
        if at.key in seen or not fits(at, kind, topic):
            return False
        seen.add(at.key)
        if not at.after:
            return True
        if not set(answers.get(at.after, ())) & at.after_any:
            return False
        at = among.get(at.after)
    return False


@dataclass(frozen=True)
class Fault:
    """``question`` cannot stand where it does, because of ``by`` (its key), on which it depends."""

    question: Asked
    by: str


def fault_in(questions: Sequence[Asked]) -> Fault | None:
    """The first question that depends on something other than a choice of an earlier one; None where all is well."""
    earlier: dict[str, Asked] = {}
    for question in questions:
        if question.after:
            decides = earlier.get(question.after)
            known = {choice.key for choice in decides.options} if decides and decides.type in DECIDING else set()
            if not question.after_any or not question.after_any <= known:
                return Fault(question, question.after)
        earlier[question.key] = question
    return None

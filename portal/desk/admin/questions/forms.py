"""Shape of the form of a question; what may stand in a field is decided by ``casework.questions.wording``."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework.options import KINDS_IN_ORDER
from portal.casework.questions.models import Question
from portal.casework.questions.rules import DECIDING, Asked, QuestionType, choice_words
from portal.casework.questions.wording import SAYS, Typed, as_lines
from portal.casework.topics.models import Topic
from portal.desk.admin.versions import VersionedForm
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.web.forms import labelled, say
from portal.web.language import language


class QuestionForm(VersionedForm):
    """A question. The page sets what there is to choose of topics and of answers to earlier questions."""

    text_th = StringField(N_("Question in Thai"))
    text_en = StringField(N_("Question in English (may be empty)"))
    help_th = StringField(N_("Help in Thai (may be empty)"))
    help_en = StringField(N_("Help in English (may be empty)"))
    sure = BooleanField(N_("It does not ask who the sender is"))
    key = StringField(N_("Name for other systems (may be empty)"))
    type = RadioField(
        N_("What an answer looks like"), choices=labelled(QuestionType), default=QuestionType.SHORT.value, validate_choice=False
    )
    choices = TextAreaField(N_("Choices"))
    required = BooleanField(N_("It must be answered"))
    kinds = SelectMultipleField(N_("Only for some kinds of matter"), choices=labelled(KINDS_IN_ORDER), validate_choice=False)
    topics = SelectMultipleField(N_("Only about some topics"), choices=list, validate_choice=False)
    only_if = SelectMultipleField(N_("Only after certain answers to one earlier question"), choices=list, validate_choice=False)

    def typed(self) -> Typed:
        """As it was typed."""
        texts: dict[str, Any] = {
            name: str(self[name].data or "") for name in ("type", "text_th", "text_en", "help_th", "help_en", "choices")
        }
        several: dict[str, Any] = {name: tuple(self[name].data or ()) for name in ("kinds", "topics", "only_if")}
        return replace(Typed(**several), **texts, required=bool(self.required.data), sure=bool(self.sure.data))

    def offer(self, topics: Sequence[Topic], earlier: Sequence[Asked]) -> None:
        """What can be chosen: topics, and answers to questions that stand before this one."""
        self.topics.choices = [SelectChoice(value=topic.slug, label=pick(language(), topic.name_th, topic.name_en)) for topic in topics]
        self.only_if.choices = [
            SelectChoice(
                value=f"{one.key}{SAYS}{choice.key}",
                label=f"{pick(language(), one.text_th, one.text_en)}: {say(choice_words(one, choice, language()))}",
            )
            for one in earlier
            if one.type in DECIDING
            for choice in one.options
        ]


def form_of(question: Question) -> QuestionForm:
    """As the question stands now."""
    asked = question.latest.asked
    return QuestionForm(
        data={
            **{name: getattr(asked, name) for name in ("text_th", "text_en", "help_th", "help_en", "required")},
            "type": asked.type.value,
            "choices": as_lines(asked.choices),
            "kinds": sorted(asked.kinds),
            "topics": sorted(asked.topics),
            "only_if": [f"{asked.after}{SAYS}{choice}" for choice in sorted(asked.after_any)],
        }
    )

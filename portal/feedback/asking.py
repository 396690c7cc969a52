"""An agency's own questions as fields of a form, each under the name ``answers.<key>``. In words: ``docs/rules/questions.md``."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE, is_slug
from portal.casework.questions.queries import asked_at
from portal.casework.questions.rules import PREFIX, Asked, QuestionType, choice_words
from portal.casework.rules import KIND_LABELS
from portal.casework.topics.queries import topics_of
from portal.feedback.forms import FeedbackForm
from portal.kernel.thai_text import pick
from portal.web.forms import WordsField, say
from portal.web.language import language

Fields = MultiDict[str, str]
_KINDS: dict[QuestionType, type[Field]] = {
    QuestionType.SHORT: StringField,
    QuestionType.NUMBER: StringField,
    QuestionType.DAY: StringField,
    QuestionType.LONG: WordsField,
    QuestionType.ONE: RadioField,
    QuestionType.YES_NO: RadioField,
    QuestionType.SEVERAL: SelectMultipleField,
}


def feedback_form(
    session: Session, moment: datetime, slug: str, typed: Fields | None = None, data: Mapping[str, Any] | None = None
) -> FeedbackForm:
    """The form with the questions that the agency asks now; without an agency of this name it is the form alone."""
    agency = agencies.by_slug(session, slug) if is_slug(slug) else None
    if agency is None or agency.level not in ADDRESSABLE or agency.is_closed:
        form = FeedbackForm(typed, data=data)
        form.answers = answers_in(typed, ()) if typed is not None else {}
        return form
    return with_questions(session, agency, asked_at(session, agency.id, moment), typed, data)


def with_questions(
    session: Session, agency: Agency, questions: Sequence[Asked], typed: Fields | None = None, data: Mapping[str, Any] | None = None
) -> FeedbackForm:
    """The form with these questions of the agency."""
    form = _class_with(questions)(typed, data=data)
    form.asked_for, form.questions = agency.slug, questions
    form.answers = answers_in(typed, questions) if typed is not None else {}
    topics = _topic_names(session, agency, questions)
    by_key = {question.key: question for question in questions}
    for question in questions:
        field = form[question.field]
        field.label.text = _label(question)
        field.description = _hint(question, by_key, topics)
        if question.options:
            field.choices = _choices(question)
    return form


def answers_in(typed: Fields, questions: Sequence[Asked]) -> dict[str, object]:
    """What was answered, by key, the empty left out; also what no question of these asks."""
    several = {question.key for question in questions if question.type is QuestionType.SEVERAL}
    found: dict[str, object] = {}
    for name in typed:
        key = name.removeprefix(PREFIX)
        value = typed.getlist(name) if key in several else typed[name]
        if name.startswith(PREFIX) and value not in ("", [""]):
            found[key] = value
    return found


def _class_with(questions: Sequence[Asked]) -> type[FeedbackForm]:
    """The fields stand after the details on the page, so they do in the summary of errors."""
    fields = {question.field: _field(question) for question in questions}
    place = FeedbackForm.body.creation_counter
    for number, field in enumerate(fields.values(), start=1):
        field.creation_counter = place + number / 1000
    return cast("type[FeedbackForm]", type("FeedbackFormWithQuestions", (FeedbackForm,), fields))


def _field(question: Asked) -> Any:
    # The words come later: PortalForm would look for a translation of what the agency wrote.
    kind = _KINDS[question.type]
    if question.options:
        return kind("", choices=list, validate_choice=False)
    return kind("")


def _label(question: Asked) -> str:
    words = pick(language(), question.text_th, question.text_en)
    return words if question.required else str(_("%(question)s (optional)", question=words))


def _choices(question: Asked) -> list[SelectChoice]:
    """Where one need not answer there is a choice that says nothing: without scripts a radio button cannot be taken back."""
    made = [SelectChoice(value=choice.key, label=say(choice_words(question, choice, language()))) for choice in question.options]
    if question.may_be_left and question.type is not QuestionType.SEVERAL:
        made.append(SelectChoice(value="", label=_("No answer")))
    return made


def _hint(question: Asked, by_key: Mapping[str, Asked], topics: Mapping[str, str]) -> str:
    """The help text, and in words when the question is asked."""
    said = [pick(language(), question.help_th, question.help_en)]
    if question.kinds:
        said.append(_("Only for: %(what)s", what=", ".join(_(label) for kind, label in KIND_LABELS.items() if kind in question.kinds)))
    if question.topics:
        said.append(_("Only about: %(what)s", what=", ".join(topics.get(slug, slug) for slug in sorted(question.topics))))
    if question.after in by_key:
        before = by_key[question.after]
        answers = " / ".join(say(choice_words(before, choice, language())) for choice in before.options if choice.key in question.after_any)
        words = pick(language(), before.text_th, before.text_en)
        said.append(_("Only if you answered “%(answer)s” to “%(question)s”", answer=answers, question=words))
    return " · ".join(text for text in said if text)


def _topic_names(session: Session, agency: Agency, questions: Sequence[Asked]) -> dict[str, str]:
    if not any(question.topics for question in questions):
        return {}
    return {topic.slug: pick(language(), topic.name_th, topic.name_en) for topic in topics_of(session, [agency.id])}

"""What the form of an agency offers and asks."""

from collections.abc import Sequence
from typing import Any

from portal.agencies import queries
from portal.agencies.options import value_of
from portal.agencies.rules import ADDRESSABLE
from portal.api.blueprint import HEADERS, answers, get, refuses, unless_unchanged
from portal.api.language import in_language, language
from portal.api.lists import is_slug
from portal.api.records import reference
from portal.api.schemas.agencies import FormSchema
from portal.casework.options import API_OPEN
from portal.casework.questions.judging import LONG_MOST, SHORT_MOST
from portal.casework.questions.queries import asked_at
from portal.casework.questions.rules import Asked, QuestionType, choice_words
from portal.casework.service import kinds_of
from portal.casework.topics.queries import open_topics
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.page_cache import public_page

MOST = {QuestionType.SHORT: SHORT_MOST, QuestionType.LONG: LONG_MOST}


@get("/agencies/<slug>/form", "Agencies")
@audience(Audience.PUBLIC)
@public_page
@answers(200, FormSchema, "The form", headers=HEADERS)
@unless_unchanged
@refuses(404, 422, 503)
def form(slug: str) -> dict[str, Any]:
    """Read what the form of an agency offers and asks now; a later change is judged when a submission comes."""
    found = queries.by_slug(db.session, slug) if is_slug(slug) else None
    if found is None or found.level not in ADDRESSABLE:
        raise NotFound
    return {
        "agency": reference(found),
        "takes_submissions": not found.is_closed and value_of(db.session, API_OPEN, found.id),
        "kinds": kinds_of(db.session, found),
        "topics": [{"slug": topic.slug, "name": in_language(topic.name_th, topic.name_en)} for topic in open_topics(db.session, found.id)],
        "questions": _described([] if found.is_closed else asked_at(db.session, found.id, now())),
    }


def _described(questions: Sequence[Asked]) -> list[dict[str, Any]]:
    return [
        {
            "key": question.key,
            "type": question.type,
            "question": in_language(question.text_th, question.text_en),
            "help": in_language(question.help_th, question.help_en),
            "required": question.required,
            "most": MOST.get(question.type),
            "kinds": sorted(question.kinds),
            "topics": sorted(question.topics),
            "choices": [{"key": choice.key, "label": say(choice_words(question, choice, language()))} for choice in question.options],
            "only_if": {"question": question.after, "any_of": sorted(question.after_any)} if question.after else None,
        }
        for question in questions
    ]

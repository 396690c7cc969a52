"""Codes of columns with a meaning, in the reader's language."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.casework.topics.queries import open_topics
from portal.feedback.sheets.fields import CODED, Field
from portal.kernel.thai_text import pick
from portal.web.language import language


def choices_of(session: Session, agency_id: int) -> dict[Field, dict[str, str]]:
    """Label of each code, by field; topics are the agency's own."""
    choices = {field: {code: _(label) for code, label in labels.items()} for field, labels in CODED.items()}
    topics = {topic.slug: pick(language(), topic.name_th, topic.name_en) for topic in open_topics(session, agency_id)}
    return {**choices, Field.TOPIC: topics}

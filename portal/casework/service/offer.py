"""Whether an agency takes what was handed in: its form open, the kind on offer, the topic its own (``docs/rules/topics.md``)."""

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options import value_of, values_of
from portal.casework.options import API_OPEN, CLOSED_SENTENCE_EN, CLOSED_SENTENCE_TH, FORM_OPEN, KINDS_OFFERED
from portal.casework.rules import KIND_LABELS, CaseKind, KeyScope
from portal.casework.topics import queries as topics
from portal.casework.topics.models import Topic
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick

#: Stands between the slugs of agency and topic where a page offers topics of several agencies.
BETWEEN = ":"
CLOSED = N_("This agency does not take matters on the website at present; call or write to it, or come to the office")
API_CLOSED = Message(N_("This agency takes no matters from other systems at present"))


def check_offer(session: Session, agency: Agency, scope: KeyScope, kind: CaseKind, language: str = "th") -> None:
    """Raise ``Invalid`` if the way is closed (``agency``) or the kind is not offered (``kind``); officers may enter everything."""
    if scope is KeyScope.DESK:
        return
    values = values_of(session, [FORM_OPEN, API_OPEN, KINDS_OFFERED, CLOSED_SENTENCE_TH, CLOSED_SENTENCE_EN], agency.id)
    if scope is KeyScope.FORM and not values[FORM_OPEN.key]:
        raise Invalid({"agency": [_closed(values, language)]})
    if scope is KeyScope.API and not values[API_OPEN.key]:
        raise Invalid({"agency": [API_CLOSED]})
    if kind.value not in values[KINDS_OFFERED.key]:
        said = Message(N_("This agency does not take “%(kind)s” here; choose another kind"), {"kind": Message(KIND_LABELS[kind])})
        raise Invalid({"kind": [said]})


def closed_sentence(session: Session, agency: Agency, language: str) -> Message | None:
    """What the public reads where the agency's form is closed; None while it is open."""
    values = values_of(session, [FORM_OPEN, CLOSED_SENTENCE_TH, CLOSED_SENTENCE_EN], agency.id)
    return None if values[FORM_OPEN.key] else _closed(values, language)


def kinds_of(session: Session, agency: Agency) -> list[CaseKind]:
    """The kinds that the agency offers, in its order; a code that is known no more is left out."""
    return [CaseKind(value) for value in value_of(session, KINDS_OFFERED, agency.id) if value in list(CaseKind)]


def topic_of(session: Session, agency: Agency | None, typed: str) -> Topic | None:
    """The topic that was chosen, by slug or by ``agency:slug``; None if none was. Raises ``Invalid`` for one the agency does not offer."""
    whose, _, slug = typed.strip().rpartition(BETWEEN)
    if not slug:
        return None
    if agency is None or (whose and whose != agency.slug):
        raise Invalid({"topic": [Message(N_("This topic belongs to another agency; choose one of the agency you write to, or none"))]})
    topic = topics.by_slug(session, agency.id, slug)
    if topic is None or topic.closed_at is not None:
        raise Invalid({"topic": [Message(N_("The agency does not offer this topic; choose one from the list, or none"))]})
    return topic


def _closed(values: dict[str, str], language: str) -> Message:
    own = pick(language, values[CLOSED_SENTENCE_TH.key], values[CLOSED_SENTENCE_EN.key])
    # the agency's own words are no text of ours: nothing to translate
    return Message("%(sentence)s", {"sentence": own}) if own else Message(CLOSED)

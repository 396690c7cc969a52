"""What the form for citizens offers: kinds, and topics as lines of text."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options.queries import rows_of
from portal.agencies.options.service import set_option
from portal.casework.options import KINDS_OFFERED
from portal.casework.topics import queries as topics_at
from portal.casework.topics import service as topics
from portal.casework.topics.models import Topic
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.setup.rules import Step
from portal.setup.service.agency import agency_of
from portal.setup.service.hand import Hand, mark, take

#: Name in Thai, name in English or nothing.
Names = tuple[str, str]


def save_form(session: Session, now: datetime, hand: Hand, kinds: Sequence[str], wanted: Sequence[Names]) -> None:
    """Offer these kinds and, in this order, these topics; topics that are no longer wanted are closed. Raises ``Invalid`` by field."""
    row = take(session, now, hand)
    agency = agency_of(row)
    set_before = rows_of(session, [KINDS_OFFERED.key], agency.id).get(KINDS_OFFERED.key)
    set_option(session, hand.actor, now, KINDS_OFFERED, agency, kinds, set_before.row_version if set_before else 0)
    offered = {topic.name_th: topic for topic in topics_at.open_topics(session, agency.id)}
    names = {name_th for name_th, _name_en in wanted}
    for name_th, topic in offered.items():
        if name_th not in names:
            topics.close_topic(session, hand.actor, now, topic, topic.row_version)
    order = [_offered(session, now, hand, offered, agency, pair) for pair in wanted]
    if order:
        topics.order_topics(session, hand.actor, now, agency, order)
    mark(session, row, Step.FORM)


def _offered(session: Session, now: datetime, hand: Hand, offered: dict[str, Topic], agency: Agency, names: Names) -> str:
    """Address of the topic of this name, added or given its English name where needed."""
    name_th, name_en = names
    topic = offered.get(name_th)
    try:
        if topic is None:
            topic = topics.add_topic(session, hand.actor, now, agency, name_th, name_en)
        elif topic.name_en != name_en:
            topics.edit_topic(session, hand.actor, now, topic, name_th, name_en, topic.row_version)
    except Invalid as invalid:
        said = [message for messages in invalid.fields.values() for message in messages]
        named = [Message(N_("“%(topic)s”: %(said)s"), {"topic": name_th[:60], "said": message}) for message in said]
        raise Invalid({"topics": named}) from invalid
    return topic.slug

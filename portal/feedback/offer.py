"""What the form offers: agencies, and kinds and topics of the one that is written to. All of it stands in the page: scripts may be off."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.joining.queries import read_along_everywhere
from portal.agencies.models import Agency
from portal.agencies.options import values_everywhere
from portal.casework.options import FORM_OPEN, KINDS_IN_ORDER, KINDS_OFFERED
from portal.casework.queries import rules_now
from portal.casework.rules import CaseKind
from portal.casework.service import BETWEEN, closed_sentence, kinds_of
from portal.casework.service.submission import UNSURE
from portal.casework.topics import queries as topics
from portal.casework.topics.models import Topic
from portal.kernel.clock_rule import DEFAULT_RULE
from portal.kernel.messages import Message
from portal.kernel.thai_calendar import fiscal_year
from portal.kernel.thai_text import pick
from portal.web.language import language

#: Beyond this a list of every agency's topics helps nobody: it is shown for one agency at a time.
TOPICS_MOST = 150


@dataclass(frozen=True)
class Offer:
    """Choices of the form. ``topics`` are groups: the agency's name (empty where there is only one) with its topics."""

    agencies: Sequence[SelectChoice]
    kinds: Sequence[SelectChoice]
    topics: Sequence[tuple[str, Sequence[SelectChoice]]]
    closed: Message | None
    #: Within how many calendar days there is an answer; None where that depends on the kind or on working days.
    days: int | None
    #: The agency that is chosen, and the provinces whose governors read along what is sent to it.
    chosen: Agency | None
    read_by: Sequence[Agency]
    #: Slug of the agency whose topics stand alone, without its name; empty where topics are named with their agency.
    alone: str = ""

    def topic(self, typed: str, agency: str) -> str:
        """What was chosen, as this page names it; empty if it belongs to another agency."""
        whose, _, slug = typed.rpartition(BETWEEN)
        if self.alone:
            return slug if whose in ("", self.alone) else ""
        return f"{whose or agency}{BETWEEN}{slug}" if slug else ""


def offer(session: Session, moment: datetime, wanted: str, *, only: bool) -> Offer:
    """``wanted`` is the slug that is chosen now; ``only``: the sender has chosen it, so nothing of other agencies is offered."""
    found = agencies.addressable(session)
    chosen = next((agency for agency in found if agency.slug == wanted), None)
    alone = chosen if only else None
    governors = read_along_everywhere(session)
    return Offer(
        agencies=_agencies(session, found, governors),
        kinds=_kinds(session, found, alone),
        topics=_topics(session, found, alone, chosen),
        closed=closed_sentence(session, chosen, language()) if chosen else None,
        days=days_of(session, moment, chosen) if chosen else DEFAULT_RULE.days,
        chosen=chosen,
        read_by=[one for one in found if chosen and one.id in governors.get(chosen.id, ())],
        alone=alone.slug if alone else "",
    )


def days_of(session: Session, moment: datetime, agency: Agency) -> int | None:
    """Within how many calendar days the agency answers every kind of matter; None where there is no such number."""
    found = {(rule.days, rule.working) for rule in rules_now(session, agency, fiscal_year(moment)).values()}
    days, working = found.pop()
    return None if found or working else days


def _agencies(session: Session, found: Sequence[Agency], governors: Container[int]) -> list[SelectChoice]:
    is_open = values_everywhere(session, FORM_OPEN, [agency.id for agency in found])
    unsure = SelectChoice(value=UNSURE, label=_("I am not sure, please pass it to the right one"))
    return [
        *(SelectChoice(value=agency.slug, label=label_of(agency, is_open[agency.id], governed=agency.id in governors)) for agency in found),
        unsure,
    ]


def label_of(agency: Agency, is_open: bool, *, governed: bool) -> str:
    """The agency as a form offers it; ``governed``: a governor reads along, which whoever chooses it knows before sending."""
    name = pick(language(), agency.name_th, agency.name_en)
    if governed:
        name = _("%(agency)s (the governor reads along)", agency=name)
    if not is_open:
        name = _("%(agency)s (closed at present)", agency=name)
    return _("%(agency)s (invented for demonstration)", agency=name) if agency.is_sample else name


def _kinds(session: Session, found: Sequence[Agency], alone: Agency | None) -> list[SelectChoice]:
    """Of one agency its own in its order, else every kind that some agency takes."""
    if alone:
        offered = kinds_of(session, alone)
    else:
        taken = values_everywhere(session, KINDS_OFFERED, [agency.id for agency in found]).values()
        offered = [kind for kind in KINDS_IN_ORDER if any(kind.value in codes for codes in taken) or not taken]
    return [SelectChoice(value=kind.value, label=_kind(kind)) for kind in offered]


def _kind(kind: CaseKind) -> str:
    label: str = _(kind.label)
    return label


def _topics(
    session: Session, found: Sequence[Agency], alone: Agency | None, chosen: Agency | None
) -> list[tuple[str, Sequence[SelectChoice]]]:
    offered = topics.open_topics_of(session, [alone.id] if alone else [agency.id for agency in found])
    if sum(map(len, offered.values())) > TOPICS_MOST:
        offered = {chosen.id: offered[chosen.id]} if chosen and chosen.id in offered else {}
    named = [(agency, offered[agency.id]) for agency in found if agency.id in offered]
    return [("" if alone else pick(language(), agency.name_th, agency.name_en), _choices(agency, mine, alone)) for agency, mine in named]


def _choices(agency: Agency, offered: Sequence[Topic], alone: Agency | None) -> list[SelectChoice]:
    front = "" if alone else agency.slug + BETWEEN
    return [SelectChoice(value=front + topic.slug, label=pick(language(), topic.name_th, topic.name_en)) for topic in offered]

"""The page of the queue."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from portal.accounts.models import User
from portal.casework import queries
from portal.casework.bulk.rules import What
from portal.casework.desk.asked import Asked, colleagues, read_asked, topic_code
from portal.casework.desk.next_case import done_words
from portal.casework.kept_views.queries import views_of
from portal.casework.kept_views.reading import asked_of, gone
from portal.casework.models import Case, CaseTag, Topic
from portal.casework.rules import CaseKind
from portal.casework.tags import queries as tags
from portal.casework.topics.queries import topics_of
from portal.desk.queries import units_of
from portal.desk.queue.left import GROUPS, Saved, beside, count_text, countable, parts, saved_views, waiting_beside
from portal.desk.queue.rows import rows_of
from portal.desk.welcome import welcome
from portal.kernel.actor import CASE_ROLES, Actor, Role
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language

bp = Blueprint("desk", __name__)


@bp.get("/desk")
@audience(Audience.DESK, *Role)
def index() -> str:
    """``?filter=`` a part of the queue, ``?view=`` a saved view; ``?q=`` number or words and what ``desk.asked`` reads narrow it."""
    actor, moment, session = current_actor(), now(), db.session
    if not actor.has_role(*CASE_ROLES):
        return welcome(actor)
    offered = tags.offered(session, actor)
    saved = _saved(actor, {tag.key: tag for tag in offered})
    current = next((one for one in saved if one.view.key == request.args.get("view")), None)
    asked = (current.asked if current else None) or read_asked(session, actor, request.args)
    nothing = current is not None and current.asked is None
    query = queries.queue(actor, moment, asked.shown, asked.narrowing).order_by(None).where(*([Case.id < 0] if nothing else []))
    page = paginate(session, query, [(Case.due_on, "asc"), (Case.id, "asc")], per_page(), request.args.get("cursor"))
    with_number = countable(saved)
    of_saved = [(a.shown, a.narrowing) for one in with_number if (a := one.asked)]
    counted, others = queries.counts_with(session, actor, moment, of_saved, waiting_beside(actor))
    of_views, of_beside = others[: len(of_saved)], others[len(of_saved) :]
    of_views_by_key = {one.view.key: count for one, count in zip(with_number, of_views, strict=True)}
    topics = topics_of(session, actor.agencies(*CASE_ROLES))
    return render_template(
        "desk/queue.html",
        asked=asked,
        view=current.view if current else None,
        view_gone=[say(words) for words in gone(actor, current.view, current.asked)] if current else [],
        rows=rows_of(page, actor, office_day(moment)),
        next_url=next_url(page),
        count=_count_of(asked, current, counted[asked.shown], of_views_by_key),
        views={group: parts(filters, asked, counted, actor, in_view=current is not None) for group, filters in GROUPS.items()},
        saved=saved_views(saved, of_views_by_key, current.view.key if current else ""),
        aside=beside(actor, office_day(moment), of_beside),
        kinds=list(CaseKind),
        units=units_of(session, actor.agencies(*CASE_ROLES)),
        topics=[(topic_code(topic), _topic_name(topic, topics)) for topic in topics],
        asked_topic=topic_code(asked.topic) if asked.topic else "",
        tags=[(tag.key, _tag_name(tag, offered)) for tag in offered],
        owners=_owners(actor, asked),
        bulk_kinds=list(What),
        today=moment,
        done=done_words(request.args.get("done", "")),
        noindex=True,
    )


def _saved(actor: Actor, known: dict[str, CaseTag]) -> list[Saved]:
    return [Saved(view, asked_of(db.session, actor, view, known)) for view in views_of(db.session, actor)]


def _count_of(asked: Asked, current: Saved | None, of_part: int, of_views: dict[str, int]) -> int | str | None:
    """None where the list is narrowed to something that is not counted."""
    if current is not None:
        return count_text(of_views[current.view.key]) if current.view.key in of_views else None
    return count_text(of_part) if asked.narrowing.is_whole else None


def _owners(actor: Actor, asked: Asked) -> list[User]:
    """Colleagues to narrow by; whoever the address or a view names stands there even after leaving."""
    people = [user for user in colleagues(db.session, actor) if user.id != actor.user_id]
    return people if asked.person is None or asked.person in people else [*people, asked.person]


def _topic_name(topic: Topic, every: Sequence[Topic]) -> str:
    code, agency = language(), topic.agency
    name = pick(code, topic.name_th, topic.name_en)
    if len({other.agency_id for other in every}) == 1:
        return name
    return f"{pick(code, agency.short_th or agency.name_th, agency.short_en or agency.name_en)} · {name}"


def _tag_name(tag: CaseTag, every: Sequence[CaseTag]) -> str:
    """Two agencies may have the same word."""
    if len([other for other in every if other.fold == tag.fold]) == 1:
        return tag.name
    code, agency = language(), tag.agency
    return f"{tag.name} · {pick(code, agency.short_th or agency.name_th, agency.short_en or agency.name_en)}"

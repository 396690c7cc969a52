"""The queue of cases: soonest due first, read like a good mail client."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from portal.accounts.models import User
from portal.accounts.queries import by_public_id
from portal.agencies.models import Agency
from portal.casework import queries
from portal.casework.desk.due import Due, due_of
from portal.casework.desk.next_case import home_filter
from portal.casework.desk.views import DONE
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.casework.queries.queue import COUNTED_MOST
from portal.casework.routing import late_before, routing_days
from portal.casework.rules import CaseKind, Status
from portal.casework.service import BETWEEN
from portal.casework.standing_in import stands_in
from portal.casework.topics.models import Topic
from portal.casework.topics.queries import topics_of
from portal.desk.queries import units_of
from portal.desk.welcome import welcome
from portal.feedback.boxes.queries.boxes import count_overdue
from portal.feedback.mail_in import queries as mail_in
from portal.feedback.petitions import queries as petitions
from portal.feedback.petitions.queries import Todo
from portal.feedback.transcribing import queries as transcribing
from portal.kernel.actor import CASE_ROLES, Actor, Role
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import excerpt, normalise, pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Page, next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language

bp = Blueprint("desk", __name__)
SNIPPET = 130  # characters; the page cuts what does not fit
SEARCH_MOST = 200
#: The left column: what needs an officer, the whole pile, and what is left to do after the answer.
GROUPS = {
    "mine": (Filter.MINE, Filter.TO_SIGN, Filter.PROPOSED),
    "all": (Filter.OPEN, Filter.POOL, Filter.UNASSIGNED, Filter.OVERDUE, Filter.SOON, Filter.WAITING, Filter.CONTESTED),
    "after": (Filter.ANSWERED, Filter.TO_PUBLISH),
}
#: A count above zero is red.
PRESSING = frozenset({Filter.OVERDUE, Filter.UNASSIGNED, Filter.CONTESTED, Filter.TO_SIGN})
#: Stand there only for those who have one.
SELDOM = frozenset({Filter.POOL, Filter.TO_SIGN, Filter.PROPOSED})


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what makes no sense is left out."""

    shown: Filter
    text: str
    kind: CaseKind | None
    unit: Agency | None
    topic: Topic | None = None
    owner: User | None = None


@dataclass(frozen=True)
class Row:
    """One case as the list shows it. ``where`` names the agency where the officer works for several."""

    case: Case
    due: Due
    words: str
    snippet: str
    owner: str
    is_mine: bool
    #: It belongs to somebody who is away, for whom the officer stands in.
    stands_in: bool
    where: str
    #: By when the pool desk routes it, and whether that day has passed; None where nobody has to.
    route_by: date | None = None
    is_late_to_route: bool = False

    @property
    def classes(self) -> str:
        """Edge and weight of the row."""
        edge = {"late": "is-late", "soon": "is-soon"}.get(self.due.state, "")
        return f"{edge} {'is-new' if self.case.status is Status.RECEIVED else ''}".strip()


@dataclass(frozen=True)
class View:
    """A part of the queue in the left column. ``count`` is a text where counting stopped."""

    text: str
    href: str
    current: bool
    count: int | str
    late: bool


@bp.get("/desk")
@audience(Audience.DESK, *Role)
def index() -> str:
    """``?filter=`` a part, ``?q=`` number or words, ``?kind=``, ``?unit=``, ``?topic=``, ``?owner=`` narrow it, ``?cursor=``."""
    actor, moment = current_actor(), now()
    if not actor.has_role(*CASE_ROLES):
        return welcome(actor)
    units = units_of(db.session, actor.agencies(*CASE_ROLES))
    topics = topics_of(db.session, actor.agencies(*CASE_ROLES))
    asked = _asked(actor, units, topics)
    query = queries.queue(
        actor,
        moment,
        asked.shown,
        kind=asked.kind,
        unit_id=asked.unit.id if asked.unit else None,
        topic_id=asked.topic.id if asked.topic else None,
        owner_id=asked.owner.id if asked.owner else None,
        text=asked.text,
    ).order_by(None)
    page = paginate(db.session, query, [(Case.due_on, "asc"), (Case.id, "asc")], per_page(), request.args.get("cursor"))
    counted = queries.counts(db.session, actor, moment)
    return render_template(
        "desk/queue.html",
        asked=asked,
        rows=_rows(page, actor, office_day(moment)),
        next_url=next_url(page),
        count=_count(counted[asked.shown]) if _is_whole(asked) else None,
        views={group: _views(filters, asked, counted, actor) for group, filters in GROUPS.items()},
        aside=[*_aside(actor, office_day(moment)), *_to_type(actor), *_petitions(actor)],
        kinds=list(CaseKind),
        units=units,
        topics=[(_topic_code(topic), _topic_name(topic, topics)) for topic in topics],
        asked_topic=_topic_code(asked.topic) if asked.topic else "",
        today=moment,
        done=_done(),
        noindex=True,
    )


def _asked(actor: Actor, units: Sequence[Agency], topics: Sequence[Topic]) -> Asked:
    args = request.args
    text = " ".join(normalise(args.get("q", ""))[:SEARCH_MOST].split())
    wanted = args.get("filter", "")
    # A search without a chosen part looks through everything, closed cases too.
    shown = Filter(wanted) if wanted in list(Filter) else Filter.OPEN if text else home_filter(actor)
    kind = CaseKind(args["kind"]) if args.get("kind") in list(CaseKind) else None
    unit = next((unit for unit in units if unit.slug == args.get("unit")), None)
    topic = next((topic for topic in topics if _topic_code(topic) == args.get("topic")), None)
    return Asked(shown, text, kind, unit, topic, by_public_id(db.session, args["owner"]) if args.get("owner") else None)


def _topic_code(topic: Topic) -> str:
    """Two agencies may have topics of the same slug."""
    return f"{topic.agency.slug}{BETWEEN}{topic.slug}"


def _topic_name(topic: Topic, every: Sequence[Topic]) -> str:
    code, agency = language(), topic.agency
    name = pick(code, topic.name_th, topic.name_en)
    if len({other.agency_id for other in every}) == 1:
        return name
    return f"{pick(code, agency.short_th or agency.name_th, agency.short_en or agency.name_en)} · {name}"


def _is_whole(asked: Asked) -> bool:
    """True if nothing narrows the part, so that its count is the list's."""
    return not (asked.text or asked.kind or asked.unit or asked.topic or asked.owner)


def _rows(page: Page[Case], actor: Actor, today: date) -> list[Row]:
    several = len(actor.agencies(*CASE_ROLES)) > 1
    days = routing_days(db.session, page.items)
    return [_row(case, actor, today, several, days.get(case.id)) for case in page.items]


def _row(case: Case, actor: Actor, today: date, several: bool, day: date | None) -> Row:
    due, code = due_of(case, today), language()
    agency = case.agency
    return Row(
        case=case,
        due=due,
        words=say(due.words),
        snippet=excerpt(case.body, SNIPPET),
        owner=pick(code, case.owner.name_th, case.owner.name_en) if case.owner else "",
        is_mine=case.owner_id == actor.user_id,
        stands_in=stands_in(actor, case),
        where=pick(code, agency.short_th or agency.name_th, agency.short_en or agency.name_en) if several else "",
        route_by=day,
        is_late_to_route=day is not None and day < today,
    )


def _views(filters: Sequence[Filter], asked: Asked, counted: dict[Filter, int], actor: Actor) -> list[View]:
    """What few have stands there for those who have it; the pool is red where something should have been routed by now."""
    views = [_view(shown, asked, counted) for shown in filters if shown not in SELDOM or counted[shown] or asked.shown is shown]
    late = Filter.POOL in filters and counted[Filter.POOL] and _late_in_pool(actor)
    return [replace(view, late=True) if late and view.text == _(Filter.POOL.label) else view for view in views]


def _late_in_pool(actor: Actor) -> bool:
    session, moment = db.session, now()
    held = queries.pool_of(session, actor)
    return any(queries.count_late(session, actor, agency_id, late_before(session, agency_id, moment)) for agency_id in held)


def _view(shown: Filter, asked: Asked, counted: dict[Filter, int]) -> View:
    number = counted[shown]
    return View(
        text=_(shown.label),
        href=url_for("desk.index", filter=shown.value),
        current=shown is asked.shown,
        count=_count(number),
        late=shown in PRESSING and number > 0,
    )


def _aside(actor: Actor, today: date) -> list[View]:
    """What lies in quarantine, e-mails that wait, and boxes that should have been opened; nothing where there is nothing."""
    session = db.session
    waiting = (
        (_("To be looked at first"), "quarantine.index", queries.count_aside(session, actor, COUNTED_MOST)),
        (_("E-mails that wait"), "mail_in.index", mail_in.count_waiting(session, actor, COUNTED_MOST)),
        (_("Boxes overdue"), "boxes_desk.index", count_overdue(session, actor, today)),
    )
    return [View(text, url_for(page), current=False, count=_count(number), late=True) for text, page, number in waiting if number]


def _to_type(actor: Actor) -> list[View]:
    """Letters and slips that wait to be typed or checked; nothing where none wait."""
    number = transcribing.count_waiting(db.session, actor)
    count = number if number <= transcribing.COUNTED_MOST else f"{transcribing.COUNTED_MOST}+"
    return [View(_("Letters to be typed"), url_for("transcribing.index"), current=False, count=count, late=False)] if number else []


def _petitions(actor: Actor) -> list[View]:
    """What is to be done with petitions: reviews, owed answers, supports to be checked; nothing where there is nothing."""
    counted = petitions.counts(db.session, actor)
    return [
        View(_petition_part(what), _todo_url(what), current=False, count=_count(number), late=what is not Todo.CHECK)
        for what, number in counted.items()
        if number
    ]


def _petition_part(what: Todo) -> str:
    part: str = _("Petitions: %(what)s", what=_(what.label))
    return part


def _todo_url(what: Todo) -> str:
    return url_for("petitions_desk.index", part=what.value)


def _count(number: int) -> int | str:
    return number if number <= COUNTED_MOST else f"{COUNTED_MOST:,}+"


def _done() -> str:
    done = DONE.get(request.args.get("done", ""))
    return _(done) if done else ""

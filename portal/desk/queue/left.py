"""The left column: parts of the queue, saved views, and what else waits at this desk, each with how much it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from portal.casework import queries
from portal.casework.bulk import queries as bulk
from portal.casework.desk.asked import Asked
from portal.casework.exposed import queries as exposed
from portal.casework.kept_views.models import KeptView
from portal.casework.mentions import service as mentions
from portal.casework.queries import Filter
from portal.casework.queries.queue import COUNTED_MOST
from portal.casework.raising.following import count_raised_by
from portal.casework.routing import late_before
from portal.feedback.boxes.queries.boxes import count_overdue
from portal.feedback.mail_in import queries as mail_in
from portal.feedback.petitions import queries as petitions
from portal.feedback.petitions.queries import Todo
from portal.feedback.transcribing import queries as transcribing
from portal.kernel.actor import Actor
from portal.web.clock import now
from portal.web.database import db

#: What needs an officer, the whole pile, and what is left to do after the answer.
GROUPS = {
    "mine": (Filter.MINE, Filter.TO_SIGN, Filter.PROPOSED, Filter.SNOOZED),
    "all": (Filter.OPEN, Filter.POOL, Filter.UNASSIGNED, Filter.OVERDUE, Filter.SOON, Filter.WAITING, Filter.CONTESTED),
    "after": (Filter.ANSWERED, Filter.TO_PUBLISH),
}
#: A count above zero is red.
PRESSING = frozenset({Filter.OVERDUE, Filter.UNASSIGNED, Filter.CONTESTED, Filter.TO_SIGN})
#: They stand there only while something is in them.
ONLY_IF_ANY = frozenset({Filter.POOL, Filter.TO_SIGN, Filter.PROPOSED, Filter.SNOOZED})
#: As many saved views are counted; the rest stand there without a number.
VIEWS_COUNTED = 12


@dataclass(frozen=True)
class View:
    """A line of the left column. ``count`` is a text where counting stopped, None where nothing was counted."""

    text: str
    href: str
    current: bool
    count: int | str | None
    late: bool


@dataclass(frozen=True)
class Saved:
    """A saved view with what it asks for now."""

    view: KeptView
    asked: Asked | None


def countable(saved: Sequence[Saved]) -> list[Saved]:
    """The saved views that get a number: a search for words would read every subject, and has none."""
    return [one for one in saved if one.asked is not None and not one.asked.text][:VIEWS_COUNTED]


def parts(filters: Sequence[Filter], asked: Asked, counted: Mapping[Filter, int], actor: Actor, *, in_view: bool) -> list[View]:
    """The pool stands there for those who have one; it is red where something should have been routed by now."""
    shown = [one for one in filters if one not in ONLY_IF_ANY or counted[one] or asked.shown is one]
    late = Filter.POOL in filters and counted[Filter.POOL] and _late_in_pool(actor)
    views = [_part(one, asked, counted, in_view=in_view) for one in shown]
    return [replace(view, late=True) if late and view.text == _(Filter.POOL.label) else view for view in views]


def saved_views(saved: Sequence[Saved], counts: Mapping[str, int], current: str) -> list[View]:
    """The saved views, one's own first."""
    return [
        View(
            text=one.view.name,
            href=url_for("desk.index", view=one.view.key),
            current=one.view.key == current,
            count=count_text(counts[one.view.key]) if one.view.key in counts else None,
            late=False,
        )
        for one in saved
    ]


def beside(actor: Actor, today: date, asked_of_us: int) -> list[View]:
    """What others ask of us (``asked_of_us``), lies in quarantine, waits as e-mail, boxes, letters, petitions; nothing where nothing is."""
    session = db.session
    waiting = (
        (_("To be looked at first"), "quarantine.index", queries.count_aside(session, actor, COUNTED_MOST)),
        (_("Personal data reported"), "cases_desk.exposed", exposed.count_waiting(session, actor, COUNTED_MOST)),
        (_("E-mails that wait"), "mail_in.index", mail_in.count_waiting(session, actor, COUNTED_MOST)),
        (_("Boxes overdue"), "boxes_desk.index", count_overdue(session, actor, today)),
    )
    views = [View(text, url_for(page), current=False, count=count_text(number), late=True) for text, page, number in waiting if number]
    if asked_of_us:
        views.insert(0, View(_("Asked of us"), url_for("asked.index"), current=False, count=count_text(asked_of_us), late=False))
    return [*_held_back(actor), *_mentioned(actor), *views, *_raised(actor), *_to_type(actor), *_petitions(actor)]


def count_text(number: int) -> int | str:
    """Exact up to where counting stops."""
    return number if number <= COUNTED_MOST else f"{COUNTED_MOST:,}+"


def _late_in_pool(actor: Actor) -> bool:
    session, moment = db.session, now()
    held = queries.pool_of(session, actor)
    return any(queries.count_late(session, actor, agency_id, late_before(session, agency_id, moment)) for agency_id in held)


def _part(shown: Filter, asked: Asked, counted: Mapping[Filter, int], *, in_view: bool) -> View:
    number = counted[shown]
    return View(
        text=_(shown.label),
        href=url_for("desk.index", filter=shown.value),
        current=shown is asked.shown and not in_view,
        count=count_text(number),
        late=shown in PRESSING and number > 0,
    )


def _held_back(actor: Actor) -> list[View]:
    """What one has answered or closed together and can still stop; nothing where nothing waits."""
    number, newest = bulk.held_by(db.session, actor)
    url = url_for("bulk.show", public_id=newest) if newest else ""
    return [View(_("Waits to go out"), url, current=False, count=count_text(number), late=False)] if number else []


def _mentioned(actor: Actor) -> list[View]:
    """What colleagues told one of and one has not read; nothing where there is nothing."""
    number = mentions.count_unread(db.session, actor, COUNTED_MOST)
    return [View(_("Mentioned"), url_for("mentions.index"), current=False, count=count_text(number), late=False)] if number else []


def _raised(actor: Actor) -> list[View]:
    """What was raised from here to an agency above and is still open there; nothing where there is nothing."""
    number = count_raised_by(db.session, actor, COUNTED_MOST)
    return [View(_("Raised by us"), url_for("raised.index"), current=False, count=count_text(number), late=False)] if number else []


def _to_type(actor: Actor) -> list[View]:
    """Letters and slips that wait to be typed or checked; nothing where none wait."""
    number = transcribing.count_waiting(db.session, actor)
    count = number if number <= transcribing.COUNTED_MOST else f"{transcribing.COUNTED_MOST}+"
    return [View(_("Letters to be typed"), url_for("transcribing.index"), current=False, count=count, late=False)] if number else []


def _petitions(actor: Actor) -> list[View]:
    """What is to be done with petitions: reviews, owed answers, supports to be checked; nothing where there is nothing."""
    counted = petitions.counts(db.session, actor)
    return [
        View(_petition_part(what), _todo_url(what), current=False, count=count_text(number), late=what is not Todo.CHECK)
        for what, number in counted.items()
        if number
    ]


def _petition_part(what: Todo) -> str:
    part: str = _("Petitions: %(what)s", what=_(what.label))
    return part


def _todo_url(what: Todo) -> str:
    return url_for("petitions_desk.index", part=what.value)

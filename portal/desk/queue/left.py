"""The left column: parts of the queue, saved views, and what else waits at this desk, each with how much it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ScalarSelect

from portal.casework import queries
from portal.casework.bulk import queries as bulk
from portal.casework.contributing import queries as contributing
from portal.casework.desk.asked import Asked
from portal.casework.exposed import queries as exposed
from portal.casework.kept_views.models import KeptView
from portal.casework.mentions import service as mentions
from portal.casework.queries import Filter
from portal.casework.queries.queue import COUNTED_MOST
from portal.casework.raising.following import raised_count
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


def waiting_beside(actor: Actor) -> list[ScalarSelect[int]]:
    """What ``beside`` wants counted, as columns: they are asked for together with the parts of the queue."""
    return [
        mentions.unread_count(actor, COUNTED_MOST),
        contributing.waiting_count(actor),
        queries.aside_count(actor, COUNTED_MOST),
        exposed.waiting_count(actor, COUNTED_MOST),
        mail_in.waiting_count(actor, COUNTED_MOST),
        raised_count(actor, COUNTED_MOST),
    ]


def beside(actor: Actor, today: date, counted: Sequence[int]) -> list[View]:
    """What waits beside the queue, nothing where nothing does; ``counted`` is what came of ``waiting_beside``."""
    mentioned, asked_of_us, aside, reported, mails, raised = counted
    waiting = (
        *_held_back(actor),
        View(_("Mentioned"), url_for("mentions.index"), current=False, count=mentioned, late=False),
        View(_("Asked of us"), url_for("asked.index"), current=False, count=asked_of_us, late=False),
        View(_("To be looked at first"), url_for("quarantine.index"), current=False, count=aside, late=True),
        View(_("Personal data reported"), url_for("cases_desk.exposed"), current=False, count=reported, late=True),
        View(_("E-mails that wait"), url_for("mail_in.index"), current=False, count=mails, late=True),
        View(_("Boxes overdue"), url_for("boxes_desk.index"), current=False, count=count_overdue(db.session, actor, today), late=True),
        View(_("Raised by us"), url_for("raised.index"), current=False, count=raised, late=False),
        *_to_type(actor),
        *_petitions(actor),
    )
    return [replace(view, count=count_text(view.count)) if isinstance(view.count, int) else view for view in waiting if view.count]


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
    """What one has done together and can still stop or take back; nothing where there is nothing."""
    found = bulk.at_hand(db.session, actor, now())
    waiting = (_("Waits to go out"), found.newest_waiting, found.waiting)
    undoable = (_("Can be taken back"), found.newest_undoable, found.undoable)
    return [
        View(text, url_for("bulk.show", public_id=newest), current=False, count=number, late=False)
        for text, newest, number in (waiting, undoable)
        if newest
    ]


def _to_type(actor: Actor) -> list[View]:
    """Letters and slips that wait to be typed or checked."""
    number = transcribing.count_waiting(db.session, actor)
    count = number if number <= transcribing.COUNTED_MOST else f"{transcribing.COUNTED_MOST}+"
    return [View(_("Letters to be typed"), url_for("transcribing.index"), current=False, count=count, late=False)]


def _petitions(actor: Actor) -> list[View]:
    """What is to be done with petitions: reviews, owed answers, supports to be checked."""
    counted = petitions.counts(db.session, actor)
    return [
        View(_petition_part(what), _todo_url(what), current=False, count=number, late=what is not Todo.CHECK)
        for what, number in counted.items()
    ]


def _petition_part(what: Todo) -> str:
    part: str = _("Petitions: %(what)s", what=_(what.label))
    return part


def _todo_url(what: Todo) -> str:
    return url_for("petitions_desk.index", part=what.value)

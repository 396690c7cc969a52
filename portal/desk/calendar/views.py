"""The calendar, the list of a day, and the file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement

from portal.accounts import queries as accounts
from portal.accounts.absence.queries import stood_in_for
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.desk.absences.people import workers
from portal.desk.calendar import ics, service
from portal.desk.calendar.marks import Mark, holidays, marks
from portal.desk.calendar.queries import due_on, due_per_day, for_file, of_owner, of_reader
from portal.desk.calendar.rules import Sheet, month_of, read_iso, week_of
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.runtime import runtime

bp = Blueprint("calendar", __name__)
MINE, ALL = "mine", "all"
WEEK = "week"


@dataclass(frozen=True)
class Whose:
    """Whose due days are asked for. ``code`` stands in addresses."""

    code: str
    person: User | None
    criteria: Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class Day:
    """A cell."""

    day: date
    due: int
    holiday: str
    marks: Sequence[Mark]
    is_today: bool
    is_inside: bool
    is_weekend: bool

    @property
    def is_empty(self) -> bool:
        """Nothing to tell: a list by day leaves it out."""
        return not (self.due or self.holiday or self.marks or self.is_today)


@bp.get("/desk/calendar")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """``?day=`` a day of the month (``?span=week``: of the week) that is shown, ``?whose=`` mine, all, or an officer's id."""
    return _page()


@bp.get("/desk/calendar/days/<iso>")
@audience(Audience.DESK, *CASE_ROLES)
def day(iso: str) -> str:
    """What falls due on one day, and what else it holds."""
    wanted = read_iso(iso)
    if wanted is None:
        raise NotFound
    session, actor, today = db.session, current_actor(), office_day(now())
    whose = _whose(actor)
    page = paginate(session, due_on(actor, wanted, whose.criteria), [(Case.id, "asc")], per_page(), request.args.get("cursor"))
    return render_template(
        "desk/calendar/day.html",
        day=wanted,
        whose=whose,
        cases=page.items,
        next_url=next_url(page),
        holiday=holidays(session, _home(actor), wanted, wanted).get(wanted, ""),
        marks=marks(session, actor, wanted, wanted, today).get(wanted, []),
        noindex=True,
    )


@bp.post("/desk/calendar/address")
@audience(Audience.DESK, *CASE_ROLES)
def make_address() -> Response:
    """A new secret address, shown on this page and never again."""
    with unit_of_work(db.session) as session:
        secret = service.make_address(session, current_actor(), now())
    address = f"{runtime().settings.base_url}{url_for('calendar.file', secret=secret)}"
    response = make_response(_page(address=address))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/desk/calendar/address/end")
@audience(Audience.DESK, *CASE_ROLES)
def end_address() -> str:
    """The address opens nothing any more."""
    with unit_of_work(db.session) as session:
        service.end_address(session, current_actor(), now())
    return _page(done=_("The address opens nothing any more"))


@bp.get("/calendar/<secret>.ics")
@audience(Audience.PUBLIC)
def file(secret: str) -> Response:
    """One's own due days for the calendar of a telephone: numbers, no subject, no name."""
    session = db.session
    user = service.person_behind(session, secret)
    if user is None:
        raise NotFound
    actor = replace(accounts.actor_for(session, user), stands_in_for=stood_in_for(session, user.id, office_day(now())))
    base = runtime().settings.base_url
    events = [
        ics.Event(
            uid=f"{case.number}@suanruam",
            day=case.due_on,
            title=_("Case %(number)s is due", number=case.number),
            url=f"{base}{url_for('cases_desk.show', number=case.number)}",
            stamp=case.recorded_at,
        )
        for case in for_file(session, actor)
    ]
    response = Response(ics.written(_("Cases due"), events), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(address: str = "", done: str = "") -> str:
    session, actor, today = db.session, current_actor(), office_day(now())
    shown, whose = read_iso(request.args.get("day", "")) or today, _whose(actor)
    is_week = request.args.get("span") == WEEK
    sheet = week_of(shown) if is_week else month_of(shown)
    kept = service.address_of(session, actor.user_id or 0)
    return render_template(
        "desk/calendar/index.html",
        sheet=sheet,
        weeks=_weeks(actor, sheet, whose, today),
        shown=shown,
        span=WEEK if is_week else "month",
        whose=whose,
        people=workers(session, actor.agencies(*CASE_ROLES)),
        today=today,
        address=address,
        made_at=kept.made_at if kept else None,
        done=done,
        noindex=True,
    )


def _weeks(actor: Actor, sheet: Sheet, whose: Whose, today: date) -> list[list[Day]]:
    session = db.session
    due = due_per_day(session, actor, sheet.first, sheet.last, whose.criteria)
    closed = holidays(session, _home(actor), sheet.first, sheet.last)
    others = marks(session, actor, sheet.first, sheet.last, today)
    return [
        [
            Day(one, due.get(one, 0), closed.get(one, ""), others.get(one, ()), one == today, sheet.inside(one), one.weekday() > 4)
            for one in week
        ]
        for week in sheet.weeks
    ]


def _whose(actor: Actor) -> Whose:
    code = request.args.get("whose", MINE)
    if code == ALL:
        return Whose(ALL, None, ())
    person = accounts.by_public_id(db.session, code) if code != MINE else None
    if person is not None and person.id != actor.user_id:
        return Whose(person.public_id, person, (of_owner(person.id),))
    return Whose(MINE, None, (of_reader(actor),))


def _home(actor: Actor) -> int | None:
    """Whose holidays: the agency of the reader's unit, else the oldest in which they work."""
    me = accounts.by_ids(db.session, [actor.user_id])[actor.user_id] if actor.user_id is not None else None
    if me is not None and me.unit is not None:
        return agencies.root_of(db.session, me.unit).id
    held = actor.agencies(*CASE_ROLES)
    return min(held) if held else None

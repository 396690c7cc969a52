"""What waits."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.participation.assessing import queries
from portal.participation.assessing.desk.blueprint import READERS, bp, near
from portal.participation.assessing.queries import ORDER, Part
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db

DONE = {
    "ruled": N_("Your ruling is public, and the level follows it"),
    "confirmed": N_("The level that you confirmed is public"),
    "answered": N_("Your answer is public, and whoever objected is told"),
}
YEARS = 4


@bp.get("/desk/assessing")
@audience(Audience.DESK, *READERS)
def index() -> str:
    """``?part=`` what kind, ``?year=`` of one fiscal year, ``?agency=`` of one agency."""
    part, year, agency = _part(), _year(), _agency()
    query = queries.listed(part, near(), year, agency.id if agency else None)
    page = paginate(db.session, query, ORDER[part], per_page(), request.args.get("cursor"))
    newest = fiscal_year(now())
    return render_template(
        "participation/assessing.html",
        part=part,
        page=page,
        next_url=next_url(page),
        views=[_view(one, part) for one in Part],
        year=year,
        years=range(newest, newest - YEARS, -1),
        agency=agency,
        today=office_day(now()),
        done=told_done(),
        noindex=True,
    )


def told_done() -> str:
    """What was done just now, in the reader's language."""
    done = DONE.get(request.args.get("done", ""))
    return _(done) if done else ""


def _view(one: Part, chosen: Part) -> dict[str, Any]:
    number = queries.count(db.session, one, near())
    return {"text": _(one.label), "count": number, "href": url_for("assessing.index", part=one.value), "current": one is chosen}


def _part() -> Part:
    typed = request.args.get("part", Part.EVIDENCE.value)
    if typed not in list(Part):
        raise NotFound
    return Part(typed)


def _year() -> int | None:
    """Raises ``NotFound`` for what is no year: a wrong filter must not pass for an answer."""
    typed = request.args.get("year", "").strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) == 4):
        raise NotFound
    return int(typed) if typed else None


def _agency() -> Agency | None:
    typed = request.args.get("agency", "").strip()
    found = agencies.by_slug(db.session, typed) if typed else None
    if typed and found is None:
        raise NotFound
    return found

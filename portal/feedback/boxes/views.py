"""Public pages of boxes: the list with what is overdue, one box with its openings, and what was answered."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.models import PublicCase
from portal.feedback.boxes.models import Box, BoxOpening
from portal.feedback.boxes.queries import boxes, openings
from portal.feedback.boxes.rules import is_late_entry
from portal.files.serving import send_stored
from portal.kernel import places
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.kernel.thai_text import pick
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("boxes", __name__)
OPENINGS_A_PAGE = 12
ANSWERS_SHOWN = 5
_NEWEST = [(PublicCase.published_at, "desc"), (PublicCase.case_id, "desc")]


@dataclass(frozen=True)
class Record:
    """How many of the whole months of a fiscal year have an opening that proves it."""

    year: int
    opened: int
    months: int


@bp.get("/boxes")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def index() -> str:
    """Boxes of everybody, or of one agency (``?agency=``)."""
    slug = request.args.get("agency", "")
    agency = agencies.by_slug(db.session, slug) if slug else None
    if slug and agency is None:
        raise NotFound
    page = paginate(db.session, boxes.listed(agency.id if agency else None), [(Box.slug, "asc")], per_page(), request.args.get("cursor"))
    return render_template(
        "boxes/index.html",
        agency=agency,
        rows=boxes.standings(db.session, page.items, office_day(now())),
        next_url=next_url(page),
        noindex=agency is not None and agency.is_sample,
    )


@bp.get("/boxes/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def show(slug: str) -> str:
    """One box: where, when it is due, every opening, the newest answers."""
    box, today = _box(slug), office_day(now())
    listed = paginate(db.session, openings.listed(box), [(BoxOpening.number, "desc")], OPENINGS_A_PAGE, request.args.get("cursor"))
    answers = paginate(db.session, openings.published(box), _NEWEST, ANSWERS_SHOWN)
    return render_template(
        "boxes/show.html",
        box=box,
        agency=box.agency,
        standing=boxes.standing(db.session, box, today),
        area=places.by_code(box.area),
        holders=[holder for holder in boxes.key_holders(db.session, box) if holder.held_on(box.taken_down_on or today)],
        openings=listed.items,
        became=openings.became(db.session, listed.items),
        next_url=next_url(listed),
        is_late_entry=is_late_entry,
        answers=answers.items,
        more_answers=answers.next_cursor is not None,
        postings=openings.postings(db.session, box)[:ANSWERS_SHOWN],
        record=_record(box),
        stamp=_stamp(box),
        noindex=box.agency.is_sample,
    )


@bp.get("/boxes/<slug>/answers")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def answers(slug: str) -> str:
    """Everything that was published of what came through the box."""
    box = _box(slug)
    page = paginate(db.session, openings.published(box), _NEWEST, per_page(), request.args.get("cursor"))
    return render_template(
        "boxes/answers.html",
        box=box,
        agency=box.agency,
        rows=page.items,
        next_url=next_url(page),
        stamp=_stamp(box),
        noindex=box.agency.is_sample,
    )


@bp.get("/files/boxes/<public_id>")
@audience(Audience.PUBLIC)
def photo(public_id: str) -> Response:
    """A photograph of a box, of an opening, of a posted sheet: what was given for everybody to see."""
    stored = boxes.public_photo(db.session, public_id) if public_id.isascii() and public_id.isalnum() else None
    if stored is None:
        raise NotFound
    return send_stored(runtime().store, stored, public=True)


def _box(slug: str) -> Box:
    box = boxes.by_slug(db.session, slug)
    if box is None:
        raise NotFound
    return box


def _record(box: Box) -> Record | None:
    """Of this fiscal year, or while it has no whole month yet of the one before; None where there is none at all."""
    today = office_day(now())
    for year in (fiscal_year(today), fiscal_year(today) - 1):
        months = openings.months(db.session, box, year, today)
        if months:
            return Record(year, sum(month.opening is not None for month in months), len(months))
    return None


def _stamp(box: Box) -> dict[str, Any]:
    """Who answers for the page: the collector of the channel, else the agency."""
    agency: Agency = box.agency
    name = pick(language(), agency.name_th, agency.name_en)
    person = box.channel.named_collector
    position = pick(language(), box.channel.collector_position_th, box.channel.collector_position_en)
    responsible = pick(language(), person.name_th, person.name_en) if person else position
    return {"responsible": responsible or name, "unit": name if responsible else None, "updated_at": box.updated_at}

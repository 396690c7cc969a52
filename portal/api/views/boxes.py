"""Reading about suggestion boxes."""

from typing import Any

from portal.api.blueprint import LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.language import in_language
from portal.api.lists import linked, of_agency, page_of
from portal.api.records import page_url, reference
from portal.api.schemas.boxes import BoxList, BoxQuery
from portal.feedback.boxes.models import Box
from portal.feedback.boxes.queries import boxes as queries
from portal.feedback.boxes.queries.boxes import Standing
from portal.kernel.thai_calendar import office_day
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Page, paginate
from portal.web.database import db
from portal.web.page_cache import public_page

SECONDS = 60  # a box is overdue from a midnight on


@get("/boxes", "Boxes")
@audience(Audience.PUBLIC)
@linked
@public_page(seconds=SECONDS)
@takes(BoxQuery, "query")
@answers(200, BoxList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(422, 503)
def boxes(asked: dict[str, Any]) -> dict[str, Any]:
    """List suggestion boxes and whether each was opened in time."""
    query, ids = queries.listed(), of_agency(asked.get("agency"))
    if ids is not None:
        query = query.where(Box.agency_id.in_(sorted(ids)))
    page = paginate(db.session, query, [(Box.updated_at, "desc"), (Box.slug, "asc")], asked["per_page"], asked.get("cursor"))
    standings = queries.standings(db.session, page.items, office_day(now()))
    return page_of(Page(standings, page.next_cursor), asked, _brief)


def _brief(one: Standing) -> dict[str, Any]:
    box = one.box
    return {
        "slug": box.slug,
        "name": in_language(box.name_th, box.name_en),
        "place": in_language(box.place_th, box.place_en),
        "area": box.area or None,
        "lat": box.lat,
        "lon": box.lon,
        "agency": reference(box.agency),
        "rhythm_days": box.rhythm_days,
        "set_up_on": box.set_up_on,
        "last_opened_on": one.opened_on,
        "due_on": one.due_on if box.hangs else None,
        "state": one.state,
        "days_over": one.days_over,
        "taken_down_on": box.taken_down_on,
        "taken_down_reason": box.taken_down_reason,
        "is_sample": box.agency.is_sample,
        "updated_at": box.updated_at,
        "url": page_url("boxes.show", slug=box.slug),
    }

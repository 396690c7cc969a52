"""Reading about agencies."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.agencies import queries
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.api.blueprint import HEADERS, LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.language import in_language
from portal.api.lists import ListQuery, is_slug, linked, page_of
from portal.api.records import page_url, reference
from portal.api.schemas.agencies import AgencyList, AgencyWhole
from portal.casework.service import kinds_of
from portal.casework.topics.queries import open_topics
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.cursor import paginate
from portal.web.database import db
from portal.web.page_cache import public_page


@get("/agencies", "Agencies")
@audience(Audience.PUBLIC)
@linked
@public_page
@takes(ListQuery, "query")
@answers(200, AgencyList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(422, 503)
def agencies(asked: dict[str, Any]) -> dict[str, Any]:
    """List agencies and their units."""
    query = select(Agency).options(joinedload(Agency.parent))
    page = paginate(db.session, query, [(Agency.updated_at, "desc"), (Agency.slug, "asc")], asked["per_page"], asked.get("cursor"))
    return page_of(page, asked, brief)


@get("/agencies/<slug>", "Agencies")
@audience(Audience.PUBLIC)
@public_page
@answers(200, AgencyWhole, "The agency", headers=HEADERS)
@unless_unchanged
@refuses(404, 422, 503)
def agency(slug: str) -> dict[str, Any]:
    """Read about one agency."""
    found = queries.with_missions(db.session, slug) if is_slug(slug) else None
    if found is None:
        raise NotFound
    return {
        **brief(found),
        "address": in_language(found.address_th, found.address_en),
        "phone": found.phone,
        "fax": found.fax,
        "hotline": found.hotline,
        "email": found.email,
        "website": found.website,
        "hours": in_language(found.hours_th, found.hours_en),
        "missions": [
            {"number": mission.code, "words": in_language(mission.text_th, mission.text_en), "is_core": mission.is_core}
            for mission in found.missions
        ],
        "kinds": kinds_of(db.session, found),
        "topics": [{"slug": topic.slug, "name": in_language(topic.name_th, topic.name_en)} for topic in open_topics(db.session, found.id)],
        "units": [reference(unit) for unit in queries.children(db.session, found.id)],
    }


def brief(agency: Agency) -> dict[str, Any]:
    """An agency as lists show it."""
    return {
        **reference(agency),
        "case_prefix": agency.code,
        "short_name": in_language(agency.short_th, agency.short_en),
        "level": agency.level,
        "kind": agency.kind,
        "parent": agency.parent.slug if agency.parent else None,
        "takes_submissions": agency.level in ADDRESSABLE and not agency.is_closed,
        "closed_at": agency.closed_at,
        "successor": _successor(agency),
        "is_sample": agency.is_sample,
        "updated_at": agency.updated_at,
        "url": page_url("agencies.show", slug=agency.slug),
    }


def _successor(agency: Agency) -> str | None:
    found = queries.successor_of(db.session, agency) if agency.is_closed else None
    return found.slug if found else None

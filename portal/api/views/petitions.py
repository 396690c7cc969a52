"""Reading petitions."""

import re
from typing import Any

from portal.api.blueprint import HEADERS, LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.lists import linked, of_agency, page_of
from portal.api.problems import Problem
from portal.api.records import page_url, reference
from portal.api.schemas.petitions import PetitionList, PetitionQuery, PetitionWhole
from portal.feedback.petitions import queries
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.rules import OPEN_TO_READ, State
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.web.audience import Audience, audience
from portal.web.cursor import paginate
from portal.web.database import db
from portal.web.page_cache import public_page

SECONDS = 30  # supports come without anything else that the public sees
WITHDRAWN = Message(N_("This petition is no longer published"))
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@get("/petitions", "Petitions")
@audience(Audience.PUBLIC)
@linked
@public_page(seconds=SECONDS)
@takes(PetitionQuery, "query")
@answers(200, PetitionList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(422, 503)
def petitions(asked: dict[str, Any]) -> dict[str, Any]:
    """List petitions that are or were open for support."""
    query = queries.public_list(of_agency(asked.get("agency")))
    if state := asked.get("state"):
        query = query.where(Petition.state == _state(state))
    keys = [(Petition.opened_at, "desc"), (Petition.id, "desc")]
    return page_of(paginate(db.session, query, keys, asked["per_page"], asked.get("cursor")), asked, _brief)


@get("/petitions/<slug>", "Petitions")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
@answers(200, PetitionWhole, "The petition", headers=HEADERS)
@unless_unchanged
@refuses(404, 410, 422, 503)
def petition(slug: str) -> dict[str, Any]:
    """Read one petition.

    `404`: there is none, or it is not public. `410`: it was public, and its text was taken back.
    """
    found = queries.by_slug(db.session, slug) if _SLUG.fullmatch(slug) else None
    if found is None or found.case.guarded or found.opened_at is None:
        raise NotFound
    if not queries.is_shown(found):
        raise Problem(410, WITHDRAWN)
    answer = queries.answer_of(db.session, found) if found.state is State.ANSWERED else None
    texts = {"text": found.text, "answer": answer.answer if answer else None}
    return {**_brief(found), **texts, "reached_at": found.reached_at, "answered_at": found.answered_at}


def _state(typed: str) -> State:
    if typed not in {state.value for state in OPEN_TO_READ}:
        raise Invalid({"state": [Message(N_("Choose one of the answers"))]})
    return State(typed)


def _brief(found: Petition) -> dict[str, Any]:
    counted = {"total": found.supports, "devices": found.devices, "contacts": found.contacts, "being_checked": found.held}
    return {
        "slug": found.slug,
        "number": found.slug.upper(),
        "state": found.state,
        "agency": reference(found.agency),
        "title": found.title,
        "supports": counted,
        "threshold": found.threshold,
        "published_at": found.opened_at,
        "closes_on": found.closes_on,
        "answer_due_on": found.answer_due_on,
        "disposition": found.case.disposition if found.state is State.ANSWERED else None,
        "updated_at": found.updated_at,
        "is_sample": found.agency.is_sample,
        "url": page_url("petitions.show", slug=found.slug),
    }

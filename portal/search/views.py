"""The search page."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.index.dictionary import breaker
from portal.index.queries import MOST_RANKED, Filters, Found, find
from portal.index.question import Question, ask
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.search.forms import SearchForm
from portal.search.results import results
from portal.web.audience import Audience, audience
from portal.web.cursor import Page, next_url, per_page
from portal.web.database import db
from portal.web.language import language
from portal.web.page_cache import public_page

bp = Blueprint("search", __name__)


@bp.get("/search")
@audience(Audience.PUBLIC)
@public_page
def index() -> Response:
    """The form, and the finds where something was asked."""
    form = SearchForm(request.args)
    form.offer(agencies.addressable(db.session))
    valid, start = form.validate(), _start(request.args.get("cursor"))
    question = ask(form.q.data or "", breaker(db.session))
    found = _find(form, question, start) if valid else Found()
    page = render_template(
        "search/index.html",
        form=form,
        question=question,
        found=found,
        results=results(db.session, found.chunks, question, language()),
        start=start,
        most=MOST_RANKED,
        next_url=next_url(Page(found.chunks, str(found.next_offset) if found.next_offset else None)),
        noindex=True,
    )
    return make_response(page, 200 if valid else 422)


def _find(form: SearchForm, question: Question, start: int) -> Found:
    agency = agencies.by_slug(db.session, form.agency.data) if form.agency.data else None
    filters = Filters(
        kind=form.kind.data or None,
        agency_ids=agencies.subtree_ids(db.session, [agency.id]) if agency else None,
        prefer=language(),
    )
    return find(db.session, question, filters, start, per_page())


def _start(cursor: str | None) -> int:
    """The cursor of this list is how many finds stand before the page: only the newest are ranked, so there is an end."""
    if not cursor:
        return 0
    if cursor.isascii() and cursor.isdecimal() and len(cursor) < 6 and int(cursor) < MOST_RANKED:
        return int(cursor)
    raise Invalid({"cursor": [Message(N_("This address of a next page is damaged, start again from the first page"))]})

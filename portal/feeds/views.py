"""Feeds, the page that lists them, the sitemap, and what robots should leave alone."""

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.feeds import atom, sitemap
from portal.feeds.entries import Entry, agency_entries, case_entries, disclosure_entries, petition_entries, score_entries, silence_entries
from portal.kernel.errors import NotFound
from portal.kernel.thai_text import pick
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("feeds", __name__)

#: Personal, or the same content in ever new arrangements.
NOT_FOR_ROBOTS = ("/desk", "/sign-in", "/search", "/feedback/track", "/feedback/receipt", "/api/")


@bp.get("/feeds/")
@audience(Audience.PUBLIC)
@public_page
def index() -> str:
    """All feeds, each in both languages."""
    return render_template("feeds/index.html", agencies=agencies.addressable(db.session), address=atom.address)


@bp.get("/feeds/disclosures.atom")
@audience(Audience.PUBLIC)
@public_page
def disclosures() -> Response:
    """The newest pages of all agencies."""
    return _feed(
        "/feeds/disclosures.atom", "/disclosures", lambda: _("Disclosed information"), lambda code: disclosure_entries(db.session, code)
    )


@bp.get("/feeds/cases.atom")
@audience(Audience.PUBLIC)
@public_page
def cases() -> Response:
    """The newest published answers of all agencies."""
    return _feed("/feeds/cases.atom", "/cases", lambda: _("Published answers"), lambda code: case_entries(db.session, code))


@bp.get("/feeds/petitions.atom")
@audience(Audience.PUBLIC)
@public_page
def petitions() -> Response:
    """The petitions of all agencies, the one of which something happened last first."""
    return _feed("/feeds/petitions.atom", "/petitions", lambda: _("Petitions"), lambda code: petition_entries(db.session, code))


@bp.get("/feeds/silence.atom")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def silence() -> Response:
    """What became overdue last, of all agencies."""
    return _feed("/feeds/silence.atom", "/silence", lambda: _("Register of silence"), lambda code: silence_entries(db.session, now(), code))


@bp.get("/feeds/participation.atom")
@audience(Audience.PUBLIC)
@public_page
def participation() -> Response:
    """Levels of participation that became others last."""
    return _feed(
        "/feeds/participation.atom",
        "/participation",
        lambda: _("Changes of participation levels"),
        lambda code: score_entries(db.session, code),
    )


@bp.get("/feeds/agencies/<slug>.atom")
@audience(Audience.PUBLIC)
@public_page
def agency(slug: str) -> Response:
    """The newest pages and answers of one agency and its units."""
    found = agencies.by_slug(db.session, slug)
    if found is None:
        raise NotFound
    return _feed(
        f"/feeds/agencies/{slug}.atom", f"/agencies/{slug}", lambda: _titled(found), lambda code: agency_entries(db.session, code, found)
    )


@bp.get("/sitemap.xml")
@audience(Audience.PUBLIC)
@public_page
def site_map() -> Response:
    """The index of all parts."""
    return _xml(sitemap.write_index(sitemap.parts(db.session), runtime().settings.base_url))


@bp.get("/sitemap/<kind>-<int:number>.xml")
@audience(Audience.PUBLIC)
@public_page
def site_map_part(kind: str, number: int) -> Response:
    """Public pages of real agencies, of one kind."""
    return _xml(sitemap.write(sitemap.places(db.session, kind, number), runtime().settings.base_url))


@bp.get("/robots.txt")
@audience(Audience.PUBLIC)
@public_page
def robots() -> Response:
    """What robots should leave alone, in both languages, and where the sitemap is."""
    closed = [f"Disallow: {prefix}{path}" for path in NOT_FOR_ROBOTS for prefix in ("", "/en")]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {runtime().settings.base_url}/sitemap.xml", ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


def _xml(text: str) -> Response:
    return Response(text, content_type="application/xml; charset=utf-8")


def _feed(path: str, page: str, title: Callable[[], str], entries: Callable[[str], Sequence[Entry]]) -> Response:
    if language() == "en":  # a feed has one address, not one with the prefix of pages and one without
        return Response(status=301, headers={"Location": runtime().settings.base_url + atom.address(path, "en")})
    code = "en" if request.args.get("lang") == "en" else "th"
    g.language = code
    base_url = runtime().settings.base_url
    feed = atom.Feed(path=path, page=page, title=title(), publisher=_publisher(code), language=code)
    return Response(atom.write(feed, entries(code), base_url), content_type=atom.CONTENT_TYPE)


def _publisher(code: str) -> str:
    home = home_agency()
    return pick(code, home.name_th, home.name_en) if home else _("Suanruam")


def _titled(found: Agency) -> str:
    name = pick(g.language, found.name_th, found.name_en)
    return f"[{_('Invented data')}] {name}" if found.is_sample else name

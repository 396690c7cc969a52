"""Public pages: the list, a page, its earlier versions, its figures and files."""

import io

import segno
from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.agencies.models import Agency, StrategyNode
from portal.disclosures import figures, queries
from portal.disclosures.legal import queries as legal
from portal.disclosures.models import Disclosure, DisclosureTranslation, DisclosureVersion
from portal.disclosures.reading import PageView, of_version
from portal.disclosures.rules import DisclosureKind
from portal.files.serving import send_stored
from portal.kernel.errors import NotFound
from portal.kernel.thai_text import pick
from portal.web.audience import Audience, audience
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("disclosures", __name__)


@bp.get("/disclosures")
@audience(Audience.PUBLIC)
@public_page
def index() -> str:
    """Newest first; ``?agency=`` (with its units), ``?kind=`` and ``?place=`` (a node of the strategy tree) narrow it."""
    session, agency, kind = db.session, _agency(), _kind()
    place = _place(agency)
    query = queries.published(
        agencies.subtree_ids(session, [agency.id]) if agency else None, kind, _places_below(agency, place) if agency and place else None
    )
    page = paginate(session, query, [(Disclosure.latest_at, "desc"), (Disclosure.id, "desc")], per_page(), request.args.get("cursor"))
    return render_template(
        "disclosures/index.html",
        pages=queries.shown_pages(page.items, language()),
        next_url=next_url(page),
        agency=agency,
        agencies=agencies.all_agencies(session),
        kind=kind,
        kinds=list(DisclosureKind),
        place=place,
    )


@bp.get("/disclosures/<slug>")
@audience(Audience.PUBLIC)
@public_page
def show(slug: str) -> str | Response:
    """The page, or its tombstone with 410."""
    disclosure = _disclosure(slug)
    found = queries.shown(disclosure, language())
    if found is None:
        return _tombstone(disclosure)
    return _render(disclosure, *found)


@bp.get("/disclosures/<slug>/versions/<int(max=1000000):number>")
@audience(Audience.PUBLIC)
@public_page
def version(slug: str, number: int) -> str:
    """A version as it was, with a banner that says so."""
    disclosure = _disclosure(slug)
    found = queries.shown(disclosure, language())
    if found is None:
        raise NotFound
    translation, current = found
    earlier = queries.version(db.session, translation, number)
    if earlier is None:
        raise NotFound
    return _render(disclosure, translation, earlier, current=current)


@bp.get("/disclosures/<slug>/figures.csv")
@audience(Audience.PUBLIC)
@public_page
def figures_csv(slug: str) -> Response:
    """The figures of the public version, both languages in one file."""
    _disclosure_found, _translation, current = _with_figures(slug)
    return Response(figures.as_csv(current.figures), content_type="text/csv; charset=utf-8")


@bp.get("/disclosures/<slug>/figures.json")
@audience(Audience.PUBLIC)
@public_page
def figures_json(slug: str) -> Response:
    """The same as JSON."""
    disclosure, translation, current = _with_figures(slug)
    about = {
        "slug": disclosure.slug,
        "title": current.title,
        "language": translation.language,
        "agency": disclosure.agency.slug,
        "fiscal_year": disclosure.fiscal_year,
        "invented": disclosure.is_sample,
        "version": current.number,
        "published_at": current.published_at.isoformat(),
        "updated_at": current.updated_at.isoformat(),
        "licence": disclosure.licence.value,
        "url": page_url(disclosure, translation.language),
    }
    return Response(figures.as_json(about, current.figures), content_type="application/json; charset=utf-8")


@bp.get("/disclosures/<slug>/qr.svg")
@audience(Audience.PUBLIC)
@public_page
def qr(slug: str) -> Response:
    """The page's address to be put on paper."""
    disclosure = _disclosure(slug)
    if queries.shown(disclosure, language()) is None:
        raise NotFound
    out = io.BytesIO()
    segno.make(page_url(disclosure, language()), error="m").save(out, kind="svg", scale=8, border=4)
    return Response(out.getvalue(), content_type="image/svg+xml")


@bp.get("/disclosures/<slug>/files/<public_id>")
@audience(Audience.PUBLIC)
def file(slug: str, public_id: str) -> Response:
    """A file that some version of a public text lists."""
    disclosure = _disclosure(slug)
    stored = queries.public_file(db.session, disclosure, public_id)
    if stored is None:
        raise NotFound
    return send_stored(runtime().store, stored, public=True)


def page_url(disclosure: Disclosure, language_code: str) -> str:
    """The page's full address, for sharing and for files that leave the portal."""
    return runtime().settings.base_url + path_in(language_code, f"/disclosures/{disclosure.slug}")


def _render(
    disclosure: Disclosure, translation: DisclosureTranslation, shown: DisclosureVersion, current: DisclosureVersion | None = None
) -> str:
    session = db.session
    view = of_version(translation, shown, queries.files(session, shown.attachments))
    return render_template(
        "disclosures/show.html",
        page=disclosure,
        view=view,
        current=current,
        crumbs=breadcrumb(disclosure, view),
        versions=queries.versions(session, translation),
        serves=legal.of_page(session, disclosure),
        related=queries.shown_pages(queries.related(session, disclosure), language()),
        page_url=page_url(disclosure, language()),
        file_url=lambda stored: url_for("disclosures.file", slug=disclosure.slug, public_id=stored.public_id),
        ask_agency=agencies.root_of(session, disclosure.agency),
        stamp={"responsible": view.responsible, "unit": view.unit, "updated_at": view.updated_at},
        noindex=disclosure.is_sample or current is not None,
    )


def breadcrumb(disclosure: Disclosure, view: PageView) -> list[dict[str, str]]:
    """From home through the agency's strategy tree (or the agency itself) to the page."""
    agency, code = disclosure.agency, language()
    path = agencies.strategy_path(db.session, disclosure.strategy_node_id) if disclosure.strategy_node_id else []
    steps: list[tuple[str, str | None]] = [(pick(code, node.title_th, node.title_en), node.code) for node in path]
    steps = steps or [(pick(code, agency.short_th or agency.name_th, agency.short_en or agency.name_en), None)]
    links = [{"text": text, "href": url_for("disclosures.index", agency=agency.slug, place=place)} for text, place in steps]
    return [{"text": _("Home"), "href": f"{request.script_root}/"}, *links, {"text": view.title}]


def _tombstone(disclosure: Disclosure) -> Response:
    translation = queries.withdrawn_translation(disclosure, language())
    if translation is None or translation.version is None:
        raise NotFound  # a draft: nobody may know that it is there
    text = render_template(
        "disclosures/withdrawn.html", page=disclosure, translation=translation, version=translation.version, noindex=True
    )
    response = Response(text, 410)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _disclosure(slug: str) -> Disclosure:
    disclosure = queries.by_slug(db.session, slug)
    if disclosure is None:
        raise NotFound
    return disclosure


def _with_figures(slug: str) -> tuple[Disclosure, DisclosureTranslation, DisclosureVersion]:
    disclosure = _disclosure(slug)
    found = queries.shown(disclosure, language())
    if found is None or not found[1].figures:
        raise NotFound
    return disclosure, *found


def _agency() -> Agency | None:
    slug = request.args.get("agency", "")
    agency = agencies.by_slug(db.session, slug) if slug else None
    if slug and agency is None:
        raise NotFound
    return agency


def _kind() -> DisclosureKind | None:
    code = request.args.get("kind", "")
    if code and code not in set(DisclosureKind):
        raise NotFound
    return DisclosureKind(code) if code else None


def _place(agency: Agency | None) -> StrategyNode | None:
    code = request.args.get("place", "")
    if not code or agency is None:
        return None
    place = next((node for node in agencies.strategy_nodes(db.session, agency.id) if node.code == code), None)
    if place is None:
        raise NotFound
    return place


def _places_below(agency: Agency, place: StrategyNode) -> set[int]:
    """The node and everything below it."""
    nodes, found = agencies.strategy_nodes(db.session, agency.id), {place.id}
    for _round in nodes:
        found |= {node.id for node in nodes if node.parent_id in found}
    return found

"""Reading published pages and reports."""

from typing import Any

from flask import url_for

from portal.api.blueprint import HEADERS, LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.language import language
from portal.api.lists import chosen, is_slug, linked, of_agency, page_of
from portal.api.problems import Problem
from portal.api.records import page_url, reference
from portal.api.schemas.disclosures import DisclosureList, DisclosureQuery, DisclosureWhole
from portal.disclosures import queries
from portal.disclosures.models import Disclosure, DisclosureTranslation, DisclosureVersion
from portal.disclosures.reading import IndicatorView, PageView, of_version
from portal.disclosures.rules import DisclosureKind
from portal.files.models import StoredFile
from portal.kernel import rich_text
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_, Message
from portal.web.audience import Audience, audience
from portal.web.cursor import paginate
from portal.web.database import db
from portal.web.page_cache import public_page

WITHDRAWN = Message(N_("This page has been withdrawn"))


@get("/disclosures", "Disclosures")
@audience(Audience.PUBLIC)
@linked
@public_page
@takes(DisclosureQuery, "query")
@answers(200, DisclosureList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(422, 503)
def disclosures(asked: dict[str, Any]) -> dict[str, Any]:
    """List published pages and reports."""
    query = queries.published(of_agency(asked.get("agency")), chosen(DisclosureKind, asked.get("kind")))
    page = paginate(db.session, query, [(Disclosure.latest_at, "desc"), (Disclosure.slug, "asc")], asked["per_page"], asked.get("cursor"))
    return page_of(page, asked, _brief_of)


@get("/disclosures/<slug>", "Disclosures")
@audience(Audience.PUBLIC)
@public_page
@answers(200, DisclosureWhole, "The page", headers=HEADERS)
@unless_unchanged
@refuses(404, 410, 422, 503)
def disclosure(slug: str) -> dict[str, Any]:
    """Read one page, its figures too.

    `410`: it was published and is withdrawn.
    """
    found = queries.by_slug(db.session, slug) if is_slug(slug) else None
    if found is None:
        raise NotFound
    shown = queries.shown(found, language())
    if shown is None:
        raise Problem(410, WITHDRAWN) if queries.withdrawn_translation(found, language()) else NotFound
    return _whole(found, *shown)


def _brief_of(page: Disclosure) -> dict[str, Any]:
    shown = queries.shown(page, language())
    assert shown is not None  # the list holds public ones only
    return _brief(page, *shown)


def _brief(page: Disclosure, translation: DisclosureTranslation, version: DisclosureVersion) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "kind": page.kind,
        "title": version.title,
        "lead": version.lead,
        "language": translation.language,
        "languages": sorted(one.language for one in page.translations if one.is_public),
        "agency": reference(page.agency),
        "fiscal_year": page.fiscal_year,
        "licence": page.licence,
        "licence_url": page.licence.url,
        "version": version.number,
        "published_at": version.published_at,
        "updated_at": version.updated_at,
        "is_sample": page.is_sample,
        "url": page_url("disclosures.show", slug=page.slug),
    }


def _whole(page: Disclosure, translation: DisclosureTranslation, version: DisclosureVersion) -> dict[str, Any]:
    view = of_version(translation, version, queries.files(db.session, version.attachments))
    return {
        **_brief(page, translation, version),
        "body_html": view.body,
        "body_text": rich_text.to_text(view.body),
        "responsible": _responsible(view),
        "attachments": [_attachment(page, title, file) for title, file in view.files],
        "figures": [_indicator(indicator) for indicator in view.indicators],
    }


def _responsible(view: PageView) -> dict[str, str]:
    return {"name": view.responsible, "position": view.position, "unit": view.unit, "contact": view.contact}


def _attachment(page: Disclosure, title: str, file: StoredFile) -> dict[str, Any]:
    return {
        "title": title,
        "name": file.name,
        "media_type": file.media_type.value,
        "size": file.size,
        "sha256": file.sha256,
        "url": url_for("disclosures.file", slug=page.slug, public_id=file.public_id),
    }


def _indicator(indicator: IndicatorView) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "baseline": indicator.baseline,
        "periods": [{"label": period.label, "target": period.target, "actual": period.actual} for period in indicator.periods],
    }

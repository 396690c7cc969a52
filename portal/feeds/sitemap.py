"""The sitemap: what search engines may read, in both languages; nothing invented."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from xml.etree import ElementTree

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import queries as casework
from portal.casework.models import Case, PublicCase
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.queries import is_public
from portal.participation.scores.models import Score
from portal.web.language import LANGUAGES, path_in

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
#: A sitemap may hold 50,000 addresses; the newest of each kind, in two languages, stay below.
MOST_OF_A_KIND = 10_000
FIXED = ("/", "/agencies", "/cases", "/disclosures", "/feedback/new", "/participation", "/petitions")


@dataclass(frozen=True)
class Place:
    """A page by its path without language, and the languages in which it says something of its own."""

    path: str
    changed: datetime | None = None
    languages: Sequence[str] = LANGUAGES


def places(session: Session) -> Iterator[Place]:
    """Every public page that belongs to a real agency."""
    yield from (Place(path) for path in FIXED)
    yield from _agencies(session)
    yield from _disclosures(session)
    yield from _cases(session)
    yield from _petitions(session)
    yield from _scores(session)


def write(places: Iterable[Place], base_url: str) -> bytes:
    """The sitemap as XML; each address names the same page in the other language."""
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for place in places:
        for language in place.languages:
            _add(root, place, language, base_url)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(root: ElementTree.Element, place: Place, language: str, base_url: str) -> None:
    url = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
    ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = base_url + path_in(language, place.path)
    if place.changed:
        ElementTree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = place.changed.isoformat(timespec="seconds")
    for other in place.languages if len(place.languages) > 1 else ():
        href = base_url + path_in(other, place.path)
        ElementTree.SubElement(url, f"{{{XHTML}}}link", {"rel": "alternate", "hreflang": other, "href": href})


def _agencies(session: Session) -> Iterator[Place]:
    rows = session.execute(
        select(Agency.slug, Agency.updated_at).where(Agency.is_sample.is_(False)).order_by(Agency.id).limit(MOST_OF_A_KIND)
    )
    return (Place(f"/agencies/{slug}", updated_at) for slug, updated_at in rows)


def _disclosures(session: Session) -> Iterator[Place]:
    public = (DisclosureTranslation.published_number.is_not(None), DisclosureTranslation.withdrawn_at.is_(None))
    real = (Disclosure.is_sample.is_(False), Agency.is_sample.is_(False))
    query = select(Disclosure.slug, Disclosure.latest_at, DisclosureTranslation.language)
    query = query.join(DisclosureTranslation.disclosure).join(Disclosure.agency).where(*public, *real)
    query = query.order_by(Disclosure.latest_at.desc(), Disclosure.id, DisclosureTranslation.language.desc())
    rows = session.execute(query.limit(MOST_OF_A_KIND)).all()
    for (slug, changed), texts in groupby(rows, key=lambda row: (row[0], row[1])):
        yield Place(f"/disclosures/{slug}", changed, [language for _, _, language in texts])


def _cases(session: Session) -> Iterator[Place]:
    query = select(Case.number, PublicCase.updated_at).join(PublicCase.case).join(Case.agency)
    query = query.where(casework.is_public(), Agency.is_sample.is_(False))
    rows = session.execute(query.order_by(PublicCase.published_at.desc()).limit(MOST_OF_A_KIND))
    return (Place(f"/cases/{number}", updated_at) for number, updated_at in rows)


def _petitions(session: Session) -> Iterator[Place]:
    query = select(Petition.slug, Petition.updated_at).join(Petition.case).join(Petition.agency)
    query = query.where(is_public(), Agency.is_sample.is_(False))
    rows = session.execute(query.order_by(Petition.id.desc()).limit(MOST_OF_A_KIND))
    return (Place(f"/petitions/{slug}", updated_at) for slug, updated_at in rows)


def _scores(session: Session) -> Iterator[Place]:
    """The newest year of each agency; the others are led to from there."""
    query = select(Agency.slug, func.max(Score.fiscal_year), func.max(Score.changed_at)).join(Score.agency)
    query = query.where(Agency.is_sample.is_(False)).group_by(Agency.id, Agency.slug).order_by(Agency.id)
    rows = session.execute(query.limit(MOST_OF_A_KIND))
    return (Place(f"/participation/{slug}/{year}", changed) for slug, year, changed in rows)

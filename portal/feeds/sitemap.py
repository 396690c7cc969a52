"""The sitemap: what search engines may read, in both languages; nothing invented. An index leads to parts by kind, each small enough to be
computed in a moment and kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import queries as casework
from portal.casework.models import Case, PublicCase
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.queries import is_public
from portal.kernel.errors import NotFound
from portal.participation.scores.models import Score
from portal.web.language import LANGUAGES, path_in

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
#: Pages in one part, each in up to two languages; a file may hold 50,000 addresses, and the page cache keeps what is below 4 MB.
PART = 2_500
#: The newest of each kind; what is older is led to from the lists.
MOST_OF_A_KIND = 50_000
FIXED = ("/", "/agencies", "/cases", "/disclosures", "/feedback/new", "/participation", "/petitions")
PAGES = "pages"
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Place:
    """A page by its path without language, and the languages in which it says something of its own."""

    path: str
    changed: datetime | None = None
    languages: Sequence[str] = LANGUAGES


@dataclass(frozen=True)
class Kind:
    """Public pages of real agencies: their query, in an order that holds, and what a row becomes."""

    rows: Callable[[], Rows]
    place: Callable[[Any], Place]


def parts(session: Session) -> list[str]:
    """The names of all parts; one query for each kind."""
    found = [f"{PAGES}-1"]
    for name, kind in KINDS.items():
        number = session.scalar(select(func.count()).select_from(kind.rows().limit(MOST_OF_A_KIND).subquery())) or 0
        found += [f"{name}-{place}" for place in range(1, -(-number // PART) + 1)]
    return found


def places(session: Session, kind: str, number: int) -> list[Place]:
    """What stands in a part, counted from 1; one query. Raises ``NotFound`` for a part that is not there."""
    if kind == PAGES and number == 1:
        return [Place(path) for path in FIXED]
    if kind not in KINDS or not 1 <= number <= MOST_OF_A_KIND // PART:
        raise NotFound
    found = session.execute(KINDS[kind].rows().limit(PART).offset(PART * (number - 1)))
    here = [KINDS[kind].place(row) for row in found]
    if not here:
        raise NotFound
    return here


def write_index(names: Iterable[str], base_url: str) -> str:
    """The index as XML."""
    entries = (f"<sitemap><loc>{escape(base_url)}/sitemap/{name}.xml</loc></sitemap>" for name in names)
    return f'{DECLARATION}<sitemapindex xmlns="{SITEMAP}">{"".join(entries)}</sitemapindex>'


def write(places: Iterable[Place], base_url: str) -> str:
    """A part as XML; each address names the same page in the other language. Written as text, a tree of this size takes seconds."""
    entries = (entry for place in places for entry in _entries(place, escape(base_url)))
    return f'{DECLARATION}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">{"".join(entries)}</urlset>'


def _entries(place: Place, base_url: str) -> Iterator[str]:
    path = escape(place.path)
    addresses = {language: base_url + path_in(language, path) for language in place.languages}
    changed = f"<lastmod>{place.changed.isoformat(timespec='seconds')}</lastmod>" if place.changed else ""
    links = (f'<xhtml:link rel="alternate" hreflang="{language}" href="{href}" />' for language, href in addresses.items())
    alternate = "".join(links) if len(addresses) > 1 else ""
    return (f"<url><loc>{address}</loc>{changed}{alternate}</url>" for address in addresses.values())


def _agencies() -> Rows:
    return select(Agency.slug, Agency.updated_at).where(Agency.is_sample.is_(False)).order_by(Agency.id)


def _disclosures() -> Rows:
    public = (DisclosureTranslation.published_number.is_not(None), DisclosureTranslation.withdrawn_at.is_(None))
    real = (Disclosure.is_sample.is_(False), Agency.is_sample.is_(False))
    there = [func.max(case((DisclosureTranslation.language == language, 1), else_=0)) for language in LANGUAGES]
    query = select(Disclosure.slug, Disclosure.latest_at, *there).join(DisclosureTranslation.disclosure).join(Disclosure.agency)
    return query.where(*public, *real).group_by(Disclosure.id).order_by(Disclosure.latest_at.desc(), Disclosure.id)


def _disclosure(row: Any) -> Place:
    slug, changed, *there = row
    return Place(f"/disclosures/{slug}", changed, [language for language, is_there in zip(LANGUAGES, there, strict=True) if is_there])


def _cases() -> Rows:
    query = select(Case.number, PublicCase.updated_at).join(PublicCase.case).join(Case.agency)
    return query.where(casework.is_public(), Agency.is_sample.is_(False), Case.is_invented.is_(False)).order_by(
        PublicCase.published_at.desc(), PublicCase.case_id.desc()
    )


def _petitions() -> Rows:
    query = select(Petition.slug, Petition.updated_at).join(Petition.case).join(Petition.agency)
    return query.where(is_public(), Agency.is_sample.is_(False)).order_by(Petition.id.desc())


def _scores() -> Rows:
    """The newest year of each agency, the others are led to from there. Of a score only columns that lie before its long result."""
    of_agency = Score.agency_id == Agency.id
    year, changed = (
        select(func.max(column)).where(of_agency).correlate(Agency).scalar_subquery()
        for column in (Score.fiscal_year, Score.level_changed_at)
    )
    return select(Agency.slug, year, changed).where(Agency.is_sample.is_(False), exists().where(of_agency)).order_by(Agency.id)


KINDS: Mapping[str, Kind] = {
    "agencies": Kind(_agencies, lambda row: Place(f"/agencies/{row[0]}", row[1])),
    "disclosures": Kind(_disclosures, _disclosure),
    "cases": Kind(_cases, lambda row: Place(f"/cases/{row[0]}", row[1])),
    "petitions": Kind(_petitions, lambda row: Place(f"/petitions/{row[0]}", row[1])),
    "participation": Kind(_scores, lambda row: Place(f"/participation/{row[0]}/{row[1]}", row[2])),
}

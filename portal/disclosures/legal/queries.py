"""Named reads of lists and of what serves their items."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.disclosures import queries
from portal.disclosures.legal.lists import all_lists
from portal.disclosures.legal.models import LegalListPage
from portal.disclosures.legal.rules import Item, ListFile, PortalPage, holding, look_again_on
from portal.disclosures.models import Disclosure, DisclosureTranslation, DisclosureVersion
from portal.kernel.evidence import LegalList
from portal.kernel.thai_calendar import office_day


def lists_for(agencies: Iterable[Agency], fiscal_year: int) -> dict[int, list[LegalList]]:
    """What the law asks of each agency in a fiscal year (B.E.), by id, for the dossier. No query.

    Of each law there is one list at most; where there is none, the portal does not know what is asked.
    """
    return {agency.id: [one.as_evidence() for one in files_for(agency, fiscal_year)] for agency in agencies}


def files_for(agency: Agency, fiscal_year: int) -> list[ListFile]:
    """The lists of one agency in a year."""
    return holding(all_lists(), agency.slug, agency.kind, fiscal_year, is_sample=agency.is_sample)


def ever_for(agency: Agency, until: int) -> list[ListFile]:
    """The lists of an agency in that year, then those of earlier years, newest first."""
    now = files_for(agency, until)
    earlier = sorted((one for one in all_lists() if one not in now), key=lambda one: -one.first_year)
    return [*now, *(one for one in earlier if one.first_year <= until and one in files_for(agency, one.first_year))]


@dataclass(frozen=True)
class ServingPage:
    """A page that somebody says serves an item: its public text for this reader, or else its draft."""

    page: Disclosure
    title: str
    language: str
    responsible: str
    #: Day on which the public version was updated; None while nothing is public.
    updated_on: date | None

    @property
    def is_public(self) -> bool:
        """True if anybody can read it."""
        return self.updated_on is not None

    @property
    def look_again_on(self) -> date | None:
        """When it asks to be looked at again."""
        return look_again_on(self.updated_on) if self.updated_on else None


@dataclass(frozen=True)
class ItemRow:
    """An item with what serves it. ``by_portal`` is what the portal makes by itself, where it does."""

    item: Item
    pages: Sequence[ServingPage]
    by_portal: PortalPage | None

    @property
    def public(self) -> list[ServingPage]:
        """Pages that anybody can read."""
        return [page for page in self.pages if page.is_public]

    @property
    def is_served(self) -> bool:
        """True if the item is disclosed."""
        return bool(self.public) or self.by_portal is not None

    @property
    def is_missing(self) -> bool:
        """True if it is known what is asked, and it is not disclosed."""
        return self.item.is_known and not self.is_served

    def is_due(self, today: date) -> bool:
        """True if no page of it was updated within the year before, and the portal does not make it by itself."""
        days = [page.look_again_on for page in self.public if page.look_again_on]
        return bool(days) and self.by_portal is None and max(days) < today


def rows_of(session: Session, agency: Agency, wanted: ListFile, language: str) -> list[ItemRow]:
    """Every item of a list with what serves it, in the order of the list; a fixed number of queries."""
    return rows_of_lists(session, agency, [wanted], language)[wanted.code]


def rows_of_lists(session: Session, agency: Agency, wanted: Sequence[ListFile], language: str) -> dict[str, list[ItemRow]]:
    """The same of several lists, by code."""
    links = select(LegalListPage).where(LegalListPage.agency_id == agency.id, LegalListPage.list_code.in_([one.code for one in wanted]))
    rows = session.scalars(links.order_by(LegalListPage.linked_at, LegalListPage.disclosure_id)).all()
    ids = {row.disclosure_id for row in rows}
    pages = {page.id: page for page in session.scalars(queries.every().where(Disclosure.id.in_(ids)))} if ids else {}
    served: dict[tuple[str, str], list[ServingPage]] = defaultdict(list)
    for row in rows:
        served[row.list_code, row.item].append(_serving(pages[row.disclosure_id], language))
    since = first_days(session, {agency.id: agency.id})
    there = {item.code: portal_page(agency, item) for one in wanted for item in one.items} if agency.id in since else {}
    return {one.code: [ItemRow(item, served[one.code, item.code], there.get(item.code)) for item in one.items] for one in wanted}


def of_page(session: Session, page: Disclosure) -> list[tuple[Agency, ListFile, Item]]:
    """Items that a page serves and whose lists they are on, in the order of the lists."""
    rows = session.execute(
        select(Agency, LegalListPage)
        .join(LegalListPage, LegalListPage.agency_id == Agency.id)
        .where(LegalListPage.disclosure_id == page.id)
    )
    found = {(link.list_code, link.item): agency for agency, link in rows}
    every_item = ((one, item) for one in all_lists() for item in one.items)
    return [(found[one.code, item.code], one, item) for one, item in every_item if (one.code, item.code) in found]


def candidates(session: Session, agency: Agency) -> Sequence[Disclosure]:
    """Pages of the agency and of its units, newest first, drafts too; invented ones only for an invented agency."""
    places = agencies.with_units(session, agency.id)
    own = queries.every().where(Disclosure.agency_id.in_(places))
    own = own if agency.is_sample else own.where(~Disclosure.is_sample)
    return session.scalars(own.order_by(Disclosure.id.desc())).all()


def first_days(session: Session, whose: dict[int, int]) -> dict[int, date]:
    """When the portal recorded the first public page of each agency, its units' included, by id; one query."""
    recorded = func.min(DisclosureVersion.recorded_at)
    query = select(Disclosure.agency_id, recorded).join(DisclosureTranslation, DisclosureTranslation.disclosure_id == Disclosure.id)
    query = query.join(DisclosureVersion, DisclosureVersion.translation_id == DisclosureTranslation.id)
    found: dict[int, date] = {}
    for agency_id, moment in session.execute(query.where(Disclosure.agency_id.in_(list(whose))).group_by(Disclosure.agency_id)):
        day, scored = office_day(moment), whose[agency_id]
        found[scored] = min(day, found.get(scored, day))
    return found


def portal_page(agency: Agency, item: Item) -> PortalPage | None:
    """What the portal makes by itself for the item of this agency; contacts only where some are entered."""
    nowhere = item.by_portal is PortalPage.CONTACT and not (agency.phone or agency.email or agency.address_th)
    return None if nowhere else item.by_portal


def _serving(page: Disclosure, language: str) -> ServingPage:
    shown = queries.shown(page, language)
    if shown is None:
        text = next((one for one in page.translations if one.language == language), page.translations[0])
        return ServingPage(page, text.title or page.slug, text.language, "", None)
    translation, version = shown
    return ServingPage(page, version.title, translation.language, version.responsible_name, office_day(version.updated_at))

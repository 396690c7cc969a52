"""Facts for the scale: pages about missions, and items of lists that are disclosed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Mission
from portal.disclosures.legal.models import LegalListPage
from portal.disclosures.legal.queries import files_for, first_days, portal_page
from portal.disclosures.models import Disclosure, DisclosureMission, DisclosureTranslation, DisclosureVersion
from portal.kernel.evidence import Fact, LegalItem, Look, MissionPage
from portal.kernel.thai_calendar import BANGKOK, office_day


@dataclass(frozen=True)
class Standing:
    """A page as it stood: its newest version that the public could read, or that was withdrawn."""

    owner: int  # the agency that is scored
    slug: str
    name_th: str
    name_en: str
    on: date
    recorded_on: date
    responsible: str
    withdrawn: bool
    is_sample: bool
    recorded_by: int | None


def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
    """Facts by id of the scored agency; five queries, however many agencies.

    As it stood: of each text its newest version that was updated by ``look.as_of`` and recorded by ``look.entered_by``, and links that
    were made by then. Three things the tables do not keep, so that they show in a year that is not frozen: a link that was taken away, a
    page that was withdrawn and published again since, and contacts that were removed.
    """
    scored = {agency.id: agency for agency in agencies}
    whose = {place: owner for place, owner in look.whose.items() if owner in scored}
    pages = _standings(session, whose, look)
    facts: dict[int, list[Fact]] = {agency_id: [] for agency_id in scored}
    for owner, fact in (*_mission_pages(session, scored, pages, look), *_items(session, scored, pages, look)):
        facts[owner].append(fact)
    since = first_days(session, whose)
    for agency in agencies:
        facts[agency.id].extend(_by_portal(agency, since.get(agency.id), look))
    return facts


def _mission_pages(session: Session, scored: Mapping[int, Agency], pages: Mapping[int, Standing], look: Look) -> Iterator[tuple[int, Fact]]:
    query = select(DisclosureMission.disclosure_id, Mission.agency_id, Mission.code)
    query = query.join(Mission, Mission.id == DisclosureMission.mission_id).where(
        Mission.agency_id.in_(list(scored)), DisclosureMission.linked_at < _end(look.entered_by)
    )
    for disclosure_id, owner, code in session.execute(query.order_by(DisclosureMission.disclosure_id)):
        page = pages.get(disclosure_id)
        if page is not None and _may_serve(page, scored[owner]):
            yield owner, MissionPage(**_common(page, look), key=page.slug, mission=code)


def _items(session: Session, scored: Mapping[int, Agency], pages: Mapping[int, Standing], look: Look) -> Iterator[tuple[int, Fact]]:
    asked = {(agency.id, one.code): one for agency in scored.values() for one in files_for(agency, look.fiscal_year)}
    query = select(LegalListPage).where(LegalListPage.agency_id.in_(list(scored)), LegalListPage.linked_at < _end(look.entered_by))
    order = (LegalListPage.agency_id, LegalListPage.list_code, LegalListPage.item, LegalListPage.disclosure_id)
    for link in session.scalars(query.order_by(*order)):
        page, wanted = pages.get(link.disclosure_id), asked.get((link.agency_id, link.list_code))
        item = wanted.item(link.item) if wanted else None
        if page is not None and item is not None and item.is_known and _may_serve(page, scored[link.agency_id]):
            key = f"{link.list_code}/{link.item}/{page.slug}"
            values = _common(page, look)
            yield link.agency_id, LegalItem(**values, key=key, list_code=link.list_code, item=link.item)


def _by_portal(agency: Agency, since: date | None, look: Look) -> Iterator[LegalItem]:
    """What the portal makes by itself, from the day of the agency's first public page."""
    if since is None or since > look.as_of:
        return
    for one in files_for(agency, look.fiscal_year):
        for item in one.items:
            page = portal_page(agency, item)
            if page is not None:
                yield LegalItem(
                    key=f"{one.code}/{item.code}/portal",
                    path=page.path_of(agency.slug),
                    name_th=item.words.th if item.words else "",
                    name_en=item.words.en if item.words else "",
                    on=since,
                    recorded_on=since,
                    responsible=agency.name_th,
                    list_code=one.code,
                    item=item.code,
                )


def _may_serve(page: Standing, agency: Agency) -> bool:
    return page.owner == agency.id and (agency.is_sample or not page.is_sample)


def _common(page: Standing, look: Look) -> dict[str, Any]:
    return {
        "path": f"/disclosures/{page.slug}",
        "name_th": page.name_th,
        "name_en": page.name_en,
        "on": page.on,
        "recorded_on": page.recorded_on,
        "responsible": page.responsible,
        "withdrawn": page.withdrawn,
        "by_scorer": look.scored(page.owner, page.recorded_by),
    }


def _end(day: date) -> datetime:
    """The moment at which the day is over in Bangkok."""
    return datetime.combine(day + timedelta(days=1), time(), BANGKOK)


@dataclass(frozen=True)
class _Text:
    """The newest version of one language within the look; never its words."""

    language: str
    title: str
    updated_at: datetime
    recorded_at: datetime
    responsible: str
    withdrawn: bool
    recorded_by: int | None


def _standings(session: Session, whose: Mapping[int, int], look: Look) -> dict[int, Standing]:
    """Pages that serve an item or are about a mission, as they stood, by id; one query."""
    version, text = DisclosureVersion, DisclosureTranslation
    query = select(
        Disclosure.id, Disclosure.agency_id, Disclosure.slug, Disclosure.is_sample, text.language, text.withdrawn_at,
        version.title, version.updated_at, version.recorded_at, version.responsible_name, version.recorded_by,
    ).join(text, text.disclosure_id == Disclosure.id).join(version, version.translation_id == text.id)  # fmt: skip
    named = select(LegalListPage.disclosure_id).union(select(DisclosureMission.disclosure_id))
    query = query.where(
        Disclosure.agency_id.in_(list(whose)), Disclosure.id.in_(named),
        version.updated_at < _end(look.as_of), version.recorded_at < _end(look.entered_by),
    )  # fmt: skip
    texts: dict[int, dict[str, _Text]] = defaultdict(dict)
    about: dict[int, tuple[int, str, bool]] = {}
    for row in session.execute(query.order_by(Disclosure.id, text.id, version.number)):
        gone = row.withdrawn_at is not None and office_day(row.withdrawn_at) <= look.as_of
        about[row.id] = (whose[row.agency_id], row.slug, row.is_sample)
        texts[row.id][row.language] = _Text(
            row.language, row.title, row.updated_at, row.recorded_at, row.responsible_name, gone, row.recorded_by
        )
    return {page_id: _standing(*about[page_id], by_language) for page_id, by_language in texts.items()}


def _standing(owner: int, slug: str, is_sample: bool, by_language: Mapping[str, _Text]) -> Standing:
    """The page is as new as its newest text, and withdrawn when all its texts are."""
    there = [one for one in by_language.values() if not one.withdrawn]
    newest = max(there or by_language.values(), key=lambda one: one.updated_at)
    thai, english = by_language.get("th"), by_language.get("en")
    return Standing(
        owner=owner,
        slug=slug,
        name_th=(thai or newest).title,
        name_en=english.title if english else "",
        on=office_day(newest.updated_at),
        recorded_on=office_day(newest.recorded_at),
        responsible=thai.responsible if thai in there and thai else newest.responsible,
        withdrawn=not there,
        is_sample=is_sample,
        recorded_by=newest.recorded_by,
    )

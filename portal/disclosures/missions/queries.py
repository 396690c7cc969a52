"""Named reads of pages about missions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency, Mission
from portal.disclosures import queries
from portal.disclosures.legal.rules import look_again_on
from portal.disclosures.models import Disclosure, DisclosureMission
from portal.disclosures.queries import ShownPage
from portal.kernel.thai_calendar import office_day


@dataclass(frozen=True)
class MissionPages:
    """A mission with its public pages, newest first."""

    mission: Mission
    pages: Sequence[ShownPage]
    #: The newest page was updated longer ago than a page should be.
    is_old: bool


def choosable(session: Session, agency: Agency) -> dict[str, Mission]:
    """Missions that a page of this agency can be about, by "agency/code": its own; of a unit also those above it, up to its agency."""
    root, line = agencies.root_of(session, agency), [agency, *agencies.ancestors(session, agency)]
    places = {one.id: one.slug for one in line[: line.index(root) + 1]}
    rows = session.scalars(select(Mission).where(Mission.agency_id.in_(places)).order_by(Mission.position, Mission.id)).all()
    in_order = sorted(rows, key=lambda mission: list(places).index(mission.agency_id))
    return {f"{places[mission.agency_id]}/{mission.code}": mission for mission in in_order}


def pages_of(session: Session, missions: Sequence[Mission], language: str, today: date) -> list[MissionPages]:
    """Each mission with its public pages, its own agency's and those of units below; a fixed number of queries."""
    links = select(DisclosureMission).where(DisclosureMission.mission_id.in_([mission.id for mission in missions]))
    of_page = {link.disclosure_id: link.mission_id for link in session.scalars(links)}
    public = queries.published().where(Disclosure.id.in_(of_page)).order_by(Disclosure.latest_at.desc(), Disclosure.id.desc())
    shown = queries.shown_pages(session.scalars(public), language) if of_page else []
    rows = [(mission, [page for page in shown if of_page[page.disclosure.id] == mission.id]) for mission in missions]
    return [MissionPages(mission, pages, _is_old(pages, today)) for mission, pages in rows]


def _is_old(pages: Sequence[ShownPage], today: date) -> bool:
    newest = max((office_day(page.disclosure.latest_at) for page in pages if page.disclosure.latest_at), default=None)
    return newest is not None and look_again_on(newest) < today

"""Pages that serve the lists of the law and tell of missions, published in the last complete fiscal year and looked at again in time."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies import queries as agencies_queries
from portal.agencies.models import Agency
from portal.demo.reading import read
from portal.disclosures import service
from portal.disclosures.legal import service as legal
from portal.disclosures.legal.lists import by_code
from portal.disclosures.models import Disclosure
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds

#: A page that is older when the demonstration is loaded was looked at again since: none may be older than a year.
OLD = timedelta(days=300)
NOTE = "ทบทวนข้อมูลประจำปี"


def load_lists(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """Each page on its day, linked to its items on the same day; whatever day of the year it is now."""
    ended = fiscal_year_bounds(fiscal_year(now) - 1)[1]
    for place, entry in enumerate(read("lists")):
        day = datetime.combine(ended - timedelta(days=entry["days_before"]), time(9, place), BANGKOK)
        page = _publish(session, day, entry, agencies[entry["agency"]], people[entry["responsible"]])
        if now - day > OLD:
            _look_again(session, now - timedelta(days=20 + place % 9), entry, page)


def _publish(session: Session, day: datetime, entry: Mapping[str, Any], agency: Agency, responsible: User) -> Disclosure:
    mission = agencies_queries.mission(session, agency.id, entry["mission"]) if entry.get("mission") else None
    settings = PageSettings(
        responsible_user_id=responsible.id, responsible_unit_id=responsible.unit_id, mission_id=mission.id if mission else None
    )
    page = service.create_draft(session, SYSTEM, day, agency, _text(entry, agency), settings=settings, slug=entry["slug"])
    for name in entry.get("items") or ():
        code, item = name.split("/")
        wanted = by_code(code)
        found = wanted.item(item) if wanted else None
        if wanted is None or found is None:
            raise NotFound
        legal.link(session, SYSTEM, day, agency, wanted, found, page)
    service.publish(session, SYSTEM, day, page.translations[0])
    return page


def _look_again(session: Session, day: datetime, entry: Mapping[str, Any], page: Disclosure) -> None:
    text = page.translations[0]
    service.edit(session, SYSTEM, day, text, text.row_version, _text(entry, page.agency, NOTE))
    service.publish(session, SYSTEM, day, text)


def _text(entry: Mapping[str, Any], agency: Agency, note: str = "") -> TextDraft:
    words = {name: entry[name].format(name=agency.name_th) for name in ("title", "lead", "body")}
    return TextDraft(**words, change_note=note)

"""Whatever the day on which the demonstration is loaded, its pages serve lists and missions in the last year and in the running one."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.demo.agencies import load_agencies
from portal.demo.lists import load_lists
from portal.demo.pages import load_pages
from portal.demo.people import load_people
from portal.disclosures.evidence import facts_of
from portal.disclosures.legal.queries import lists_for
from portal.kernel.evidence import Fact, LegalItem, Look, MissionPage, look_at
from portal.kernel.thai_calendar import fiscal_year, office_day
from tests.conftest import NOW

#: The first days of a year, a leap day, and the last day of a year.
DAYS = [NOW, datetime(2028, 2, 29, 3, 0, tzinfo=UTC), datetime(2027, 9, 30, 16, 0, tzinfo=UTC)]


def current_missions(facts: list[Fact], look: Look) -> set[str]:
    pages = [fact for fact in facts if isinstance(fact, MissionPage) and fact.responsible and not fact.withdrawn]
    return {page.mission for page in pages if (look.as_of - page.on).days <= 365 and (page.recorded_on - page.on).days <= 30}


def missing_items(facts: list[Fact], agency: Agency, year: int) -> set[tuple[str, str]]:
    served = {(fact.list_code, fact.item) for fact in facts if isinstance(fact, LegalItem) and (fact.recorded_on - fact.on).days <= 30}
    return {(one.code, item) for one in lists_for([agency], year)[agency.id] for item in one.items} - served


@pytest.mark.parametrize("at", DAYS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_both_years_hold_whatever_the_day(session: Session, at: datetime) -> None:
    with unit_of_work(session):
        agencies = load_agencies(session, at)
        people = load_people(session, at, agencies)
        load_pages(session, at, agencies, people)
        load_lists(session, at, agencies, people)
    scored = [agencies[slug] for slug in ("sommotthani", "meknoi", "opdc")]
    province, town, opdc = scored
    for year in (fiscal_year(at) - 1, fiscal_year(at)):
        look = look_at(year, office_day(at), {agency.id: agency.id for agency in scored})
        facts = facts_of(session, scored, look)
        assert current_missions(facts[province.id], look) == {"M1", "M2", "M3", "M4"}
        assert current_missions(facts[town.id], look) == {"M1", "M2", "M3", "M4"}, "the fifth has no page, on purpose"
        for agency in (province, town):
            assert missing_items(facts[agency.id], agency, year) == set()
            assert [one.code for one in lists_for([agency], year)[agency.id]] == ["s7", "s9", "oit-sample"]
        assert missing_items(facts[opdc.id], opdc, year) == {
            *(("s7", f"7({n})") for n in range(1, 6)),
            *(("s9", f"9({n})") for n in range(1, 9)),
        }
        assert all(fact.path.startswith("/disclosures/") for fact in facts[opdc.id])

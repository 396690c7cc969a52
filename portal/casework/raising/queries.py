"""Where a case may be raised to, and how many were raised from where."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework.models import Case, CasePart, CaseRaise

#: Of fewer matters nobody is told from where they were raised (``docs/rules/figures.md``, Small counts).
LEAST = 5


def above(session: Session, case: Case) -> list[Agency]:
    """Agencies above the place where the case lies, nearest first; units and closed ones are left out."""
    place = session.get_one(Agency, case.unit_id or case.agency_id)
    return [one for one in agencies.ancestors(session, place) if one.level in ADDRESSABLE and not one.is_closed]


def raised_to(session: Session, agency_id: int, fiscal_year: int) -> list[tuple[Agency, int]]:
    """From where matters of the year (B.E. of receipt) were raised to this agency, and how many from each; small counts are left out."""
    # The matters of a divided text are one: what was raised before it was divided was raised once.
    number = func.count(func.coalesce(CasePart.first_id, CaseRaise.case_id).distinct())
    counted = (
        select(CaseRaise.origin_id, number)
        .join(Case, Case.id == CaseRaise.case_id)
        .outerjoin(CasePart, CasePart.case_id == CaseRaise.case_id)
        .where(CaseRaise.to_id == agency_id, Case.counted, Case.fiscal_year == fiscal_year)
        .group_by(CaseRaise.origin_id)
        .having(number >= LEAST)
    )
    found = {row[0]: row[1] for row in session.execute(counted)}
    places = agencies.by_ids(session, found)
    return sorted(((places[origin], count) for origin, count in found.items()), key=lambda pair: (-pair[1], pair[0].slug))

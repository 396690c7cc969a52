"""The province of a case (จังหวัด): of its point, of the place that was written, or the only one in which its agency works.

In words: ``docs/rules/figures.md``, Place. A code of two digits stays with the case, so that nothing has to be read again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.agencies.areas import all_areas, area_of
from portal.casework.models import Case
from portal.casework.tallies.keeping import facts_of, keep_moved
from portal.db import unit_of_work
from portal.kernel import places
from portal.kernel.places import place_at

#: Looked at, and nobody can say; a case that nobody has looked at has None.
NOWHERE = ""
_DIGITS = 2
_BATCH = 1_000


def province_of(place: str, lat: float | None, lon: float | None, area: Sequence[str]) -> str:
    """Code of the province, or ``NOWHERE``. ``area`` holds codes of where the agency works."""
    if lat is not None and lon is not None:
        point = place_at(lat, lon)
        return point.code[:_DIGITS] if point else NOWHERE
    named = _only(places.find("", place)) if place else NOWHERE
    return named or _only(area)


def province_for(session: Session, agency_id: int, place: str, lat: float | None, lon: float | None) -> str:
    """The same, the area read where neither point nor place says it."""
    return province_of(place, lat, lon, ()) or province_of("", None, None, area_of(session, agency_id))


def _only(codes: Sequence[str]) -> str:
    found = {code[:_DIGITS] for code in codes}
    return found.pop() if len(found) == 1 else NOWHERE


def place_all(session: Session) -> int:
    """Give every case a province that nobody has looked at yet, in units of work of their own; returns how many were looked at."""
    areas, done, last = all_areas(session), 0, 0
    session.rollback()
    while True:
        wanted = select(Case.id, Case.agency_id, Case.place, Case.lat, Case.lon).where(Case.province.is_(None), Case.id > last)
        with unit_of_work(session):
            rows = session.execute(wanted.order_by(Case.id).limit(_BATCH)).all()
            if not rows:
                return done
            before = facts_of(session, [row.id for row in rows])
            for code, ids in _by_province(rows, areas).items():
                session.execute(
                    update(Case).where(Case.id.in_(ids)).values(province=code), execution_options={"synchronize_session": False}
                )
            keep_moved(session, before)
        last, done = rows[-1].id, done + len(rows)


def _by_province(rows: Sequence[Any], areas: Mapping[int, Sequence[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(province_of(row.place, row.lat, row.lon, areas.get(row.agency_id, ())), []).append(row.id)
    return found

"""Who is scored: agencies that people can write to. Divisions belong to the agency above them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ScalarSelect, Select, exists, func, or_, select, text
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Mission
from portal.agencies.options import value_of
from portal.agencies.rules import ADDRESSABLE, AgencyLevel
from portal.audit.models import AuditEntry
from portal.casework.models import Case
from portal.kernel.evidence import Mission as MissionOfSubject
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds, office_day
from portal.participation.scores.models import FrozenDossier, GatheredFacts
from portal.participation.scores.options import FREEZE_AFTER
from portal.participation.scores.sources import SOURCES

#: Any fixed number; with the agency's id it is the lock of those who compute a score.
SCORE_LOCK = 255002


def scored_ids(session: Session, year: int) -> list[int]:
    """Every agency that is scored in the fiscal year (B.E.), by id: one that was closed before it began is not."""
    return list(session.scalars(scored(year)))


def scored(year: int) -> Select[int]:
    """The query of their ids."""
    begins = datetime.combine(fiscal_year_bounds(year)[0], time(), BANGKOK)
    there = or_(Agency.closed_at.is_(None), Agency.closed_at >= begins)
    return select(Agency.id).where(Agency.level.in_(ADDRESSABLE), there).order_by(Agency.id)


def whose(session: Session, agency_ids: Collection[int]) -> dict[int, int]:
    """These agencies and the divisions below them, each with the agency that is scored; one query."""
    start = select(Agency.id.label("scored"), Agency.id).where(Agency.id.in_(sorted(agency_ids))).cte("units", recursive=True)
    below = select(start.c.scored, Agency.id).where(Agency.parent_id == start.c.id, Agency.level == AgencyLevel.DIVISION)
    units = start.union(below)
    return {id_: scored for scored, id_ in session.execute(select(units.c.scored, units.c.id))}


def missions_of(session: Session, agency_ids: Collection[int]) -> dict[int, tuple[MissionOfSubject, ...]]:
    """Missions in their order; one query."""
    found: dict[int, list[MissionOfSubject]] = {agency_id: [] for agency_id in agency_ids}
    rows = select(Mission).where(Mission.agency_id.in_(sorted(agency_ids))).order_by(Mission.position, Mission.id)
    for row in session.scalars(rows):
        mission = MissionOfSubject(code=row.code, name_th=row.text_th, name_en=row.text_en, is_core=row.is_core)
        found[row.agency_id].append(mission)
    return {agency_id: tuple(missions) for agency_id, missions in found.items()}


def first_years(session: Session, agency_ids: Collection[int]) -> dict[int, int]:
    """The first fiscal year of which there is a case or an act in the agency's trail, for those that have one; one query."""
    entry = select(AuditEntry.at).where(AuditEntry.agency_id == Agency.id).order_by(AuditEntry.id).limit(1).correlate(Agency)
    case = select(func.min(Case.fiscal_year)).where(Case.counted, Case.agency_id == Agency.id).correlate(Agency)
    found = select(Agency.id, entry.scalar_subquery(), case.scalar_subquery()).where(Agency.id.in_(sorted(agency_ids)))
    years = {
        agency_id: [*([fiscal_year(at)] if at else []), *([heard] if heard else [])] for agency_id, at, heard in session.execute(found)
    }
    return {agency_id: min(first) for agency_id, first in years.items() if first}


def open_years(session: Session, today: date) -> list[int]:
    """Years that are not frozen: the running one, and the one before until its freeze."""
    year = fiscal_year(today)
    return [year] if frozen_on(session, year - 1) < today else [year - 1, year]


def frozen_on(session: Session, year: int) -> date:
    """The last day on which something can be entered for the year."""
    return fiscal_year_bounds(year)[1] + timedelta(days=freeze_days(session))


def freeze_days(session: Session) -> int:
    """How long after its end a year is frozen."""
    return int(value_of(session, FREEZE_AFTER))


def not_looked_at(session: Session, now: datetime, year: int, most: int) -> list[int]:
    """Agencies of which not every source was asked since midnight, by id; those that were closed before the year are left out."""
    midnight = datetime.combine(office_day(now), time(), BANGKOK)
    return list(session.scalars(scored(year).where(fresh_sources(year, midnight) < len(SOURCES)).limit(most)))


def fresh_sources(year: int, since: datetime | None) -> ScalarSelect[int]:
    """How many sources were asked about an ``Agency`` and the fiscal year (B.E.) since then, or ever."""
    asked = select(func.count()).where(GatheredFacts.agency_id == Agency.id, GatheredFacts.fiscal_year == year)
    return (asked if since is None else asked.where(GatheredFacts.gathered_at >= since)).correlate(Agency).scalar_subquery()


def not_frozen(session: Session, year: int, most: int) -> list[int]:
    """Agencies without a frozen dossier of the year, by id."""
    frozen = exists().where(FrozenDossier.agency_id == Agency.id, FrozenDossier.fiscal_year == year)
    return list(session.scalars(scored(year).where(~frozen).limit(most)))


def lock(session: Session, agency_ids: Sequence[int]) -> None:
    """Nobody else computes these meanwhile, inside a unit of work. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        ids = text("SELECT pg_advisory_xact_lock(:key, id) FROM unnest(CAST(:ids AS int[])) AS these(id)")
        session.execute(ids, {"key": SCORE_LOCK, "ids": sorted(agency_ids)})

"""How far what was computed lags behind the records, for ``portal doctor``."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.thai_calendar import BANGKOK, fiscal_year_bounds, office_day
from portal.outbox.evidence import CHANGED
from portal.outbox.models import OutboxEvent
from portal.participation.scores.models import GatheredFacts
from portal.participation.scores.scored import fresh_sources, open_years, scored
from portal.participation.scores.sources import SOURCES


@dataclass(frozen=True)
class Freshness:
    """Agency years that are not frozen, and how many of these the daily look should have reached and did not; changes that wait.

    ``never``: nobody asked any source; ``old``: some source was not asked since yesterday began. ``whole_since``: since this moment every
    one was asked, None while one was never.
    """

    years: int
    never: int
    old: int
    whole_since: datetime | None
    waiting: int
    oldest: datetime | None


def freshness(session: Session, now: datetime) -> Freshness:
    """As it is now; as many queries for one agency as for many. What is there since yesterday only is not behind yet."""
    today = office_day(now)
    yesterday = _begin(today - timedelta(days=1))
    parts = [_of_year(session, year, yesterday) for year in open_years(session, today)]
    asked = [part.since for part in parts if part.since is not None]
    since = min(asked) if asked and len(asked) == len([part for part in parts if part.years]) else None
    waits = (OutboxEvent.name == CHANGED, OutboxEvent.done_at.is_(None), OutboxEvent.failed_at.is_(None))
    waiting, oldest = session.execute(select(func.count(), func.min(OutboxEvent.created_at)).where(*waits)).one()
    years, never, old = sum(part.years for part in parts), sum(part.never for part in parts), sum(part.old for part in parts)
    return Freshness(years, never, old, since, waiting, oldest)


@dataclass(frozen=True)
class _OfYear:
    """Agencies; of these never asked, and asked too long ago; the first moment at which one was asked last, if each was."""

    years: int
    never: int
    old: int
    since: datetime | None


def _of_year(session: Session, year: int, yesterday: datetime) -> _OfYear:
    there = session.scalar(select(func.count()).select_from(scored(year).subquery())) or 0
    last = select(func.count(GatheredFacts.agency_id.distinct()), func.min(GatheredFacts.gathered_at))
    asked, since = session.execute(
        last.where(GatheredFacts.fiscal_year == year, GatheredFacts.agency_id.in_(select(scored(year).subquery().c.id)))
    ).one()
    due = scored(year).where(Agency.updated_at < yesterday, fresh_sources(year, yesterday) < len(SOURCES))
    behind = session.scalar(select(func.count()).select_from(due.subquery())) or 0
    nothing = due.where(fresh_sources(year, None) == 0)
    never = session.scalar(select(func.count()).select_from(nothing.subquery())) or 0
    if _begin(fiscal_year_bounds(year)[0]) >= yesterday:  # the daily look of a year that has just begun is still under way
        behind = never = 0
    return _OfYear(there, never, behind - never, since if asked == there else None)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)

"""Whether somebody made the record behind a fact."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.thai_calendar import office_day
from portal.participation.rules.weighing import kind_of
from portal.participation.scores.keeping import look_for
from portal.participation.scores.sources import SOURCES


def made_by(session: Session, now: datetime, agency: Agency, fiscal_year: int, kind: str, key: str, user_id: int) -> bool:
    """True if this person made it: the rooms are asked as if they scored, since that is when a fact says who made it."""
    agencies: Sequence[Agency] = [agency]
    look = replace(look_for(session, office_day(now), agencies, fiscal_year), scorers={agency.id: frozenset({user_id})})
    facts = (fact for source in SOURCES.values() for fact in source.facts_of(session, agencies, look)[agency.id])
    return any(fact.by_scorer for fact in facts if (kind_of(fact), fact.key) == (kind, key))

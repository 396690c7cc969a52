"""Gathering facts of all rooms and keeping them per source, as JSON of ``kernel.evidence``."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db.upsert import upsert
from portal.kernel.evidence import AnyFact, Look, look_at
from portal.kernel.thai_calendar import office_day
from portal.participation.scores.beside import scorers_for
from portal.participation.scores.models import GatheredFacts
from portal.participation.scores.scored import freeze_days, whose
from portal.participation.scores.sources import SOURCES

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[AnyFact, ...])
NOTHING = "[]"


def gather(session: Session, now: datetime, agencies: Sequence[Agency], year: int, sources: Collection[str] | None = None) -> None:
    """Ask the sources (None: all) for the facts of the fiscal year (B.E.) and keep them; as many statements for one agency as for many."""
    look = look_for(session, office_day(now), agencies, year)
    rows = []
    for name in SOURCES if sources is None else sorted(set(sources) & set(SOURCES)):
        found = SOURCES[name].facts_of(session, agencies, look)
        rows += [
            {"agency_id": agency.id, "fiscal_year": year, "source": name, "facts": encoded(found[agency.id]), "gathered_at": now}
            for agency in agencies
        ]
    if rows:
        insert = upsert(session, GatheredFacts)
        fresh = {"facts": insert.excluded.facts, "gathered_at": insert.excluded.gathered_at}
        session.connection().execute(insert.on_conflict_do_update(index_elements=["agency_id", "fiscal_year", "source"], set_=fresh), rows)


def look_for(session: Session, today: date, agencies: Sequence[Agency], year: int) -> Look:
    """The look at the year on a day."""
    ids = [agency.id for agency in agencies]
    return look_at(year, today, whose(session, ids), scorers_for(session, ids, year), freeze_days(session))


def kept(session: Session, agency_ids: Collection[int], year: int) -> dict[int, tuple[tuple[AnyFact, ...], date]]:
    """Of each agency that was looked at: the facts of all sources, and the last day on which some were gathered; one query."""
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    columns = (GatheredFacts.agency_id, GatheredFacts.facts, GatheredFacts.gathered_at)
    of_year = (GatheredFacts.agency_id.in_(sorted(agency_ids)), GatheredFacts.fiscal_year == year)
    for agency_id, facts, at in session.execute(select(*columns).where(*of_year).order_by(GatheredFacts.agency_id, GatheredFacts.source)):
        found[agency_id].append((facts, at))
    return {
        agency_id: (tuple(fact for facts, _ in parts for fact in decoded(facts)), office_day(max(at for _, at in parts)))
        for agency_id, parts in found.items()
    }


def encoded(facts: Sequence[object]) -> str:
    """As they are kept."""
    return _encoder.encode(facts).decode() if facts else NOTHING


def decoded(text: str) -> tuple[AnyFact, ...]:
    """Back again."""
    return _decoder.decode(text) if text != NOTHING else ()

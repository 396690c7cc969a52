"""Computing scores: for what a change touched, and for everybody. Call inside a unit of work."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agency_queries
from portal.db.revision import raise_public_revision
from portal.kernel.thai_calendar import office_day
from portal.outbox.service import announce
from portal.participation.rules.computing import compute
from portal.participation.rules.dossier import Dossier
from portal.participation.rules.results import ScaleResult
from portal.participation.scales import scales_for
from portal.participation.scores.dossiers import dossiers_of
from portal.participation.scores.freezing import FROZEN, RULING, add_versions, frozen_ids
from portal.participation.scores.keeping import gather
from portal.participation.scores.models import Score
from portal.participation.scores.scored import lock, open_years

#: Score rows by agency and scale.
Kept = dict[tuple[int, str], Score]
#: The search reads the levels of the agency again.
MOVED = "score.moved"


def recompute(
    session: Session,
    now: datetime,
    agency_ids: Sequence[int],
    years: Collection[int] | None = None,
    sources: Collection[str] | None = None,
    cause: str = RULING,
) -> int:
    """Gather what the sources (None: all) say now and compute every scale that holds; returns how many results became others.

    ``years`` are fiscal years (B.E.), None for all that are not frozen. A frozen year keeps its facts and is only computed again from
    them, with the rulings of now; where these are others, it is frozen once more, for this ``cause``. As many statements for one agency as
    for many, but for rows that change.
    """
    lock(session, agency_ids)
    agencies = list(agency_queries.by_ids(session, agency_ids).values())
    changed = 0
    for year in sorted(open_years(session, office_day(now)) if years is None else years):
        frozen = frozen_ids(session, agency_ids, year)
        if open_ones := [agency for agency in agencies if agency.id not in frozen]:
            gather(session, now, open_ones, year, sources)
        dossiers = dossiers_of(session, agencies, year, frozen)
        changed += _compute(session, now, dossiers, year)
        changed += add_versions(session, now, {agency_id: dossiers[agency_id] for agency_id in frozen}, cause)
    if changed:
        _tell_moved(session, now, agency_ids)
        raise_public_revision(session)
    return changed


def _tell_moved(session: Session, now: datetime, agency_ids: Collection[int]) -> None:
    """Of which agencies a level became another just now, or was computed for the first time; one event each."""
    session.flush()
    moved = select(Score.agency_id).where(Score.agency_id.in_(sorted(agency_ids)), Score.level_changed_at == now)
    for agency_id in session.scalars(moved.distinct().order_by(Score.agency_id)):
        announce(session, MOVED, now, agency_id=agency_id)


def freeze(session: Session, now: datetime, agency_ids: Sequence[int], year: int) -> int:
    """Look once more at what was entered in time, and freeze it; returns how many agencies. What is frozen already stays as it is."""
    open_ids = sorted(set(agency_ids) - frozen_ids(session, agency_ids, year))
    recompute(session, now, open_ids, [year])
    dossiers = dossiers_of(session, list(agency_queries.by_ids(session, open_ids).values()), year)
    frozen = add_versions(session, now, dossiers, FROZEN)
    if frozen:
        raise_public_revision(session)
    return frozen


def _compute(session: Session, now: datetime, dossiers: Mapping[int, Dossier], year: int) -> int:
    kept = _kept(session, list(dossiers), year)
    return sum(
        _keep(session, now, kept, agency_id, dossier, compute(scale, dossier))
        for agency_id, dossier in dossiers.items()
        for scale in scales_for(year, dossier.subject.kind)
    )


def _kept(session: Session, agency_ids: Collection[int], year: int) -> Kept:
    rows = session.scalars(select(Score).where(Score.agency_id.in_(sorted(agency_ids)), Score.fiscal_year == year))
    return {(row.agency_id, row.scale): row for row in rows}


def _keep(session: Session, now: datetime, kept: Kept, agency_id: int, dossier: Dossier, result: ScaleResult) -> bool:
    """True if it is another than before."""
    row, told = kept.get((agency_id, result.scale)), _told(dossier, result)
    if row is None:
        since = {"agency_id": agency_id, "fiscal_year": dossier.subject.fiscal_year, "scale": result.scale, "level_changed_at": now}
        session.add(Score(**since, **told, changed_at=now, computed_at=now))
        return True
    row.computed_at = now
    if all(getattr(row, name) == value for name, value in told.items()):
        return False
    if row.level != result.level:
        row.level_before, row.level_changed_at = row.level, now
    for name, value in told.items():
        setattr(row, name, value)
    row.changed_at = now
    return True


def _told(dossier: Dossier, result: ScaleResult) -> dict[str, Any]:
    return {
        "edition": result.edition, "level": result.level, "source_level": result.source_level, "reached": result.reached,
        "stops_at": result.stops_at, "is_first_year": dossier.subject.is_first_year, "late": result.late, "flagged": len(result.flags),
        "result": msgspec.json.decode(msgspec.json.encode(result)),  # as it comes back from the table
    }  # fmt: skip

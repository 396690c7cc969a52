"""Everybody's levels at once: in batches, each a unit of work of its own, so that nobody waits for the whole."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.db import unit_of_work
from portal.kernel.thai_calendar import office_day
from portal.participation.rules.dossier import Dossier
from portal.participation.scores.dossiers import dossiers_of
from portal.participation.scores.scored import open_years, scored_ids
from portal.participation.scores.service import recompute

BATCH = 40
#: How many are done, of how many.
Progress = Callable[[int, int], None]


def recompute_all(session: Session, now: datetime, years: Sequence[int] = (), progress: Progress | None = None) -> int:
    """Gather and compute everything; returns how many results changed. ``years`` (B.E.): none stands for all that are not frozen."""
    changed = 0
    for year in years or open_years(session, office_day(now)):
        ids = scored_ids(session, year)
        for start in range(0, len(ids), BATCH):
            with unit_of_work(session):
                changed += recompute(session, now, ids[start : start + BATCH], [year])
            if progress is not None:
                progress(min(start + BATCH, len(ids)), len(ids))
    return changed


def all_dossiers(session: Session, year: int) -> Iterator[Dossier]:
    """What is kept of everybody, in bounded memory."""
    ids = scored_ids(session, year)
    for start in range(0, len(ids), BATCH):
        rows = list(agencies.by_ids(session, ids[start : start + BATCH]).values())
        yield from dossiers_of(session, rows, year).values()
        session.rollback()

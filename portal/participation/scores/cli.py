"""What ``portal score`` does with the portal's own evidence: everybody anew, one agency, or a new edition tried on all."""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.db import unit_of_work
from portal.kernel.thai_calendar import office_day
from portal.participation.rules.comparing import compare
from portal.participation.rules.document import Document, document_of
from portal.participation.rules.dossier import Dossier
from portal.participation.rules.results import ScaleResult
from portal.participation.scales import read_file, scale_for, scales_for
from portal.participation.scores.dossiers import dossier_of, dossiers_of
from portal.participation.scores.scored import open_years, scored_ids
from portal.participation.scores.service import recompute

#: Agencies in one transaction, so that people can go on writing between two.
BATCH = 100


def score_all(session: Session, now: datetime, year: int | None) -> Iterator[str]:
    """Compute everybody anew for a fiscal year (B.E.), None for each that is not frozen; a line of progress after each transaction."""
    for one in [year] if year else open_years(session, office_day(now)):
        ids, began, changed = scored_ids(session, one), time.monotonic(), 0
        for done, batch in _batches(ids):
            with unit_of_work(session):
                changed += recompute(session, now, batch, [one])
            session.expunge_all()
            rate = done / max(time.monotonic() - began, 0.001)
            yield f"{one}: {done:,} of {len(ids):,} agencies, {rate:,.0f} a second, {changed:,} results are others now"


def score_one(session: Session, now: datetime, slug: str, year: int) -> Document:
    """Compute an agency anew and return its dossier with the results. Raises ``ClickException`` where there is none."""
    agency = _agency(session, slug)
    with unit_of_work(session):
        recompute(session, now, [agency.id], [year])
    agency = _agency(session, slug)
    dossier = dossier_of(session, agency, year)
    if dossier is None:
        raise click.ClickException(f"Nothing is known of {slug} in {year}")
    return document_of(dossier, scales_for(year, dossier.subject.kind))


def try_scale(session: Session, path: Path, year: int) -> Iterator[str]:
    """Who would move by the scale in a file, from the evidence that was gathered last; nothing is stored."""
    new = read_file(path)
    now = scale_for(new.code, year)
    if now is None:
        raise click.ClickException(f"No scale {new.code} holds in {year} to compare with")
    looked, moved = 0, 0
    for dossiers in _gathered(session, year):
        mine = [one for one in dossiers if one.subject.kind in new.kinds and one.subject.kind in now.kinds]
        looked += len(mine)
        for move in compare(now, new, mine):
            moved += 1
            yield f"{move.subject.agency}: {standing(move.now)} -> {standing(move.new)}"
    yield f"{year}: {moved:,} of {looked:,} agencies would move from {now.edition} to {new.edition}"


def standing(result: ScaleResult) -> str:
    """Level by all checks, and by the source's own alone."""
    own = "unknown" if result.source_level is None else result.source_level
    return f"{f'unknown above {result.reached}' if result.level is None else result.level} (source {own})"


def _gathered(session: Session, year: int) -> Iterator[list[Dossier]]:
    for _, batch in _batches(scored_ids(session, year)):
        yield list(dossiers_of(session, list(agencies.by_ids(session, batch).values()), year).values())
        session.expunge_all()


def _batches(ids: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """How many are done after it, and the batch."""
    return ((min(start + BATCH, len(ids)), ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def _agency(session: Session, slug: str) -> Agency:
    agency = agencies.by_slug(session, slug)
    if agency is None or agency.level not in ADDRESSABLE:
        raise click.ClickException(f"There is no agency {slug!r} that is scored")
    return agency

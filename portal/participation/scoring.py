"""The other ways of ``portal score``: from the portal's own evidence."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.db import unit_of_work
from portal.kernel.thai_calendar import fiscal_year
from portal.participation.rules.comparing import Move, compare
from portal.participation.rules.document import Document, document_of
from portal.participation.rules.scales import ScaleFault
from portal.participation.scales import read_file, scale_for, scales_for
from portal.participation.scores.dossiers import dossier_of
from portal.participation.scores.everybody import all_dossiers, recompute_all
from portal.participation.scores.scored import scored_ids
from portal.participation.scores.service import recompute


def score_all(session: Session, now: datetime, year: int | None) -> None:
    """Compute everybody, and tell how far it is and how fast."""
    begun, last = time.monotonic(), 0.0

    def progress(done: int, of: int) -> None:
        nonlocal last
        if done == of or time.monotonic() - last > 2:
            last = time.monotonic()
            click.echo(f"{done:,} of {of:,} agencies, {done / max(last - begun, 0.001):,.0f} a second", err=True)

    changed = recompute_all(session, now, [year] if year else (), progress)
    click.echo(f"{changed:,} results are others than before; {time.monotonic() - begun:.0f} seconds")


def document_for(session: Session, now: datetime, slug: str, year: int | None) -> Document:
    """Compute one agency; its document. Raises ``ClickException`` for one that is not scored in the year."""
    wanted, agency = year or fiscal_year(now), agencies.by_slug(session, slug)
    if agency is None or agency.id not in scored_ids(session, wanted):
        raise click.ClickException(f"No agency {slug!r} is scored in {wanted}")
    agency_id = agency.id
    with unit_of_work(session):
        recompute(session, now, [agency_id], [wanted])
    dossier = dossier_of(session, session.get_one(type(agency), agency_id), wanted)
    assert dossier is not None
    return document_of(dossier, scales_for(wanted, dossier.subject.kind))


def try_scale(session: Session, now: datetime, file: Path, year: int | None) -> Iterator[str]:
    """Who would move by a new edition of a scale, from what is kept; nothing is stored."""
    wanted = year or fiscal_year(now)
    try:
        new = read_file(file)
    except (ScaleFault, UnicodeDecodeError) as fault:
        raise click.ClickException(f"{file}: {fault}") from fault
    present = scale_for(new.code, wanted)
    if present is None:
        raise click.ClickException(f"{file}: no edition of {new.code} holds in {wanted}, so there is nothing to compare with")
    moves = 0
    for move in compare(present, new, (one for one in all_dossiers(session, wanted) if one.subject.kind in new.kinds)):
        moves += 1
        yield _line(move)
    yield f"{moves:,} would move from {present.edition} to {new.edition} in {wanted}"


def _line(move: Move) -> str:
    levels = (("unknown" if one.level is None else one.level) for one in (move.now, move.new))
    return f"{move.subject.agency}: {' -> '.join(map(str, levels))}"

"""``portal score``: the levels, from a file alone or from the portal's own evidence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask import Flask

from portal.participation.rules.document import Document, DocumentFault, differences, read_document, recompute
from portal.participation.rules.results import LevelResult, ScaleResult, Verdict
from portal.participation.rules.saying import message_of
from portal.participation.rules.scales import Scale, checks_of
from portal.participation.scales import all_scales
from portal.participation.scoring import document_for, score_all, try_scale
from portal.web.clock import now
from portal.web.database import db

#: A file is read whole; the largest honest one is far below this.
BYTES_MOST = 50_000_000


def score_command(application: Callable[[], Flask]) -> click.Command:
    """The command, for an app that is made only where the portal's own evidence is wanted."""

    @click.command("score")
    @click.option("--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A downloaded dossier (JSON)")
    @click.option("--agency", "slug", help="Compute this agency from the portal's own evidence, and say where it stops and why")
    @click.option("--all", "everybody", is_flag=True, help="Compute every agency, every year that is not frozen")
    @click.option("--try", "edition", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Who would move by this scale")
    @click.option("--year", type=click.IntRange(2400, 2699), help="Fiscal year (B.E.)")
    def command(file: Path | None, slug: str | None, everybody: bool, edition: Path | None, year: int | None) -> None:
        """Compute the levels of participation. From a downloaded FILE it needs no database, and compares with what the file says."""
        if sum(map(bool, (file, slug, everybody, edition))) != 1:
            raise click.UsageError("Say what to compute, one of: --from FILE, --agency SLUG, --all, --try FILE")
        if file is not None:
            score_file(file)
            return
        with application().app_context():
            _from_evidence(slug, edition, year)

    return command


def _from_evidence(slug: str | None, edition: Path | None, year: int | None) -> None:
    if slug is not None:
        document = document_for(db.session, now(), slug, year)
        for line in lines_of(document, document.computed):
            click.echo(line)
    elif edition is not None:
        for line in try_scale(db.session, now(), edition, year):
            click.echo(line)
    else:
        score_all(db.session, now(), year)


def score_file(path: Path) -> None:
    """Print the levels that the evidence in a file gives. Raises ``ClickException`` where the file is broken or says something else."""
    try:
        if path.stat().st_size > BYTES_MOST:
            raise DocumentFault(f"the file is larger than {BYTES_MOST // 1_000_000} MB")
        document = read_document(path.read_bytes())
        results = recompute(document)
    except DocumentFault as fault:
        raise click.ClickException(f"{path}: {fault}") from fault
    for line in lines_of(document, results):
        click.echo(line)
    if found := [*_strange_scales(document.scales), *differences(document, results)]:
        raise click.ClickException(f"{path}: {'; '.join(found)}")
    click.echo("The file says the same")


def lines_of(document: Document, results: dict[str, ScaleResult]) -> Iterator[str]:
    """What a person wants to read: whose, which year, each ladder, where it stops and why."""
    subject = document.subject
    yield f"{subject.name_en or subject.name_th}, fiscal year {subject.fiscal_year}, as of {subject.as_of}"
    yield document.disclaimer.en
    for scale in document.scales:
        yield from ladder_lines(scale, results[scale.code])


def ladder_lines(scale: Scale, result: ScaleResult) -> Iterator[str]:
    """One ladder."""
    level = (
        f"cannot be computed yet, holds up to {result.reached}" if result.level is None else f"level {result.level} of {len(scale.levels)}"
    )
    own = "cannot be computed yet" if result.source_level is None else f"level {result.source_level}"
    yield f"{scale.code} ({scale.edition}): {level}; by the source's own checks alone: {own}"
    if result.stops_at is not None:
        yield from _why(scale, result.levels[result.stops_at - 1])
    for flag in result.flags:
        yield f"  flag {flag.code}: {message_of(flag.said, 'en')}"


def _why(scale: Scale, level: LevelResult) -> Iterator[str]:
    words = {check.id: check.words.en for check in checks_of(scale)}
    yield f"  stops at level {level.number}, {scale.level(level.number).name.en}:"
    for check in (one for criterion in level.criteria for one in criterion.checks):
        if check.finding.verdict is not Verdict.PASSED:
            yield f"    {check.finding.verdict}: {words[check.id]}: {message_of(check.finding.said, 'en')}"
            yield from (f"      missing: {message_of(one.said, 'en')} {one.path}".rstrip() for one in check.finding.missing)


def _strange_scales(scales: tuple[Scale, ...]) -> Iterator[str]:
    """Editions that this portal knows otherwise: a scale with easier numbers would make any level true."""
    known = {scale.edition: scale for scale in all_scales()}
    for scale in scales:
        if scale.edition not in known:
            click.echo(f"This portal does not know the edition {scale.edition}; computed with the one in the file", err=True)
        elif known[scale.edition] != scale:
            yield f"{scale.code}: the scale in the file is not the edition {scale.edition} of this portal"

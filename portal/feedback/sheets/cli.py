"""``portal import-sheet``: a file by a profile of the agency, or as a known export; the same rules as on the page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.feedback.sheets import service
from portal.feedback.sheets.fitting import fitting
from portal.feedback.sheets.looking import judged
from portal.feedback.sheets.models import SheetImport
from portal.feedback.sheets.plan import Plan, check
from portal.feedback.sheets.reading.book import Book, unpack
from portal.feedback.sheets.reading.faults import FILE_MOST
from portal.feedback.sheets.reading.opening import open_file
from portal.feedback.sheets.rules import file_name
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.web.clock import now
from portal.web.database import db

FAULTS_SAID = 50


def import_sheet_command(application: Callable[[], Flask]) -> click.Command:
    """The command, for an app that is made when it runs."""

    @click.command("import-sheet")
    @click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--agency", "slug", required=True, help="Slug of the agency that the cases are for")
    @click.option("--profile", required=True, help="Name of a profile of the agency")
    @click.option("--sheet", default=1, show_default=True, help="Which sheet, from 1; hidden ones come last")
    def command(path: Path, slug: str, profile: str, sheet: int) -> None:
        """Import the rows of a spreadsheet as cases: all of them, or none with the list of errors."""
        app = application()
        with app.app_context():
            imported = import_file(db.session, now(), app.extensions["portal"].keyring, path, slug, profile, sheet - 1)
        click.echo(f"imported: {imported.cases} cases, {imported.known} known before, {imported.left_out} left out ({imported.public_id})")

    return command


def import_file(session: Session, at: datetime, keyring: Keyring, path: Path, slug: str, profile: str, sheet: int = 0) -> SheetImport:
    """Read, judge, import. Raises ``ClickException`` with one line for each error."""
    agency = agencies.by_slug(session, slug)
    if agency is None:
        raise click.ClickException(f"There is no agency {slug}")
    with path.open("rb") as file:
        data = file.read(FILE_MOST + 1)
    try:
        book = unpack(open_file(data))
        plan = _plan(session, agency, book, profile, sheet)
        judgement = judged(session, at, agency, book.sheets[plan.sheet], plan)
        for fault in judgement.faults[:FAULTS_SAID]:
            click.echo(f"row {fault.row}{fault.column and f', column {fault.column}'}: {fault.message}")
        ready = service.ready(session, SYSTEM, at, keyring, agency, file_name(path.name, data), plan, judgement)
        with unit_of_work(session):
            return service.import_rows(session, SYSTEM, at, session.get_one(Agency, agency.id), ready, profile)
    except Invalid as invalid:
        raise click.ClickException("; ".join(str(message) for messages in invalid.fields.values() for message in messages)) from invalid
    except Conflict as conflict:
        raise click.ClickException(str(conflict.message)) from conflict


def _plan(session: Session, agency: Agency, book: Book, profile: str, sheet: int) -> Plan:
    if not 0 <= sheet < len(book.sheets):
        raise click.ClickException(f"The file has {len(book.sheets)} sheets")
    fit = fitting(session, agency.id, book, sheet, wanted=profile)
    if fit.name != profile:
        raise click.ClickException(f"{agency.slug} has no profile “{profile}” that fits the headings of this file")
    check(fit.plan, list(fit.plan.columns.values()))
    return replace(fit.plan, acknowledge=False)

"""``portal import``: existing pages become drafts, or are published and at once findable."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.disclosures import search, service
from portal.disclosures.importing import ImportedPage, parse_page
from portal.disclosures.models import Disclosure
from portal.index import service as index
from portal.kernel import rich_text
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Invalid
from portal.kernel.thai_calendar import BANGKOK
from portal.web.clock import now
from portal.web.database import db

PAGES = (".html", ".htm", ".txt")
BYTES_MOST = 5_000_000


def import_command(application: Callable[[], Flask]) -> click.Command:
    """The command, for an app that is made when it runs."""

    @click.command("import")
    @click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
    @click.option("--agency", "slug", required=True, help="Slug of the agency that the pages belong to")
    @click.option("--responsible", "email", help="E-mail of the person who answers for the pages from now on")
    @click.option("--publish", is_flag=True, help="Publish them; refused where something is missing")
    @click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True, help="Language of the pages")
    def command(paths: tuple[Path, ...], slug: str, email: str | None, publish: bool, language: str) -> None:
        """Bring in existing pages: HTML, or text copied from a browser. Says what it found wrong, one line each."""
        with application().app_context():
            refused = import_files(db.session, now(), list(_files(paths)), slug, email, publish=publish, language=language)
        if refused:
            raise click.ClickException(f"{refused} of the pages could not be published; they are drafts now")

    return command


def import_files(
    session: Session, at: datetime, paths: Iterable[Path], slug: str, email: str | None, *, publish: bool, language: str = "th"
) -> int:
    """Import each file in a transaction of its own and print what came of it. Returns how many were refused publication."""
    agency, person_id = _agency(session, slug), _person(session, email)
    return sum(not _import_one(session, at, path, agency, person_id, publish=publish, language=language) for path in paths)


def _import_one(session: Session, at: datetime, path: Path, agency: Agency, person_id: int | None, *, publish: bool, language: str) -> bool:
    page = parse_page(read_text(path))
    with unit_of_work(session):
        draft = service.import_page(session, SYSTEM, at, agency, page, language=language, responsible_user_id=person_id)
        slug = draft.slug
        _say(path, page, rich_text.headings(draft.translations[0].body))
    click.echo(f"draft: {slug}")
    return _publish(session, at, draft) if publish else True


def _publish(session: Session, at: datetime, draft: Disclosure) -> bool:
    try:
        with unit_of_work(session):
            service.publish(session, SYSTEM, at, draft.translations[0])
            index.renew(session, search.KIND, draft.slug, search.documents(session, draft))
            address = f"/disclosures/{draft.slug}"
    except Invalid as refusal:
        for field, messages in refusal.fields.items():
            for message in messages:
                click.echo(f"not published: {field}: {message}")
        return False
    click.echo(f"published: {address}")
    return True


def _say(path: Path, page: ImportedPage, headings: Iterable[rich_text.Heading]) -> None:
    click.echo(f"{path}")
    click.echo(f"title: {page.title}")
    click.echo(f"breadcrumb: {' / '.join(page.breadcrumb)}")
    for heading in headings:
        click.echo(f"heading {heading.level}: {heading.text}")
    click.echo(f"published at: {_iso(page.published_at)}")
    click.echo(f"updated at: {_iso(page.updated_at)}")
    for finding in page.findings:
        click.echo(f"found: {finding}")


def _iso(moment: datetime | None) -> str:
    return moment.astimezone(BANGKOK).isoformat(timespec="seconds") if moment else "not given"


def read_text(path: Path) -> str:
    """The file's text: UTF-8, or TIS-620 as old Thai pages have it. Raises one clear line for what is neither."""
    data = path.read_bytes()
    if len(data) > BYTES_MOST:
        raise click.ClickException(f"{path} is larger than {BYTES_MOST // 1_000_000} MB")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise click.ClickException(f"{path} is no text that we can read (UTF-8 or TIS-620)")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in PAGES)
        else:
            yield path


def _agency(session: Session, slug: str) -> Agency:
    agency = agencies.by_slug(session, slug)
    if agency is None:
        raise click.ClickException(f"There is no agency {slug!r}")
    return agency


def _person(session: Session, email: str | None) -> int | None:
    if email is None:
        return None
    person = accounts.by_email(session, email)
    if person is None or person.disabled_at is not None:
        raise click.ClickException(f"Nobody with an open account has the address {email!r}")
    return person.id

"""``portal agency``: what an operator sets up before there is anybody to sign in."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from portal.agencies import queries, service
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.db import unit_of_work
from portal.files import service as files
from portal.kernel.actor import SYSTEM
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


def agency_commands(application: Callable[[], Flask]) -> click.Group:
    """The group, for an app that is made when a command runs."""

    @click.group()
    def agency() -> None:
        """Agencies and their units."""

    @agency.command()
    @click.argument("slug")
    @click.option("--code", required=True, help="Upper-case letters in front of case numbers, such as OPDC; never changes")
    @click.option("--name", required=True, help="Official name in Thai")
    @click.option("--name-en", default="", help="Name in English")
    @click.option("--short", default="", help="Short name in Thai")
    @click.option(
        "--level", type=click.Choice([level.value for level in AgencyLevel]), default=AgencyLevel.DEPARTMENT.value, show_default=True
    )
    @click.option("--kind", type=click.Choice([kind.value for kind in AgencyKind]), default=AgencyKind.GOVERNMENT.value, show_default=True)
    @click.option("--parent", help="Slug of the agency above")
    def add(slug: str, code: str, name: str, name_en: str, short: str, level: str, kind: str, parent: str | None) -> None:
        """Add an agency or a unit."""
        values = {"slug": slug, "code": code, "name_th": name, "name_en": name_en, "short_th": short}
        with application().app_context(), unit_of_work(db.session):
            above = _agency(parent) if parent else None
            places = {"level": AgencyLevel(level), "kind": AgencyKind(kind), "parent_id": above.id if above else None}
            service.create(db.session, SYSTEM, now(), {**values, **places})
        click.echo(f"{slug} is there: /agencies/{slug}")

    @agency.command()
    @click.argument("slug")
    @click.argument("picture", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def seal(slug: str, picture: Path) -> None:
        """Set the seal: a JPEG, PNG or WebP picture, best square."""
        with application().app_context():
            received = files.receive(runtime().store, picture.read_bytes(), picture.name)
            with unit_of_work(db.session):
                service.set_seal(db.session, SYSTEM, now(), _agency(slug), received)
        click.echo(f"{slug} has a seal")

    return agency


def _agency(slug: str) -> Agency:
    agency = queries.by_slug(db.session, slug)
    if agency is None:
        raise click.ClickException(f"There is no agency {slug!r}")
    return agency

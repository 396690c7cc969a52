"""``portal reindex``."""

import sys
from collections.abc import Callable, Sequence

import click
from flask import Flask

from portal.search.service import reindex
from portal.search.sources import SOURCES, Source
from portal.web.database import db


def reindex_command(application: Callable[[], Flask], sources: Sequence[Source] = SOURCES) -> click.Command:
    """The command, for an app that is made when it runs."""

    @click.command("reindex")
    def command() -> None:
        """Make the search index anew; people can go on reading and writing meanwhile."""
        with application().app_context():
            count = reindex(db.session, sources, say)
        click.echo(f"{count:,} records can be found")

    return command


def say(source: Source, done: int, total: int) -> None:
    """One line a source, rewritten as it goes on a terminal; a log gets its end only."""
    if sys.stdout.isatty():
        click.echo(f"\r{source.kind}: {done:,} of {total:,}", nl=done == total)
    elif done == total:
        click.echo(f"{source.kind}: {total:,}")

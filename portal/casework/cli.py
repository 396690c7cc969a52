"""``portal figures``."""

import sys
from collections.abc import Callable

import click
from flask import Flask
from sqlalchemy.orm import Session

from portal.casework.provinces import place_all
from portal.casework.tallies.counting import fold, is_uncounted, recount
from portal.db import unit_of_work
from portal.web.database import db


def figures_commands(application: Callable[[], Flask]) -> click.Group:
    """The commands, for an app that is made when they run."""

    @click.group("figures")
    def group() -> None:
        """The counters that the figures are read from."""

    @group.command("recount")
    def again() -> None:
        """Count every figure anew from the cases, and say whether the counters were right; nobody can write for moments meanwhile."""
        with application().app_context():
            looked, wrong = place_all(db.session), count_all(db.session)
        if looked:
            click.echo(f"{looked:,} cases were given their province")
        click.echo(f"{wrong:,} parts were wrong and are mended" if wrong else "Every counter was right")

    return group


def count_all(session: Session) -> int:
    """Fold what waits, then recount; returns how many parts were wrong."""
    while _folded(session):
        pass
    return recount(session, say)


def count_what_is_there(session: Session) -> None:
    """After an upgrade from a portal without counters: fill them, once."""
    if is_uncounted(session):
        session.rollback()
        place_all(session)
        recount(session, say)
    session.rollback()


def _folded(session: Session) -> int:
    with unit_of_work(session):
        return fold(session)


def say(done: int, total: int) -> None:
    """One line, rewritten as it goes on a terminal; a log gets its end only."""
    if sys.stdout.isatty() or done == total:
        click.echo(f"\rfigures: {done:,} of {total:,} years of agencies", nl=done == total)

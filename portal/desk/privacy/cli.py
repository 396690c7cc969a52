"""``portal privacy``: the ledger outside of the backup, replaying it after a restore, and retention by hand."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from portal.db import unit_of_work
from portal.desk.privacy.erasers import Outcome
from portal.desk.privacy.replaying import replay
from portal.privacy import service
from portal.privacy.service import Due, Tools
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

AT_ONCE = 20


def privacy_commands(application: Callable[[], Flask]) -> click.Group:
    """The group, for an app that is made when a command runs."""

    @click.group()
    def privacy() -> None:
        """Personal data: ledger of erasures, retention."""

    @privacy.command()
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    def ledger(file: Path) -> None:
        """Add to FILE every erasure that it does not hold yet; keep it apart from the backups."""
        with application().app_context():
            added = service.append_to_file(db.session, file)
        click.echo(f"{added:,} erasures added to {file}")

    @privacy.command("replay")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def replay_file(file: Path) -> None:
        """After a restore: erase again what FILE says was erased. Doing it twice changes nothing."""
        with application().app_context():
            lines = list(service.read_file(file))
            found = replay(db.session, now(), Tools(runtime().store, runtime().keyring), lines)
        click.echo(", ".join(f"{found[outcome]:,} {outcome.value}" for outcome in Outcome))

    @privacy.command()
    @click.option("--dry-run", is_flag=True, help="Only say what would go")
    def retention(dry_run: bool) -> None:
        """Erase everything whose time is over, a few at a time."""
        with application().app_context():
            for one in service.due(db.session, now()):
                click.echo(_line(one))
            gone = 0 if dry_run else _erase_all()
        click.echo("Nothing was erased, this was a dry run" if dry_run else f"{gone:,} erased")

    return privacy


def _line(one: Due) -> str:
    return f"{one.part.value}: {one.count:,} of {one.agency.code if one.agency else 'accounts'}, oldest of {one.oldest:%Y-%m-%d}"


def _erase_all() -> int:
    gone, tools = 0, Tools(runtime().store, runtime().keyring)
    while True:
        with unit_of_work(db.session) as session:
            done = service.carry_out_some(session, now(), tools, AT_ONCE)
        gone += done
        if not done:
            return gone

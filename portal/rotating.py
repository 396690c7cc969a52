"""``portal keys rotate``: puts everything under the newest keys while the portal runs, and says which old keys may go."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import click
from flask import Flask
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.db.rotation import DATA, INTEGRITY, Rotation, RowKey
from portal.kernel.keyring import Keyring
from portal.registry import ROTATIONS
from portal.web.database import db

#: Rows of one unit of work: short, because citizens wait behind it on SQLite.
AT_ONCE = 100


class Say(Protocol):
    """Progress of one rotation."""

    def __call__(self, rotation: Rotation, seen: int, renewed: int, *, done: bool) -> None: ...


@dataclass
class Report:
    """What a run found: renewed and unreadable values by name, and what hangs on each key that is still needed."""

    renewed: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    needed: dict[str, Counter[str]] = field(default_factory=dict)


def rotate(session: Session, rings: Mapping[str, Keyring], rotations: Sequence[Rotation], say: Say, at_once: int = AT_ONCE) -> Report:
    """Run every rotation in small units of work. Stopping it anywhere loses nothing: what is done stays done."""
    report = Report()
    for rotation in rotations:
        _run(session, rings[rotation.keys], rotation, report, say, at_once)
    for rotation in rotations:
        if rotation.remaining:
            for key_id, count in rotation.remaining(session).items():
                report.needed.setdefault(key_id, Counter())[rotation.name] += count
    session.rollback()
    return report


def _run(session: Session, keyring: Keyring, rotation: Rotation, report: Report, say: Say, at_once: int) -> None:
    last: RowKey | None = rotation.first
    seen = 0
    while last is not None:
        with unit_of_work(session):
            batch = rotation.batch(session, keyring, last, at_once)
        report.renewed[rotation.name] += batch.renewed
        report.lost[rotation.name] += batch.lost
        seen, last = seen + batch.seen, batch.last
        say(rotation, seen, report.renewed[rotation.name], done=last is None)


def verdicts(setting: str, keyring: Keyring, report: Report, rotations: Sequence[Rotation]) -> list[str]:
    """One line for each old key of a setting: whether it may be taken off the list, and from when."""
    lost = sum(report.lost[rotation.name] for rotation in rotations if rotation.keys == setting)
    lines = []
    for key_id in keyring.ids[1:]:
        if needed := report.needed.get(key_id):
            what = ", ".join(f"{count:,} in {name}" for name, count in needed.items())
            lines.append(
                f"{setting}: keep {key_id}: only their holders know the codes behind {what}; each goes over when its holder uses it"
            )
        elif lost:
            lines.append(f"{setting}: keep {key_id} until the values that could not be read are understood")
        else:
            lines.append(f"{setting}: {key_id} may be taken off the list 24 hours from now, when open pages and repeats have passed")
    return lines or [f"{setting}: one key only, nothing to take off"]


def keys_commands(application: Callable[[], Flask]) -> click.Group:
    """The group, for an app that is made when a command runs."""

    @click.group()
    def keys() -> None:
        """Keys for what is stored."""

    @keys.command("rotate")
    def command() -> None:
        """Put everything under the newest keys; people can go on reading and writing meanwhile."""
        app = application()
        with app.app_context():
            settings = app.extensions["portal"].settings
            rings = {DATA: Keyring(settings.data_keys), INTEGRITY: Keyring(settings.integrity_keys)}
            report = rotate(db.session, rings, ROTATIONS, _say)
            for name, count in report.lost.items():
                if count:
                    click.echo(f"MEND  {name}: {count:,} could not be read under any listed key")
            for setting, ring in rings.items():
                click.echo("\n".join(verdicts(setting, ring, report, ROTATIONS)))
        if any(report.lost.values()):
            raise SystemExit(1)

    return keys


def _say(rotation: Rotation, seen: int, renewed: int, *, done: bool) -> None:
    """One line a thing, rewritten as it goes on a terminal; a log gets its end only."""
    if sys.stdout.isatty():
        click.echo(f"\r{rotation.name}: {seen:,} looked at, {renewed:,} renewed", nl=done)
    elif done:
        click.echo(f"{rotation.name}: {seen:,} looked at, {renewed:,} renewed")

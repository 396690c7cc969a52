"""``portal fetch-mail`` and ``portal mail-in``: the same service from a terminal or from cron."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import click
from flask import Flask

from portal.agencies import queries as agencies
from portal.feedback.mail_in.fetching import fetch, fetch_due, take_all
from portal.feedback.mail_in.jobs import post_of, tools_of
from portal.feedback.mail_in.rules import Fate
from portal.outbox.mailbox import queries as mailboxes
from portal.outbox.mailbox.maildir import open_maildir
from portal.outbox.mailbox.reached import NoMaildir, Reached
from portal.outbox.mailbox.source import Place
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

#: Of one run, shorter than the lease of a mailbox; what is left is taken in the next.
RUN_SECONDS = 240.0
LOOK_MOST = 500


def mail_commands(application: Callable[[], Flask]) -> tuple[click.Command, click.Command]:
    """Both commands."""

    @click.command("fetch-mail")
    @click.option("--agency", "slug", help="Only the mailbox of this agency, even if it is not its turn")
    def fetch_mail(slug: str | None) -> None:
        """Look into the mailboxes now; for cron, where no worker runs."""
        with application().app_context():
            tools, post = tools_of(db.session, runtime().keyring), post_of(db.session)
            if slug is None:
                say(fetch_due(db.session, now(), tools, post, RUN_SECONDS))
                return
            agency_id = _agency(slug)
            fetch_due(db.session, now(), tools, post, 0)  # mailboxes of the settings get their rows
            if mailboxes.stored(db.session, agency_id) is None:
                raise click.ClickException(f"No mailbox is entered for {slug!r}")
            say(fetch(db.session, now(), tools, post, agency_id, time.monotonic() + RUN_SECONDS))
            state = mailboxes.state_of(db.session, agency_id)
            if state is not None and state.tried is not Reached.FINE:
                raise click.ClickException(state.tried.label if state.tried else "Somebody else reads this mailbox now")

    @click.command("mail-in")
    @click.option("--maildir", required=True, type=click.Path(path_type=Path), help="Maildir with the folders new and cur")
    @click.option("--agency", "slug", required=True, help="Slug of the agency whose mail it is")
    def mail_in(maildir: Path, slug: str) -> None:
        """Take what lies in the folder "new" of a maildir, and move it to "cur"."""
        with application().app_context():
            agency_id, fates = _agency(slug), Counter[Fate]()
            tools, until = tools_of(db.session, runtime().keyring), time.monotonic() + RUN_SECONDS
            try:
                with open_maildir(maildir) as source:
                    while found := source.look(Place(), LOOK_MOST).found:
                        take_all(db.session, now(), tools, agency_id, source, found, until, fates)
                        if time.monotonic() >= until:
                            break
            except NoMaildir as error:
                raise click.ClickException(f"{maildir} is no maildir: it has no folders new and cur") from error
            say(fates)

    return fetch_mail, mail_in


def say(fates: Mapping[Fate, int]) -> None:
    """One line for each fate."""
    for fate in Fate:
        if fates.get(fate):
            click.echo(f"{fates[fate]:>6,}  {fate.label}")
    click.echo(f"{sum(fates.values()):>6,}  messages")


def _agency(slug: str) -> int:
    agency = agencies.by_slug(db.session, slug)
    if agency is None:
        raise click.ClickException(f"There is no agency {slug!r}")
    return agency.id

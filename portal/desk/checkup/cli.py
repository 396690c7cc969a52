"""``portal doctor``."""

import os
import sys
from collections.abc import Callable

import click
from flask import Flask, current_app
from flask_babel import force_locale, gettext

from portal.desk.checkup.examine import examine
from portal.desk.checkup.findings import Finding, Patient
from portal.settings import from_environment
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime


def doctor_command(application: Callable[[], Flask]) -> click.Command:
    """The command, for an app that is made when it runs."""

    @click.command()
    @click.option(
        "--language", type=click.Choice(["th", "en"]), default=_terminals_language, help="th or en; the terminal's own if not given"
    )
    def doctor(language: str) -> None:
        """Check settings, stores, people and the audit chain, and say what to mend."""
        settings = from_environment()
        with application().app_context():
            migrations = str(current_app.extensions["migrate"].directory)
            found = list(examine(Patient(db.session, settings, migrations, runtime().keyring, now())))
            with force_locale(language):
                for finding in found:
                    click.echo(line_of(finding))
        if not all(finding.fine for finding in found):
            sys.exit(1)

    return doctor


def line_of(finding: Finding) -> str:
    """One line in the language that holds."""
    found = f"{gettext(finding.name)}: {say(finding.said)}"
    if finding.fine:
        return f"ok    {found}"
    mark = gettext("MEND")
    return f"{mark}  {found} -> {say(finding.mend)}" if finding.mend else f"{mark}  {found}"


def _terminals_language() -> str:
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "th" if said.lower().startswith("th") else "en"

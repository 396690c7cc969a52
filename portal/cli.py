"""``portal``: the one command line. Every error is one clear line and a non-zero exit status."""

import os
import sys
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts import service as people
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.cli import agency_commands
from portal.app import MIGRATIONS, create_app
from portal.casework.cli import count_what_is_there, figures_commands
from portal.db import unit_of_work
from portal.demo.bulk import load_bulk
from portal.demo.load import is_empty, load
from portal.demo.people import ACCOUNTS, COLLECTOR_KEY, PASSWORD
from portal.desk.checkup.cli import doctor_command
from portal.desk.privacy.cli import privacy_commands
from portal.disclosures.cli import import_command
from portal.feedback.mail_in.cli import mail_commands
from portal.feedback.sheets.cli import import_sheet_command
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Invalid, PortalError
from portal.monitoring.samples.cli import sample_commands
from portal.participation.cli import score_command
from portal.rotating import keys_commands
from portal.search.cli import reindex_command
from portal.search.service import reindex
from portal.search.sources import SOURCES
from portal.serving import Supervised, Supervisor, web_command, worker_command
from portal.settings import Settings, SettingsError, from_environment
from portal.setup.cli import way_in
from portal.web.clock import now
from portal.web.database import db
from portal.working import Worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def portal() -> None:
    """Suanruam: listen, answer, report, in the open."""


def application() -> Flask:
    """The app for a command; makes the folder of an embedded database."""
    settings = from_environment()
    make_folders(settings)
    return create_app(settings)


def make_folders(settings: Settings) -> None:
    """Folders of the embedded default."""
    settings.files.mkdir(parents=True, exist_ok=True)
    if settings.database_url.startswith("sqlite:///"):
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


@portal.command()
@click.option("--no-setup", is_flag=True, help="Make no one-time token for /setup, because data is loaded next")
def init(no_setup: bool) -> None:
    """Create or upgrade the database; where nobody has an account yet, say how to set the portal up in a browser."""
    app = application()
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        count_what_is_there(db.session)
        said = None if no_setup else way_in()
    click.echo("The database is ready")
    if said:
        click.echo(said)


@portal.command()
@click.option("--if-empty", is_flag=True, help="Do nothing where there is data already")
@click.option("--cases", type=int, default=0, help="Further synthetic cases, as many as wanted")
@click.option("--seed", type=int, default=2550, show_default=True, help="Seed of the synthetic cases")
def demo(if_empty: bool, cases: int, seed: int) -> None:
    """Load the demonstration: OPDC's public facts, two invented agencies, sixty cases and five imported ones."""
    app = application()
    if app.extensions["portal"].settings.is_production:
        raise click.ClickException("The demonstration is never loaded in production: everybody knows its password")
    with app.app_context():
        if is_empty(db.session):
            load_demonstration(app)
        elif not (if_empty or cases):
            raise click.ClickException("There is data already; the demonstration goes into an empty database only")
        if cases:
            load_bulk(db.session, now(), cases, seed, lambda done: _progress(done, cases))
    say_accounts()


def load_demonstration(app: Flask) -> None:
    """Load and index it."""
    with unit_of_work(db.session):
        load(db.session, now(), app.extensions["portal"].keyring, app.extensions["portal"].integrity, app.extensions["portal"].store)
    reindex(db.session, SOURCES, lambda _source, _done, _total: None)


def say_accounts() -> None:
    """Who can sign in."""
    click.echo(f"Demonstration accounts (password {PASSWORD}):")
    for name in ACCOUNTS:
        click.echo(f"  {name}@demo.example")
    click.echo(f"The collector has a second factor; add this key to an app that makes codes: {COLLECTOR_KEY}")


def _progress(done: int, total: int) -> None:
    if sys.stdout.isatty() or done == total:
        click.echo(f"\r{done:,} of {total:,} cases", nl=done == total)


@portal.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on")
@click.option("--port", type=int, default=lambda: os.environ.get("PORT") or "8000", help="Port, or PORT from the environment")
@click.option("--workers", default=2, show_default=True, help="Web processes")
@click.option("--threads", default=8, show_default=True, help="Threads of each")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the portal; on the embedded database a job worker runs beside it."""
    settings = from_environment()
    children = [Supervised("web server", web_command(host, port, workers, threads))]
    if settings.database_url.startswith("sqlite"):
        children.append(Supervised("worker", worker_command()))
    click.echo(f"Suanruam is at http://{host}:{port} (stop with Ctrl-C)")
    Supervisor(children).run()


@portal.command()
def worker() -> None:
    """Run jobs: mail, search index, seals, sweeping."""
    Worker(application()).run()


portal.add_command(agency_commands(application))
portal.add_command(doctor_command(application))
portal.add_command(figures_commands(application))
portal.add_command(import_command(application))
portal.add_command(import_sheet_command(application))
portal.add_command(keys_commands(application))
for command in mail_commands(application):
    portal.add_command(command)
portal.add_command(privacy_commands(application))
portal.add_command(reindex_command(application))
portal.add_command(sample_commands)
portal.add_command(score_command(application))


@portal.group()
def user() -> None:
    """People with an account."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Official name in Thai")
@click.option("--agency", "slug", help="Slug of the agency")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--with-children", is_flag=True, help="Also in every unit below")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given")
def add_user(email: str, name: str, slug: str | None, role: str, with_children: bool, password: str) -> None:
    """Create a person, or give one a further role."""
    with application().app_context(), unit_of_work(db.session) as session:
        agency = agencies.by_slug(session, slug) if slug else None
        if slug and agency is None:
            raise click.ClickException(f"There is no agency {slug!r}")
        person = accounts.by_email(session, email) or _new_person(session, email, password, name, agency.id if agency else None)
        people.grant(session, SYSTEM, now(), person, Role(role), agency, with_children)
    click.echo(f"{email} is {role}{f' of {slug}' if slug else ''}")


@user.command("password")
@click.argument("email")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given")
def set_password(email: str, password: str) -> None:
    """Set a new password; every session of the person ends."""
    with application().app_context(), unit_of_work(db.session) as session:
        people.set_password(session, SYSTEM, now(), _person(session, email), password)
    click.echo(f"{email} has a new password and is signed out everywhere")


@user.command("disable")
@click.argument("email")
def disable_user(email: str) -> None:
    """Close an account; what the person did stays, open cases wait for the coordinators, nothing names them as responsible any more."""
    with application().app_context(), unit_of_work(db.session) as session:
        people.disable(session, SYSTEM, now(), _person(session, email))
    click.echo(f"{email} can no longer sign in")


def _person(session: Session, email: str) -> User:
    person = accounts.by_email(session, email)
    if person is None:
        raise click.ClickException(f"Nobody has the address {email!r}")
    return person


def _new_person(session: Session, email: str, password: str, name: str, unit_id: int | None) -> User:
    return people.create(session, SYSTEM, now(), email, password, {"name_th": name, "unit_id": unit_id})


def main() -> None:
    """Entry point: turns known errors into one line."""
    try:
        portal(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit("Stopped")
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Invalid as error:
        sys.exit("\n".join(f"{field}: {message}" for field, messages in error.fields.items() for message in messages))
    except (PortalError, SettingsError) as error:
        sys.exit(str(error))
    except (OperationalError, ProgrammingError):  # out of reach; without its tables
        sys.exit("The database cannot be used: run `portal init`, and check PORTAL_DATABASE_URL")
    except OSError as error:
        sys.exit(f"{error.filename or 'The system'}: {error.strerror or error}")


if __name__ == "__main__":
    main()

"""The command line on a fresh database: what each command leaves behind, what it prints, and that every error is one line."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import cli
from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.passwords import matches
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import make_engine
from portal.demo.people import ACCOUNTS, PASSWORD
from portal.index.dictionary import breaker
from portal.index.queries import find
from portal.index.question import ask
from portal.kernel.actor import Role

PAGE = Path(__file__).parent / "disclosures/pages/copied.txt"
OWN_PASSWORD = "a long enough password"
PRODUCTION = {"PORTAL_ENV": "production", "PORTAL_SECRET_KEY": "s" * 40, "PORTAL_DATA_KEY": "d" * 40, "PORTAL_INTEGRITY_KEY": "i" * 40}
Portal = Callable[..., Result]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as ``portal init`` and ``portal agency add`` leave it, to be copied."""
    path = tmp_path_factory.mktemp("prepared") / "portal.sqlite3"
    environment = environment_of(path)
    for arguments in (["init"], ["agency", "add", "meknoi", "--code", "MEKNOI", "--name", "เทศบาลเม็กน้อย"]):
        result = CliRunner().invoke(cli.portal, arguments, env=environment)
        assert result.exit_code == 0, result.output
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


def environment_of(database: Path) -> dict[str, str]:
    folder = database.parent
    return {
        "PORTAL_ENV": "development",
        "PORTAL_DATABASE_URL": f"sqlite:///{database}",
        "PORTAL_FILES": str(folder / "files"),
        "PORTAL_MAIL_URL": f"folder://{folder / 'mail'}",
        "PORTAL_HOME_AGENCY": "meknoi",
    }


@pytest.fixture
def environment(tmp_path: Path, prepared: Path) -> dict[str, str]:
    shutil.copy(prepared, tmp_path / "portal.sqlite3")
    return environment_of(tmp_path / "portal.sqlite3")


@pytest.fixture
def portal(environment: dict[str, str]) -> Portal:
    """Run a command; ``env`` changes settings."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(cli.portal, arguments, env={**environment, **(env or {})})

    return run


@pytest.fixture
def stored(environment: dict[str, str]) -> Iterator[Session]:
    """What the commands have written."""
    engine = make_engine(environment["PORTAL_DATABASE_URL"])
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def main(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """Run the entry point, which must fail; returns the lines of its complaint."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> list[str]:
        for name, value in {**environment, **(env or {})}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["portal", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code, "a failure that looks like success"
        said = left.value.code if isinstance(left.value.code, str) else capsys.readouterr().err
        return said.strip().splitlines()

    return run


def add_user(portal: Portal, *arguments: str, password: str = OWN_PASSWORD, email: str = "somebody@meknoi.go.th") -> Result:
    return portal("user", "add", email, "--name", "นางสาวทดสอบ นามสมมติ", "--password", password, *arguments)


def test_init_makes_folders_and_database_and_may_be_run_again(tmp_path: Path) -> None:
    environment = environment_of(tmp_path / "deep/below/portal.sqlite3")
    for _ in range(2):
        result = CliRunner().invoke(cli.portal, ["init"], env=environment)
        ready, setup = result.output.strip().splitlines()
        assert (result.exit_code, ready) == (0, "The database is ready")
        assert re.fullmatch(r"Open http://127\.0\.0\.1:8000/setup and type: \w{4}-\w{4}-\w{4}   \(once, within 24 hours\)", setup)
    quiet = CliRunner().invoke(cli.portal, ["init", "--no-setup"], env=environment)
    assert quiet.output.strip() == "The database is ready"
    assert (tmp_path / "deep/below/files").is_dir()


def test_a_person_is_added_and_the_password_is_the_one_given(portal: Portal, stored: Session) -> None:
    result = add_user(portal, "--agency", "meknoi", "--role", "officer", "--with-children", email="Somebody@Meknoi.go.th")
    assert (result.exit_code, result.output.strip()) == (0, "Somebody@Meknoi.go.th is officer of meknoi")
    person = accounts.by_email(stored, "somebody@meknoi.go.th")
    assert person
    assert person.unit
    assert person.unit.slug == "meknoi"
    assert matches(person.password_hash, OWN_PASSWORD)
    assert [(grant.role, grant.with_children) for grant in person.grants] == [(Role.OFFICER, True)]


def test_a_person_who_is_there_gets_a_further_role_and_keeps_the_password(portal: Portal, stored: Session) -> None:
    for role in ("officer", "coordinator", "officer"):
        assert add_user(portal, "--agency", "meknoi", "--role", role).exit_code == 0
    assert add_user(portal, "--role", "system_administrator", password="another long password").exit_code == 0
    person = stored.scalars(select(User)).one()
    assert {grant.role for grant in person.grants} == {Role.OFFICER, Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR}
    assert len(person.grants) == 3
    assert matches(person.password_hash, OWN_PASSWORD)


def test_a_password_is_changed_and_an_account_is_closed(portal: Portal, stored: Session) -> None:
    add_user(portal, "--agency", "meknoi", "--role", "officer")
    email = stored.scalars(select(User.email)).one()
    stored.rollback()
    assert portal("user", "password", email, "--password", "quite another password").exit_code == 0
    assert portal("user", "disable", email).exit_code == 0
    person = stored.scalars(select(User)).one()
    assert matches(person.password_hash, "quite another password")
    assert person.disabled_at
    assert "Nobody has the address" in portal("user", "disable", "nobody@example.org").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--agency", "nowhere", "--role", "officer"), "There is no agency 'nowhere'"),
        (("--role", "officer"), "needs an agency"),
        (("--agency", "meknoi", "--role", "system_administrator"), "needs an agency, unless"),
        (("--agency", "meknoi", "--role", "officer", "--password", "short"), "at least 12 characters"),
        (("--agency", "meknoi", "--role", "king"), "'king' is not one of"),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_in_one_line_and_not_stored(
    main: Callable[..., list[str]], stored: Session, arguments: tuple[str, ...], said: str
) -> None:
    password = () if "--password" in arguments else ("--password", OWN_PASSWORD)
    lines = main("user", "add", "somebody@meknoi.go.th", "--name", "นางสาวทดสอบ", *password, *arguments)
    assert said in lines[-1]
    assert stored.scalars(select(User)).all() == []


def test_import_prints_times_with_their_zone_and_what_it_found_wrong(portal: Portal) -> None:
    result = portal("import", str(PAGE), "--agency", "meknoi")
    assert result.exit_code == 0
    said = result.output.splitlines()
    assert "published at: 2007-12-13T17:23:13+07:00" in said
    assert "updated at: 2008-01-18T08:05:00+07:00" in said
    assert "found: The responsible officer is blank" in said
    assert any(line.startswith("found: Figure numbers contradict each other") for line in said)


def test_import_publishes_once_somebody_is_responsible_and_search_finds_it_at_once(portal: Portal, stored: Session) -> None:
    refused = portal("import", str(PAGE), "--agency", "meknoi", "--publish")
    assert refused.exit_code == 1
    assert "not published: responsible: Nobody is responsible yet" in refused.output
    add_user(portal, "--agency", "meknoi", "--role", "publisher")
    done = portal("import", str(PAGE), "--agency", "meknoi", "--publish", "--responsible", "somebody@meknoi.go.th")
    assert done.exit_code == 0
    (address,) = [line.removeprefix("published: ") for line in done.output.splitlines() if line.startswith("published: ")]
    for words in ("รถบรรทุก", '"ทางเข้าของรถบรรทุก"'):
        assert [chunk.url_path for chunk in find(stored, ask(words, breaker(stored))).chunks] == [address], words


def test_the_demonstration_is_loaded_into_an_empty_database_only_and_says_who_can_sign_in(tmp_path: Path) -> None:
    environment = environment_of(tmp_path / "portal.sqlite3")
    runner = CliRunner()
    assert runner.invoke(cli.portal, ["init"], env=environment).exit_code == 0
    loaded = runner.invoke(cli.portal, ["demo"], env=environment)
    assert loaded.exit_code == 0, loaded.output
    assert PASSWORD in loaded.output
    assert all(f"{name}@demo.example" in loaded.output for name in ACCOUNTS)
    again = runner.invoke(cli.portal, ["demo"], env=environment)
    assert again.exit_code == 1
    assert "There is data already" in again.output
    assert runner.invoke(cli.portal, ["demo", "--if-empty"], env=environment).exit_code == 0
    engine = make_engine(environment["PORTAL_DATABASE_URL"])
    with Session(engine) as session:
        played = len(session.scalars(select(Case.id)).all())
        assert played >= 60
    assert runner.invoke(cli.portal, ["demo", "--cases", "7"], env=environment).exit_code == 0
    with Session(engine) as session:
        assert len(session.scalars(select(Case.id)).all()) == played + 7
        assert find(session, ask("การมีส่วนร่วม", breaker(session))).total > 0
    engine.dispose()
    assert runner.invoke(cli.portal, ["doctor"], env={**environment, "PORTAL_HOME_AGENCY": "opdc"}).exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--if-empty",), ("--cases", "5")])
def test_the_demonstration_never_enters_production(portal: Portal, stored: Session, arguments: tuple[str, ...]) -> None:
    result = portal("demo", *arguments, env=PRODUCTION)
    assert result.exit_code == 1
    assert "never loaded in production" in result.output
    assert stored.scalars(select(Agency.slug)).all() == ["meknoi"]
    assert stored.scalars(select(User)).all() == []


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (("init",), {"PORTAL_ENV": "production"}, "PORTAL_SECRET_KEY"),
        (("worker",), {"PORTAL_MAIL_URL": "pigeon://coop"}, "PORTAL_MAIL_URL"),
        (("init",), {"PORTAL_FILES": "/dev/null/files"}, "/dev/null/files"),
        (("serve",), {"PORT": "many"}, "'many' is not a valid integer"),
        (("import", "no-such-page.html", "--agency", "meknoi"), {}, "'no-such-page.html' does not exist"),
        (("dance",), {}, "No such command 'dance'"),
    ],
)
def test_every_error_is_one_clear_line(main: Callable[..., list[str]], arguments: tuple[str, ...], env: dict[str, str], said: str) -> None:
    lines = main(*arguments, env=env)
    assert said in lines[-1]
    assert "Traceback" not in "".join(lines)


def test_a_database_that_was_never_made_is_told_how_to_make_it(main: Callable[..., list[str]], tmp_path: Path) -> None:
    lines = main("reindex", env=environment_of(tmp_path / "empty/portal.sqlite3"))
    assert lines == ["The database cannot be used: run `portal init`, and check PORTAL_DATABASE_URL"]


def test_reindex_says_how_much_can_be_found(portal: Portal) -> None:
    result = portal("reindex")
    assert result.exit_code == 0
    assert result.output.splitlines()[-2:] == ["agency: 1", "1 records can be found"]

"""Fixtures that every test shares. Each test that touches a database runs on SQLite, and on PostgreSQL where
``PORTAL_TEST_DATABASE_URL`` names one; each worker process has databases of its own."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from portal.accounts.second_factor import options
from portal.accounts.second_factor import rules as second_factor_rules
from portal.app import create_app
from portal.db import Base, make_engine
from portal.db.session import WRITES
from portal.files.store import LocalStore
from portal.kernel.actor import Role
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.settings import Settings
from portal.web.database import db
from tests.client import PageClient
from tests.compiled import TEMPLATES, keep_what_is_compiled
from tests.haste import be_quick_rather_than_safe

POSTGRESQL = os.environ.get("PORTAL_TEST_DATABASE_URL")
DATABASES = ["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
# A busy machine is no fault: nothing here is a timed test.
hypothesis.settings.register_profile("suanruam", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suanruam")
DATA_KEY = "test data key that is long enough for anything"


keep_what_is_compiled()
be_quick_rather_than_safe()


def pytest_report_header() -> str:
    """Say what is skipped."""
    chromium = shutil.which("chromium") or "none, so the journeys in a real browser are skipped"
    return f"databases: {', '.join(DATABASES)}{'' if POSTGRESQL else ' (set PORTAL_TEST_DATABASE_URL for PostgreSQL)'}; browser: {chromium}"


@pytest.fixture(scope="session")
def _worker(worker_id: str) -> str:
    return worker_id


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh schema to copy for each test: quicker than making it again."""
    path = tmp_path_factory.mktemp("template") / "portal.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    _create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_url(_worker: str) -> Iterator[str]:
    """A database of this worker's own, with a fresh schema."""
    assert POSTGRESQL
    base = make_url(POSTGRESQL.replace("postgresql://", "postgresql+psycopg://", 1))
    name = f"{base.database}_suanruam_{_worker}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))  # no test cuts the power
    url = base.set(database=name).render_as_string(hide_password=False).replace("postgresql+psycopg://", "postgresql://", 1)
    engine = make_engine(url)
    _create_all(engine)
    engine.dispose()
    yield url
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    admin.dispose()


def _create_all(engine: Engine) -> None:
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        Base.metadata.create_all(connection)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with today's schema."""
    if request.param == "sqlite":
        path = tmp_path / "portal.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("postgresql_url")
    _empty(url)
    return url


def _empty(url: str) -> None:
    """Look first where anything is: of more than a hundred tables a test fills a handful."""
    names = [table.name for table in reversed(Base.metadata.sorted_tables)]
    look = " UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names)
    engine = make_engine(url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        filled = "; ".join(f'DELETE FROM "{name}"' for name in connection.exec_driver_sql(look).scalars())
        if filled:
            connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {filled}")
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The portal's own engine on the test's database."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session; write inside ``unit_of_work(session)``."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def now() -> datetime:
    """Sunday 22 November 2569, 16:00 in Bangkok."""
    return NOW


@pytest.fixture
def keyring() -> Keyring:
    """Keys of the tests."""
    return Keyring([DATA_KEY])


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """An empty file store."""
    return LocalStore(tmp_path / "files")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Development settings on the test's database."""
    return Settings(
        env="development",
        database_url=database_url,
        redis_url=None,
        files=tmp_path / "files",
        secret_key="test secret key",
        data_keys=(DATA_KEY,),
        mail_url="folder:///nowhere",
        base_url="http://localhost",
        home_agency="opdc",
        trusted_proxies=0,
        limits=True,
    )


@pytest.fixture(autouse=True)
def second_factors(monkeypatch: pytest.MonkeyPatch) -> None:
    """No role needs a second factor; a module whose tests are about it has a fixture of this name that leaves things as they are."""
    monkeypatch.setattr(second_factor_rules, "ALWAYS", frozenset[Role]())
    monkeypatch.setattr(options, "SECOND_FACTOR_ROLES", replace(options.SECOND_FACTOR_ROLES, default=[]))


@pytest.fixture
def mailer() -> MemoryMailer:
    """Keeps the mails that were sent."""
    return MemoryMailer()


@pytest.fixture
def app(settings: Settings, mailer: MemoryMailer) -> Iterator[Flask]:
    """The whole portal."""
    app = create_app(settings, mailer)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False  # errors become answers, as they do for people
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = TEMPLATES
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor whose every page is checked."""
    return app.test_client()  # type: ignore[return-value]

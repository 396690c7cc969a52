"""Migrations: numbered, one head, the same schema as the models, up and down with data in it, on both databases."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Enum, create_engine, func, select, text
from sqlalchemy.engine import make_url

from portal.agencies.models import Agency
from portal.app import MIGRATIONS, create_app
from portal.db import Base, unit_of_work
from portal.db.session import WRITES, normalise
from portal.demo.load import load
from portal.index.ddl import UNMODELLED
from portal.settings import Settings
from portal.web.clock import now
from portal.web.database import db
from tests.conftest import POSTGRESQL


@pytest.fixture
def bare_url(database_url: str, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """A database with nothing in it at all."""
    if database_url.startswith("sqlite"):
        shutil.rmtree(tmp_path / "bare", ignore_errors=True)
        (tmp_path / "bare").mkdir()
        yield f"sqlite:///{tmp_path}/bare/portal.sqlite3"
        return
    assert POSTGRESQL
    base = make_url(normalise(POSTGRESQL))
    name = f"{base.database}_suanruam_bare_{worker_id}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield base.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def bare_app(bare_url: str, settings: Settings) -> Iterator[Flask]:
    app = create_app(Settings(**{**vars(settings), "database_url": bare_url}))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_revisions_are_numbered_in_one_line() -> None:
    scripts = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())
    numbers = sorted(script.revision for script in scripts)
    assert numbers == [f"{place:04d}" for place in range(1, len(numbers) + 1)]
    assert all(re.fullmatch(r"\d{4}_\w+\.py", Path(script.path).name) for script in scripts)


def test_migrating_gives_the_schema_of_the_models(bare_app: Flask) -> None:
    upgrade(directory=str(MIGRATIONS))
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": lambda _o, name, *_rest: name not in UNMODELLED}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_every_check_of_codes_names_every_code(bare_app: Flask) -> None:
    """What alembic does not compare: a code that was added later must have reached the check."""
    upgrade(directory=str(MIGRATIONS))
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        else:
            checks = "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'"
            rows = connection.execute(text(checks)).all()
    said: dict[str, str] = {}
    for name, definition in rows:
        assert "ROW(" not in definition, f"codes of {name} became one row, which no code equals"
        said[name] = said.get(name, "") + definition
    for table in Base.metadata.sorted_tables:
        codes = {value for column in table.columns if isinstance(column.type, Enum) for value in column.type.enums}
        assert {value for value in codes if f"'{value}'" not in said.get(table.name, "")} == set(), table.name


def test_up_down_and_up_again_with_data_in_it(bare_app: Flask) -> None:
    upgrade(directory=str(MIGRATIONS))
    with unit_of_work(db.session):
        load(db.session, now(), bare_app.extensions["portal"].keyring)
    assert db.session.scalar(select(func.count()).select_from(Agency))
    db.session.remove()
    downgrade(directory=str(MIGRATIONS), revision="base")
    with db.engine.connect().execution_options(**{WRITES: True}) as connection:
        left = set(connection.dialect.get_table_names(connection)) - {"alembic_version"}
    assert left == set()
    upgrade(directory=str(MIGRATIONS))
    assert not db.session.scalar(select(func.count()).select_from(Agency))

"""Alembic's environment: runs through Flask-Migrate, or bare with ``-x url=…`` in the tests of migrations."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from portal import registry  # noqa: F401 - imports every model
from portal.db import Base
from portal.db.session import WRITES
from portal.index.ddl import UNMODELLED

target_metadata = Base.metadata


def include(_object: object, name: str | None, _kind: str, _reflected: bool, _compare_to: object) -> bool:
    """What the full-text search keeps beside the models is made by hand (``portal.index.ddl``)."""
    return name not in UNMODELLED


@contextmanager
def _tables_may_be_remade(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it; meanwhile nothing may refer to it, so references are checked once, at the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")  # before the transaction: inside one it does nothing
    try:
        yield
        if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"rows that refer to nothing: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Migrate in one transaction."""
    connectable = current_app.extensions["migrate"].db.engine
    with connectable.connect().execution_options(**{WRITES: True}) as connection, _tables_may_be_remade(connection):
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=include,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

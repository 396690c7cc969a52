"""Alembic's environment: runs through Flask-Migrate, or bare with ``-x url=…`` in the tests of migrations."""

from alembic import context
from flask import current_app

from portal import registry  # noqa: F401 - imports every model
from portal.db import Base
from portal.db.session import WRITES
from portal.index.ddl import UNMODELLED

target_metadata = Base.metadata


def include(_object: object, name: str | None, _kind: str, _reflected: bool, _compare_to: object) -> bool:
    """What the full-text search keeps beside the models is made by hand (``portal.index.ddl``)."""
    return name not in UNMODELLED


def run() -> None:
    """Migrate in one transaction."""
    connectable = current_app.extensions["migrate"].db.engine
    with connectable.connect().execution_options(**{WRITES: True}) as connection:
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

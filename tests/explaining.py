"""How SQLite finds what is asked for, so that tests hold a question to its index, however many cases there are."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from tests.casework.test_queue import sent


def plan_of(session: Session, run: Callable[[], object], place: int = -1) -> str:
    """The steps of the last statement that ``run`` sends (or another by its ``place``), separated by slashes.

    Skips on PostgreSQL, which plans by statistics.
    """
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    statement, parameters = sent(SimpleNamespace(session=session), run)[place]
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return " / ".join(row[3] for row in rows)

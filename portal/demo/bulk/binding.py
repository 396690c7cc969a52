"""Rows straight to the driver: values as each database wants them, made once, without SQLAlchemy's work for each column.

Four fifths of the time of a plain bulk insert went into that work and into SQLite's check of the codes, row by row. Both are left out here:
the codes come from the enums themselves, and a test runs SQLite's own check over what was written.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

Row = Mapping[str, Any]
NAIVE_LENGTH = len("2026-11-22 09:00:00.000000")


class Binding:
    """Values for one database."""

    def __init__(self, dialect: str) -> None:
        self._text = dialect == "sqlite"

    def moment(self, seconds: float) -> Any:
        """A time, given in seconds since 1970, as ``UtcDateTime`` stores it."""
        at = datetime.fromtimestamp(seconds, UTC)
        return at.isoformat(" ", "microseconds")[:NAIVE_LENGTH] if self._text else at

    def day(self, day: date) -> Any:
        """A day."""
        return day.isoformat() if self._text else day


@lru_cache(maxsize=10_000)
def codes(**values: Any) -> str:
    """A JSON object of codes and ids; few differ."""
    return json.dumps(values)


def write(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same keys, with values from ``Binding``."""
    if not rows:
        return
    names = list(rows[0])
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})"  # noqa: S608 - our own names
    values = itemgetter(*names)
    connection.exec_driver_sql(sql, [values(row) for row in rows])


@contextmanager
def unchecked(connection: Connection) -> Iterator[None]:
    """On SQLite leave out the checks of codes; foreign keys and uniqueness are checked as ever."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
    try:
        yield
    finally:
        if sqlite:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")

"""Many rows of one table in one short write: values are made as the driver wants them before the lock, then handed over as they are.

An ordinary bulk insert turns each value of each row into what the driver wants while it holds SQLite's only write lock; here that is done
before. ``docs/decisions/010-spreadsheets-in-one-short-write.md``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table, func, select
from sqlalchemy.orm import Session

from portal.db.base import Base

Row = list[Any]


class Rows:
    """Rows of one table: ``add`` before the lock, ``set`` what is known only then, ``insert``."""

    def __init__(self, model: type[Base], dialect: Dialect) -> None:
        assert isinstance(model.__table__, Table)
        self._table = model.__table__
        self._columns = [(column.name, _processor(column, dialect), _default(column)) for column in self._table.columns]
        self._place = {name: place for place, (name, *_) in enumerate(self._columns)}
        self.rows: list[Row] = []

    def add(self, values: Mapping[str, Any]) -> Row:
        """Keep a row. What is not given is the column's default, or None for what comes later."""
        row = [_bound(processor, values[name] if name in values else default()) for name, processor, default in self._columns]
        self.rows.append(row)
        return row

    def set(self, row: Row, name: str, value: Any) -> None:
        """Fill in a column that needs no turning: an id, a number, a text."""
        row[self._place[name]] = value

    def get(self, row: Row, name: str) -> Any:
        """What stands in the row, as the driver wants it."""
        return row[self._place[name]]

    def insert(self, connection: Connection) -> None:
        """Write them all; a key of which no row has a value is left to the database."""
        if not self.rows:
            return
        places = [place for place in range(len(self._columns)) if not self._is_left_out(place)]
        names = ", ".join(f'"{self._columns[place][0]}"' for place in places)
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        sql = f'INSERT INTO "{self._table.name}" ({names}) VALUES ({", ".join([mark] * len(places))})'  # noqa: S608 - our own names
        connection.exec_driver_sql(sql, [tuple(row[place] for place in places) for row in self.rows])

    def _is_left_out(self, place: int) -> bool:
        column = self._table.columns[self._columns[place][0]]
        return bool(column.primary_key) and column.autoincrement is not False and self.rows[0][place] is None


def new_ids(session: Session, model: type[Base], count: int) -> Sequence[int]:
    """Ids that nobody else will be given, inside a unit of work: SQLite has one writer, PostgreSQL hands them out."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.nextval(func.pg_get_serial_sequence(model.__tablename__, "id"))
        return session.scalars(select(sequence).select_from(func.generate_series(1, count))).all()
    first = next_id(session, model)
    return range(first, first + count)


def next_id(session: Session, model: type[Base]) -> int:
    """One more than the highest."""
    return (session.scalar(select(func.max(model.__table__.columns["id"]))) or 0) + 1


def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    return processor


def _bound(processor: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if processor is None or value is None else processor(value)


def _default(column: Column[Any]) -> Callable[[], Any]:
    default = column.default
    if default is None:
        return lambda: None
    if default.is_callable:
        return lambda: default.arg(None)  # type: ignore[attr-defined]  # SQLAlchemy gives it a context
    return lambda: default.arg  # type: ignore[attr-defined]

"""The same past once more: rows of one office, copied as they are under ids and names of their own."""

from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, String, Table, UniqueConstraint, func, select, text
from sqlalchemy.orm import Session

from portal.db import Base, unit_of_work
from portal.plans.models import ActivityRecord

#: What the worker makes or takes, and what is one for all.
LEFT_OUT = {"outbox_event", "score", "score_facts", "frozen_dossier", "revision", "timed_job"}


class Copies:
    """Of every row that is there but those of the agencies and people that all copies share."""

    def __init__(self, session: Session, shared_agencies: set[int], shared_people: set[int]) -> None:
        self.session = session
        self.shared = {"agency": shared_agencies, "user_account": shared_people}
        tables = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]
        there = {table: [dict(row) for row in session.execute(select(table)).mappings()] for table in tables}
        self.rows = {table: kept for table, rows in there.items() if (kept := self._not_shared(table, rows))}
        ids = [[row["id"] for row in rows] for table, rows in there.items() if rows and "id" in table.c]
        self.apart = 1 + max(max(of_table) - min(of_table) for of_table in ids)  # a database that was emptied counts on from where it was
        self.named = {row[column.name] for table, rows in self.rows.items() for column in _alone(table) for row in rows if row[column.name]}

    def _not_shared(self, table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if not any(self._is_shared(table, row, name) for name in ("id", "agency_id", "user_id"))]

    def _is_shared(self, table: Table, row: dict[str, Any], name: str) -> bool:
        whose = {"id": table.name, "agency_id": "agency", "user_id": "user_account"}[name]
        return row.get(name) in self.shared.get(whose, ())

    def make(self, numbers: range) -> None:
        """Copies with these numbers, each with ids that lie so many times ``apart``."""
        with unit_of_work(self.session) as session:
            connection, is_sqlite = session.connection(), session.get_bind().dialect.name == "sqlite"
            session.execute(text("PRAGMA defer_foreign_keys=ON" if is_sqlite else "SET LOCAL session_replication_role = replica"))
            for table, rows in self.rows.items():
                connection.execute(table.insert(), [self._copy(table, row, number) for number in numbers for row in rows])
                if not is_sqlite and "id" in table.c:
                    last = select(func.max(table.c.id)).scalar_subquery()
                    session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))

    def _copy(self, table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
        alone = _alone(table)
        copy = {column.name: self._value(column, row[column.name], number, column in alone) for column in table.columns}
        if table is ActivityRecord.__table__:  # an address, which names a record by its slug
            copy["path"] = "/".join(self._name(part, number) for part in row["path"].split("/"))
        return copy

    def _name(self, part: str, number: int) -> str:
        slug, *anchor = part.split("#")
        return "#".join([_other(slug, number, None) if slug in self.named else slug, *anchor])

    def _value(self, column: Column[Any], value: Any, number: int, alone: bool) -> Any:
        if value is None:
            return None
        if _is_id(column):
            whose = next((key.column.table.name for key in column.foreign_keys), "")
            return value if value in self.shared.get(whose, ()) else value + number * self.apart
        if alone and isinstance(column.type, LargeBinary):
            return value + str(number).encode()
        return _other(value, number, column.type.length) if alone and isinstance(column.type, String) else value


def _alone(table: Table) -> set[Column[Any]]:
    """Columns of words or bytes that no second row may repeat."""
    unique = [rule.columns for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    unique += [index.columns for index in table.indexes if index.unique]
    plain = [list(columns) for columns in unique if not any(_is_id(column) for column in columns)]
    return {column for columns in plain for column in columns[-1:] if isinstance(column.type, String | LargeBinary)}


def _is_id(column: Column[Any]) -> bool:
    return isinstance(column.type, Integer) and (column.name == "id" or column.name.endswith("_id"))


def _other(value: str, number: int, longest: int | None) -> str:
    """No longer than it may be."""
    end = f"-{number}"
    return (value if longest is None else value[: longest - len(end)]) + end

"""Column types: aware UTC times, and codes of an enum kept as short text with a check."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python, naive UTC in SQLite, ``timestamptz`` in PostgreSQL. Naive input is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def code(enum: type[StrEnum], name: str) -> Enum:
    """Column type for the codes of ``enum``: text with a named check constraint, no native type."""

    def values(members: Any) -> list[str]:
        return [member.value for member in members]

    return Enum(enum, name=name, native_enum=False, create_constraint=True, length=40, values_callable=values)

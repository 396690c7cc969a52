"""Whole days of the office between two moments, in SQL: as ``kernel.thai_calendar.office_day`` tells them apart."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class office_days_between(GenericFunction[int]):
    """From the Bangkok day of the first ``UtcDateTime`` to that of the second."""

    type = Integer()
    inherit_cache = True


@compiles(office_days_between, "sqlite")
def _sqlite(element: office_days_between, compiler: SQLCompiler, **how: Any) -> str:
    first, last = (compiler.process(one, **how) for one in element.clauses)
    return f"CAST(julianday(date({last}, '+7 hours')) - julianday(date({first}, '+7 hours')) AS INTEGER)"


@compiles(office_days_between, "postgresql")
def _postgresql(element: office_days_between, compiler: SQLCompiler, **how: Any) -> str:
    first, last = (f"CAST({compiler.process(one, **how)} AT TIME ZONE 'Asia/Bangkok' AS date)" for one in element.clauses)
    return f"({last} - {first})"

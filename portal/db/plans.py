"""A word to SQLite's planner, which keeps no statistics and guesses that any equality leaves ten rows."""

from typing import Any

from sqlalchemy import ColumnElement, func, null
from sqlalchemy.orm import InstrumentedAttribute


def past_index(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The same value, said so that its index is not taken: something else in the question leaves fewer rows."""
    return func.coalesce(column, null())

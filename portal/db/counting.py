"""Counting that stops: nobody needs to know of more than a thousand how many there are, and the database need not either."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select


def up_to(most: int, some: Select[Any]) -> ScalarSelect[int]:
    """How many rows ``some`` has, as a column, so that many counts are one question; ``most + 1`` means more than ``most``.

    ``some`` selects as little as it can: one column, unordered.
    """
    return select(func.count()).select_from(some.limit(most + 1).subquery()).scalar_subquery()

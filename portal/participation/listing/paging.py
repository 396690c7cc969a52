"""Pages of the list, which is sorted in memory: Thai dictionary order is known to no database. The cursor is the key of the last row."""

import json
from collections.abc import Sequence
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.participation.listing.rules import Row, Sort, in_order, key_of
from portal.web.cursor import Page
from portal.web.runtime import runtime


def page_of(rows: Sequence[Row], sort: Sort, per_page: int, cursor: str | None = None) -> Page[Row]:
    """One page in this order. Raises ``Invalid`` for a cursor that this list did not make."""
    key = key_of(sort)
    ordered = in_order(rows, sort)
    if cursor:
        after = _opened(cursor, sort)
        ordered = [row for row in ordered if key(row) > after]
    if len(ordered) <= per_page:
        return Page(ordered, None)
    sealed = runtime().keyring.seal(_purpose(sort), json.dumps(key(ordered[per_page - 1]), ensure_ascii=False))
    return Page(ordered[:per_page], sealed)


def _opened(cursor: str, sort: Sort) -> tuple[Any, ...]:
    try:
        place, name, slug = json.loads(runtime().keyring.unseal(_purpose(sort), cursor))
    except ValueError as error:
        raise Invalid({"cursor": [Message(N_("This address of a next page is damaged, start again from the first page"))]}) from error
    return place, tuple(name), slug


def _purpose(sort: Sort) -> str:
    return f"cursor:participation {sort.value}"

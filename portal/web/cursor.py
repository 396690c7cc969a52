"""Lists page by cursor: the keys of the last row, so that a list stays put while rows come and go."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import ColumnElement, Select, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.web.runtime import runtime

PER_PAGE, MOST_PER_PAGE = 20, 100
Row = TypeVar("Row")
Key = tuple[InstrumentedAttribute[Any], str]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and the cursor of the next where there is one."""

    items: Sequence[Row]
    next_cursor: str | None


def per_page() -> int:
    """``?per_page=`` of this request within its bounds."""
    value = request.args.get("per_page", "")
    return max(1, min(MOST_PER_PAGE, int(value))) if value.isdecimal() and len(value) < 6 else PER_PAGE


def next_url(page: Page[Any]) -> str | None:
    """Address of the next page of this very list, other arguments kept."""
    if page.next_cursor is None or request.endpoint is None:
        return None
    # Names that mean something to url_for itself may stand in any address; they are left out.
    kept = {name: value for name, value in request.args.items() if name != "endpoint" and not name.startswith("_")}
    return url_for(request.endpoint, **{**kept, **(request.view_args or {}), "cursor": page.next_cursor})


def paginate(session: Session, query: Select[Any], keys: Sequence[Key], per_page: int = PER_PAGE, cursor: str | None = None) -> Page[Any]:
    """One page in the order of ``keys`` (column, "asc" or "desc"), which must be unique together and never null.

    Raises ``Invalid`` for a cursor that this list did not make.
    """
    if cursor:
        query = query.where(_after(keys, _decode(cursor, keys)))
    ordered = query.order_by(*(column.desc() if way == "desc" else column.asc() for column, way in keys))
    rows = session.scalars(ordered.limit(per_page + 1)).unique().all()
    if len(rows) <= per_page:
        return Page(rows, None)
    last = rows[per_page - 1]
    return Page(rows[:per_page], _encode(keys, [getattr(last, column.key) for column, _ in keys]))


def _after(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    clauses: list[ColumnElement[bool]] = [false()]
    for place, ((column, way), value) in enumerate(zip(keys, values, strict=True)):
        same = [earlier == values[i] for i, (earlier, _) in enumerate(keys[:place])]
        clauses.append(and_(*same, column < value if way == "desc" else column > value))
    # Said once more of the first key alone: a database finds the place by it, and would read everything before it otherwise.
    first, way = keys[0]
    return and_(first <= values[0] if way == "desc" else first >= values[0], or_(*clauses))


def _purpose(keys: Sequence[Key]) -> str:
    """Ties a cursor to its list: that of another one does not open."""
    return "cursor:" + ",".join(f"{column.class_.__name__}.{column.key} {way}" for column, way in keys)


def _encode(keys: Sequence[Key], values: Sequence[Any]) -> str:
    """Sealed, because the keys are often internal ids, which never leave; stable, because cached pages hold it."""
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return runtime().keyring.seal(_purpose(keys), json.dumps(plain, ensure_ascii=False))


def _decode(cursor: str, keys: Sequence[Key]) -> list[Any]:
    try:
        values = json.loads(runtime().keyring.unseal(_purpose(keys), cursor))
    except ValueError as error:
        raise _bad_cursor() from error
    return [_restored(column, value) for (column, _), value in zip(keys, values, strict=True)]


def _restored(column: InstrumentedAttribute[Any], value: Any) -> Any:
    kind: type[Any] = getattr(column.type, "impl_instance", column.type).python_type
    return kind.fromisoformat(value) if issubclass(kind, date) else value


def _bad_cursor() -> Invalid:
    return Invalid({"cursor": [Message(N_("This address of a next page is damaged, start again from the first page"))]})

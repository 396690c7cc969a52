"""Putting what is encrypted under the newest key while the portal runs.

Each room says in its ``rotation.py`` what it keeps under which key. A batch is one unit of work; a value that somebody changed
meanwhile is left alone, because it is under the newest key already. What is found under it costs only a look, so a stopped run begins anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Select, inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.kernel.keyring import Keyring

DATA, INTEGRITY = "PORTAL_DATA_KEY", "PORTAL_INTEGRITY_KEY"
#: Of a row: its primary key.
RowKey = int | str


@dataclass(frozen=True)
class Batch:
    """What a batch did: where the next one begins (None at the end), how many it looked at, renewed, and could not open."""

    last: RowKey | None
    seen: int = 0
    renewed: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Rotation:
    """One thing that is kept under a key. ``batch`` takes (session, keyring, last row's key, how many at most)."""

    #: Table and columns; a test holds these names and the tables together.
    name: str
    batch: Callable[[Session, Keyring, Any, int], Batch]
    #: The setting that lists its keys.
    keys: str = DATA
    #: Counts what stays under an old key because nobody here knows its clear value; by key id.
    remaining: Callable[[Session], dict[str, int]] | None = None
    #: Below every key of a row.
    first: RowKey = 0


def encrypted(column: InstrumentedAttribute[Any], purpose: str, keys: str = DATA) -> Rotation:
    """The rotation of a column of tokens that ``Keyring.encrypt`` made; the table's key is one whole number."""
    rows = select(_key(column), column)
    return again(column, rows, lambda keyring, row: keyring.renew(purpose, row[1]), keys)


def again(
    column: InstrumentedAttribute[Any],
    rows: Select[*tuple[Any, ...]],
    renew: Callable[[Keyring, Any], str | bytes],
    keys: str = DATA,
    first: RowKey = 0,
) -> Rotation:
    """The rotation of any column: ``rows`` begins with the table's key and the column, ``renew`` gives what should stand there."""
    key = _key(column)

    def batch(session: Session, keyring: Keyring, after: RowKey, most: int) -> Batch:
        found = session.execute(rows.where(key > after, column.is_not(None)).order_by(key).limit(most)).all()
        renewed = lost = 0
        for row in found:
            try:
                fresh = renew(keyring, row) if row[1] else row[1]
            except (InvalidToken, ValueError):
                lost += 1
                continue
            if fresh != row[1]:
                same = update(column.class_).where(key == row[0], column == row[1]).values({column: fresh})
                session.execute(same.execution_options(synchronize_session=False))
                renewed += 1
        return Batch(found[-1][0] if len(found) == most else None, len(found), renewed, lost)

    return Rotation(f"{column.class_.__tablename__}.{column.key}", batch, keys, first=first)


def _key(column: InstrumentedAttribute[Any]) -> Any:
    return inspect(column.class_).primary_key[0]

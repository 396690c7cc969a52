"""Putting what is encrypted under the newest key while the portal runs.

Each room says in its ``rotation.py`` what it keeps under which key. A batch is one unit of work; a value that somebody changed
meanwhile is left alone, because it is under the newest key already. What is found under it costs only a look, so a stopped run begins anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.kernel.keyring import Keyring

DATA, INTEGRITY = "PORTAL_DATA_KEY", "PORTAL_INTEGRITY_KEY"


@dataclass(frozen=True)
class Batch:
    """What a batch did: where the next one begins (None at the end), how many it looked at, renewed, and could not open."""

    last: int | None
    seen: int = 0
    renewed: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Rotation:
    """One thing that is kept under a key. ``batch`` takes (session, keyring, last id, how many at most)."""

    name: str
    batch: Callable[[Session, Keyring, int, int], Batch]
    #: The setting that lists its keys.
    keys: str = DATA
    #: Counts what stays under an old key because nobody knows its clear value; by key id.
    remaining: Callable[[Session], dict[str, int]] | None = None


def encrypted(column: InstrumentedAttribute[Any], purpose: str, keys: str = DATA) -> Rotation:
    """The rotation of a column of tokens that ``Keyring.encrypt`` made; the table's key is one whole number."""

    def batch(session: Session, keyring: Keyring, after: int, most: int) -> Batch:
        key = inspect(column.class_).primary_key[0]
        rows = session.execute(select(key, column).where(key > after, column.is_not(None), column != "").order_by(key).limit(most)).all()
        renewed = lost = 0
        for row_key, token in rows:
            try:
                fresh = keyring.renew(purpose, token)
            except InvalidToken:
                lost += 1
                continue
            if fresh != token:
                same = update(column.class_).where(key == row_key, column == token).values({column: fresh})
                session.execute(same.execution_options(synchronize_session=False))
                renewed += 1
        return Batch(rows[-1][0] if len(rows) == most else None, len(rows), renewed, lost)

    return Rotation(f"{column.class_.__tablename__}.{column.key}", batch, keys)

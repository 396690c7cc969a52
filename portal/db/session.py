"""Engines, and the one door to writing.

On SQLite a transaction begins as ``query_only`` unless it is a unit of work, which takes the write
lock at once (``BEGIN IMMEDIATE``): a reader can never turn into a writer half-way and fail with
SQLITE_BUSY. On PostgreSQL the same transactions are READ ONLY. See ``docs/decisions/002``.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.kernel.errors import Unavailable

WRITES = "portal_writes"  # execution option that marks a unit of work
SQLITE_BUSY_SECONDS = 5
#: FULL: what was confirmed to a citizen survives a power cut.
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-4000")
#: SQLite itself would sleep up to a tenth of a second between two looks, which makes a queue of writers slow and unjust.
SQLITE_LOOK_SECONDS = 0.001
#: One thread of a process at a time stands in SQLite's queue; the others wait here, where waiting costs nothing.
_writers = threading.Lock()


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql://…`` with the portal's transaction rules on it."""
    engine = create_engine(normalise(url), **{**engine_options(url), **options})
    adopt(engine)
    return engine


def normalise(url: str) -> str:
    """``postgresql://`` means psycopg 3."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else url


def engine_options(url: str) -> dict[str, Any]:
    """Options of ``create_engine`` that both the portal and Flask-SQLAlchemy use."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False}}
    return {"pool_pre_ping": True}


def adopt(engine: Engine) -> None:
    """Put the transaction rules on an engine that somebody else created."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "begin", _postgresql_begin)


def _sqlite_connect(dbapi_connection: Any, _record: Any) -> None:
    dbapi_connection.isolation_level = None  # the "begin" event below speaks for itself
    for pragma in SQLITE_PRAGMAS:
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    raw = connection.connection.dbapi_connection
    assert raw is not None
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    try:
        if writes:
            _begin_writing(cursor)
        else:
            cursor.execute("BEGIN")
    finally:
        cursor.close()


def _begin_writing(cursor: Any) -> None:
    """Take the write lock, looking often; raises ``sqlite3.OperationalError`` when somebody holds it for five seconds."""
    deadline = time.monotonic() + SQLITE_BUSY_SECONDS
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                cursor.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(SQLITE_LOOK_SECONDS)
    finally:
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_SECONDS * 1000}")


def _postgresql_begin(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.read_only = not connection.get_execution_options().get(WRITES, False)


@contextmanager
def one_moment(session: Session) -> Iterator[Session]:
    """A second session that sees everything as of one moment, however many questions it asks, and never writes; ``session`` stays free."""
    with Session(session.get_bind()) as reading:
        if reading.get_bind().dialect.name != "sqlite":  # there a transaction is such a moment anyway
            reading.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield reading


@contextmanager
def unit_of_work(session: Session) -> Iterator[Session]:
    """One write transaction: commits at the end, rolls back on any error.

    What the session had loaded before is expired, so decisions inside rest on what is true now.
    Raises ``Unavailable`` when the database is busy for longer than five seconds or out of reach.
    """
    session.rollback()
    session.expire_all()  # a rollback without a transaction would leave them as they are
    if session.get_bind().dialect.name != "sqlite":
        yield from _unit_of_work(session)
        return
    if not _writers.acquire(timeout=SQLITE_BUSY_SECONDS):
        raise Unavailable
    try:
        yield from _unit_of_work(session)
    finally:
        _writers.release()


def _unit_of_work(session: Session) -> Iterator[Session]:
    try:
        session.connection(execution_options={WRITES: True})
        yield session
        session.commit()
    except (OperationalError, sqlite3.OperationalError) as error:  # the second comes unwrapped from the event above
        session.rollback()
        raise Unavailable from error
    except BaseException:
        session.rollback()
        raise

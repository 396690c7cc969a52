"""The databases that are measured: the demonstration, and the same with synthetic cases."""

import os
import shutil
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from portal.app import create_app
from portal.db import Base, make_engine, unit_of_work
from portal.db.session import WRITES
from portal.demo.bulk import load_bulk
from portal.demo.load import load
from portal.demo.people import PASSWORD
from portal.kernel.keyring import Keyring

SECRET = "secret of the benchmarks, nothing else is signed with it"
DATA_KEY = "data key of the benchmarks; nothing else is stored under it"
__all__ = ["PASSWORD", "SECRET", "copied", "demonstration", "settings", "with_cases"]
#: Importing the app brings every table.
ALL_TABLES = create_app


def demonstration(path: Path) -> None:
    """A database with the demonstration in it, in one file."""
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        Base.metadata.create_all(connection)
    with Session(engine, expire_on_commit=False) as session, unit_of_work(session):
        load(session, datetime.now(UTC), Keyring([DATA_KEY]))
    engine.dispose()
    _settle(path)


def copied(source: Path, path: Path) -> Path:
    """The database once more, for what changes it."""
    shutil.copy(source, path)
    return path


def with_cases(source: Path, path: Path, count: int) -> float:
    """A copy with ``count`` further cases. Returns how many were loaded in a second."""
    shutil.copy(source, path)
    engine = make_engine(f"sqlite:///{path}")
    begin = datetime.now(UTC)
    with Session(engine, expire_on_commit=False) as session:
        load_bulk(session, begin, count)
    took = (datetime.now(UTC) - begin).total_seconds()
    engine.dispose()
    _settle(path)
    return count / took


def _settle(path: Path) -> None:
    """Everything into the one file, and onto the disk, so that no measured commit waits for what was loaded."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    os.sync()


def settings(database: Path, files: Path) -> Mapping[str, str]:
    """Environment of a portal on this database."""
    return {
        "PORTAL_ENV": "development",
        "PORTAL_LIMITS": "off",
        "PORTAL_DATABASE_URL": f"sqlite:///{database}",
        "PORTAL_FILES": str(files),
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_DATA_KEY": DATA_KEY,
        "PORTAL_MAIL_URL": f"folder://{files.parent / 'mail'}",
        "PORTAL_BASE_URL": "http://127.0.0.1",
        "PORTAL_HOME_AGENCY": "opdc",
    }

"""A spreadsheet of ten thousand rows, imported in a process of its own, beside the bare limit: calamine alone, and one plain row for each.

``python -m tests.bench.sheets FILE DATABASE`` is that process; the bench starts it for each turn.
"""

import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.app import create_app
from portal.db import make_engine, unit_of_work
from portal.feedback.sheets import service
from portal.feedback.sheets.fields import Field
from portal.feedback.sheets.looking import judged
from portal.feedback.sheets.plan import first_plan
from portal.feedback.sheets.reading.book import unpack
from portal.feedback.sheets.reading.opening import open_file
from portal.feedback.sheets.rules import file_name
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from tests.bench import data

ROWS = 10_000
HEADINGS = ("วันที่รับเรื่อง", "เรื่อง", "รายละเอียด", "สถานที่", "เลขที่รับ", "ชื่อ-สกุล", "เบอร์โทรศัพท์", "อีเมล")
#: Importing the app brings every table.
ALL_TABLES = create_app


@dataclass(frozen=True)
class Taken:
    """Seconds of one import: reading in its own process, judging with encrypting, the write for which others wait; peak megabytes."""

    read: float
    prepare: float
    write: float
    peak: float
    bare_read: float
    bare_write: float

    @property
    def whole(self) -> float:
        """Everything."""
        return self.read + self.prepare + self.write

    @property
    def bare(self) -> float:
        """The limit."""
        return self.bare_read + self.bare_write


def measured(source: Path, folder: Path, turns: int, rows: int = ROWS) -> list[Taken]:
    """Import and limit in turns, each on a fresh copy of the demonstration."""
    path = folder / "import.xlsx"
    _workbook(path, rows)
    return [_turn(source, folder, path) for _ in range(turns)]


def table(taken: Sequence[Taken], rows: int = ROWS) -> str:
    """Medians of the turns."""

    def middle(name: str) -> float:
        return median(getattr(one, name) for one in taken)

    ratio = median(one.whole / one.bare for one in taken)
    head = (
        f"| spreadsheet of {rows:,} rows | read s | prepare s | write s | whole s | peak MB | bare read s | bare write s | against bare |"
    )
    line = "| import | " + " | ".join(f"{middle(name):.2f}" for name in ("read", "prepare", "write", "whole"))
    line += f" | {middle('peak'):.0f} | {middle('bare_read'):.2f} | {middle('bare_write'):.2f} | {ratio:.1f} × |"
    return "\n".join([head, "|---|" + "---:|" * 8, line])


def _turn(source: Path, folder: Path, path: Path) -> Taken:
    database = data.copied(source, folder / "import.sqlite3")
    command = [sys.executable, "-m", "tests.bench.sheets", str(path), str(database)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout.splitlines()[-1])
    for name in ("import.sqlite3", "import.sqlite3-wal", "import.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    return Taken(**said, **_bare(path, folder / "bare-import.sqlite3"))


def _bare(path: Path, database: Path) -> dict[str, float]:
    """The cells as calamine gives them; one row each of the same bytes, in one durable transaction."""
    begin = time.perf_counter()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    read = time.perf_counter()
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h)")
    begin_write = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO bare (a, b, c, d, e, f, g, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [list(map(str, row)) for row in rows]
    )
    connection.execute("COMMIT")
    done = time.perf_counter()
    connection.close()
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
        (database.parent / name).unlink(missing_ok=True)
    return {"bare_read": read - begin, "bare_write": done - begin_write}


def _workbook(path: Path, rows: int) -> None:
    today = datetime.now(UTC)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, rows + 1):
            day = today - timedelta(hours=row)
            body = f"รายละเอียดของเรื่องที่ {row} " + "ท่อประปาแตกหน้าบ้าน น้ำไหลลงถนนตลอดทั้งคืน ขอให้มาซ่อม " * 6
            cells = [f"{day.day}/{day.month}/{day.year + 543} {day:%H:%M}", f"ท่อแตก {row}", body, f"ซอย {row % 90}", f"T-{row:06d}"]
            sheet.write_row(row, 0, [*cells, "มาลี ใจดี", f"08{row:08d}", f"person{row}@example.org"])


def _import(path: Path, database: Path) -> dict[str, float]:
    keyring, now = Keyring([data.DATA_KEY]), datetime.now(UTC)
    with Session(make_engine(f"sqlite:///{database}"), expire_on_commit=False) as session:
        agency = session.scalars(select(Agency).where(Agency.slug == "meknoi")).one()
        begin = time.perf_counter()
        content = path.read_bytes()
        book = unpack(open_file(content))
        read = time.perf_counter()
        fixed = {Field.KIND: "grievance", Field.CHANNEL: "telephone", Field.ANONYMITY: "confidential"}
        plan = replace(first_plan(book), fixed=fixed)
        judgement = judged(session, now, agency, book.sheets[0], plan)
        assert not judgement.faults
        made = service.ready(session, SYSTEM, now, keyring, agency, file_name(path.name, content), plan, judgement)
        prepared = time.perf_counter()
        with unit_of_work(session):
            assert service.import_rows(session, SYSTEM, now, session.get_one(Agency, agency.id), made).cases == len(book.sheets[0].rows) - 1
        done = time.perf_counter()
    peak = max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    return {"read": read - begin, "prepare": prepared - read, "write": done - prepared, "peak": peak}


def _own_peak() -> int:
    """Kilobytes. Not ``ru_maxrss`` of this process: that begins with what the process had that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


if __name__ == "__main__":
    print(json.dumps(_import(Path(sys.argv[1]), Path(sys.argv[2]))))

"""Levels of participation at 8,327 agencies: everybody, one, and after one change; beside reading and decoding the same facts."""

import resource
import shutil
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Mission
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.casework.rules import Channel
from portal.db import make_engine, unit_of_work
from portal.feedback.boxes.models import Box, BoxOpening, BoxWitness
from portal.feedback.boxes.rules import Seal, Sector
from portal.feedback.channels.models import AgencyChannel
from portal.feedback.channels.rules import ChannelAudience
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.improvements.rules import ImprovementKind, ImprovementState
from portal.participation.scores.everybody import recompute_all
from portal.participation.scores.keeping import decoded
from portal.participation.scores.models import GatheredFacts
from portal.participation.scores.service import recompute

AGENCIES = 8_327
YEAR = 2570
NOW = datetime(2027, 8, 20, 3, tzinfo=UTC)
BEGAN = date(2026, 10, 1)


@dataclass(frozen=True)
class Took:
    """Seconds and CPU seconds of all, of reading and decoding the same facts; milliseconds of one; megabytes."""

    agencies: int
    facts: int
    whole: float
    whole_cpu: float
    again: float
    bare: float
    bare_cpu: float
    one: float
    one_cpu: float
    change: float
    change_cpu: float
    memory: float


def measured(source: Path, folder: Path, agencies: int = AGENCIES) -> Took:
    """In a database of its own, beside the demonstration."""
    path = folder / "scores.sqlite3"
    shutil.copy(source, path)
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        ids = _load(session, agencies)
        whole, cpu = _timed(lambda: recompute_all(session, NOW, [YEAR]))
        again, _ = _timed(lambda: recompute_all(session, NOW, [YEAR]))
        picked = Random(2550).sample(ids, 20)
        one, one_cpu = _each(session, picked, None)
        change, change_cpu = _each(session, picked, ["boxes"])
        facts = sum(len(decoded(text)) for text in session.scalars(select(GatheredFacts.facts).where(GatheredFacts.fiscal_year == YEAR)))
        session.rollback()
    engine.dispose()
    bare, bare_cpu = _timed(lambda: _bare(path))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Took(agencies, facts, whole, cpu, again, bare, bare_cpu, one, one_cpu, change, change_cpu, memory)


def table(took: Took) -> str:
    """As it stands in ``docs/benchmarks.md``."""
    lines = (
        (f"all {took.agencies:,} agencies, {took.facts:,} facts", f"{took.whole:.0f} s", f"{took.whole_cpu:.0f} s", "under 300 s"),
        ("the same again, nothing changed", f"{took.again:.0f} s", "", ""),
        ("bare: reading and decoding these facts", f"{took.bare:.2f} s", f"{took.bare_cpu:.2f} s", ""),
        ("one agency, all sources", f"{took.one:.0f} ms", f"{took.one_cpu:.0f} ms", "under 50 ms"),
        ("one agency after one change", f"{took.change:.0f} ms", f"{took.change_cpu:.0f} ms", "under 20 ms"),
        ("memory of the process at its highest", f"{took.memory:.0f} MB", "", "under 500 MB"),
    )
    return "\n".join(
        ["| levels of participation | time | CPU | aim |", "|---|---:|---:|---|", *(f"| {' | '.join(line)} |" for line in lines)]
    )


def _timed(work: Any) -> tuple[float, float]:
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - cpu


def _each(session: Session, ids: Sequence[int], sources: Sequence[str] | None) -> tuple[float, float]:
    """Median milliseconds of one, the commit included."""
    times = []
    for agency_id in ids:

        def work(agency_id: int = agency_id) -> None:
            with unit_of_work(session):
                recompute(session, NOW, [agency_id], [YEAR], sources)

        times.append(_timed(work))
    return median(one for one, _ in times) * 1000, median(cpu for _, cpu in times) * 1000


def _bare(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        for (text,) in connection.execute("SELECT facts FROM score_facts WHERE fiscal_year = ?", (YEAR,)):
            decoded(text)


def _load(session: Session, count: int) -> list[int]:
    """Agencies with missions, channels, a box opened each month, improvements: as rows of the rooms, without cases."""
    with unit_of_work(session):
        first = max(session.scalars(select(Agency.id)), default=0) + 1
        ids = list(range(first, first + count))
        write = session.connection().execute
        write(insert(Agency), [_agency(one) for one in ids])
        write(
            insert(Mission),
            [
                {"agency_id": one, "code": f"m{n}", "text_th": f"ภารกิจที่ {n}", "position": n, "is_core": n == 1}
                for one in ids
                for n in (1, 2, 3)
            ],
        )
        write(insert(AgencyChannel), [_channel(one, channel) for one in ids for channel in (Channel.WEB, Channel.TELEPHONE, Channel.BOX)])
        boxes = select(AgencyChannel.agency_id, AgencyChannel.id).where(
            AgencyChannel.channel == Channel.BOX, AgencyChannel.agency_id >= first
        )
        write(insert(Box), [_box(*row) for row in session.execute(boxes).all()])
        hung = session.scalars(select(Box.id).where(Box.agency_id >= first)).all()
        write(insert(BoxOpening), [_opening(box, month) for box in hung for month in range(10)])
        opened = session.scalars(select(BoxOpening.id).where(BoxOpening.box_id.in_(select(Box.id).where(Box.agency_id >= first)))).all()
        write(insert(BoxWitness), [{"opening_id": one, "name": "นางบุญมา", "sector": Sector.COMMUNITY, "role": ""} for one in opened])
        write(insert(Improvement), [_improvement(one, n) for one in ids for n in (1, 2)])
    return ids


def _agency(one: int) -> dict[str, Any]:
    return {
        "id": one, "slug": f"bench-{one}", "code": f"B{one}", "level": AgencyLevel.LOCAL, "kind": AgencyKind.LOCAL,
        "name_th": f"องค์กรที่ {one}", "name_en": f"Body {one}", "is_sample": True, "updated_at": NOW, "row_version": 1,
    }  # fmt: skip


def _channel(one: int, channel: Channel) -> dict[str, Any]:
    return {
        "agency_id": one, "channel": channel, "name_th": channel.value, "audience": ChannelAudience.GENERAL_PUBLIC,
        "is_formal": channel is not Channel.BOX, "collector_position_th": "หัวหน้าศูนย์", "open_from": BEGAN,
        "recorded_at": _moment(0), "updated_at": _moment(0), "row_version": 1,
    }  # fmt: skip


def _box(agency_id: int, channel_id: int) -> dict[str, Any]:
    return {
        "agency_id": agency_id, "channel_id": channel_id, "number": 1, "slug": f"bench-{agency_id}-1", "name_th": "ตู้หน้าอาคาร",
        "place_th": "หน้าอาคาร", "set_up_on": BEGAN, "recorded_at": _moment(0), "updated_at": _moment(0), "row_version": 1,
    }  # fmt: skip


def _opening(box_id: int, month: int) -> dict[str, Any]:
    at = _moment(30 * month + 9)
    return {
        "box_id": box_id, "number": month + 1, "opened_at": at, "due_on": at.date(), "recorded_at": at, "seal": Seal.INTACT, "slips": 0,
    }  # fmt: skip


def _improvement(one: int, number: int) -> dict[str, Any]:
    return {
        "agency_id": one, "slug": f"bench-{one}-improvement-{number}", "kind": ImprovementKind.SERVICE, "state": ImprovementState.PLANNED,
        "title_th": "ลดเวลารอ", "problem_th": "รอนาน", "action_th": "เพิ่มช่อง", "unit_id": one, "created_at": _moment(40),
        "updated_at": _moment(40), "row_version": 1,
    }  # fmt: skip


def _moment(days: int) -> datetime:
    return datetime(2026, 10, 1, 3, tzinfo=UTC) + timedelta(days=days)

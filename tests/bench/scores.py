"""Levels of participation at 8,327 agencies: everybody, one, and after one change; beside reading and decoding the same facts."""

import resource
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.casework.models import Case
from portal.db import make_engine, unit_of_work
from portal.participation.scores.everybody import recompute_all
from portal.participation.scores.keeping import decoded
from portal.participation.scores.models import GatheredFacts
from portal.participation.scores.service import recompute
from portal.plans.models import PlanActivity
from tests.bench.country import AGENCIES, AT_ONCE, NOW, YEAR, build

#: Time and CPU time.
Pair = tuple[float, float]

#: What a change of a row touches; the dearest of them is told.
CHANGES = (["boxes"], ["cases", "channels"], ["plans"])
SAMPLE = 20


@dataclass(frozen=True)
class Took:
    """Pairs of seconds and CPU seconds of all, again, and of reading and decoding the same facts; of milliseconds of one; megabytes."""

    agencies: int
    facts: int
    cases: int
    activities: int
    whole: Pair
    again: Pair
    bare: Pair
    one: Pair
    largest: Pair
    change: Pair
    memory: float


def measured(source: Path, folder: Path, agencies: int = AGENCIES) -> Took:
    """In a database of its own, beside the demonstration."""
    path = folder / "scores.sqlite3"
    shutil.copy(source, path)
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        ids = build(session, agencies)
        whole = _timed(lambda: recompute_all(session, NOW, [YEAR], _progress))
        again = _timed(lambda: recompute_all(session, NOW, [YEAR]))
        picked = Random(2550).sample(ids, SAMPLE)
        one, largest = _each(session, picked, None), _each(session, [_largest(session, ids)] * SAMPLE, None)
        change = max(_each(session, picked, sources) for sources in CHANGES)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before the counting below, which is no part of it
        texts = select(GatheredFacts.facts).where(GatheredFacts.fiscal_year == YEAR).execution_options(yield_per=AT_ONCE)
        facts = sum(len(decoded(text)) for text in session.scalars(texts))
        cases, activities = (session.scalar(select(func.count()).select_from(table)) or 0 for table in (Case, PlanActivity))
        session.rollback()
    engine.dispose()
    return Took(agencies, facts, cases, activities, whole, again, _timed(lambda: _bare(path)), one, largest, change, memory)


def table(took: Took) -> str:
    """As it stands in ``docs/benchmarks.md``."""
    lines = (
        (f"all {took.agencies:,} agencies, {took.facts:,} facts", *_seconds(took.whole), "under 300 s"),
        ("the same again, nothing changed", *_seconds(took.again), ""),
        ("bare: reading and decoding these facts", *_seconds(took.bare), ""),
        ("one agency, all sources", *_milliseconds(took.one), "under 50 ms"),
        ("the agency with the most cases, all sources", *_milliseconds(took.largest), ""),
        ("one agency after one change", *_milliseconds(took.change), "under 20 ms"),
        ("memory of the process at its highest", f"{took.memory:.0f} MB", "", "under 500 MB"),
    )
    rows = (f"| {' | '.join(line)} |" for line in lines)
    head = f"| levels of participation, {took.cases:,} cases, {took.activities:,} activities of plans | time | CPU | aim |"
    return "\n".join([head, "|---|---:|---:|---|", *rows])


def _seconds(took: Pair) -> tuple[str, str]:
    return f"{took[0]:.1f} s", f"{took[1]:.1f} s"


def _milliseconds(took: Pair) -> tuple[str, str]:
    return f"{took[0]:.0f} ms", f"{took[1]:.0f} ms"


def _progress(done: int, of: int) -> None:
    print(f"\rlevels of participation: {done:,} of {of:,}", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _largest(session: Session, ids: Sequence[int]) -> int:
    """The agency with the most cases."""
    most = select(Case.agency_id).where(Case.agency_id >= ids[0]).group_by(Case.agency_id).order_by(func.count().desc())
    return session.scalar(most.limit(1)) or ids[0]


def _timed(work: Callable[[], object]) -> Pair:
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - cpu


def _each(session: Session, ids: Sequence[int], sources: Sequence[str] | None) -> Pair:
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

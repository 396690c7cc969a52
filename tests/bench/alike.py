"""What was answered on the same matter, while somebody types: how long the index takes at many published cases.

In the process itself, beside the bare limit: one word looked up in the same full-text table, its newest five rows read. Texts are put
together from real messages, names of places and words of the dictionary, so that most words are rare and some stand everywhere.
"""

import random
import sqlite3
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from sqlalchemy.orm import Session

from portal.db import make_engine, unit_of_work
from portal.index.chunks import cut
from portal.index.dictionary import breaker
from portal.index.similar import similar, telling
from portal.kernel.facts import SearchDocument
from portal.kernel.places import provinces, subdistricts_of
from portal.kernel.thai_text import WORDS_PATH
from tests.bench import data
from tests.messages import MESSAGES

QUESTIONS = 400
AIM = 0.030  # seconds, 95th percentile at 100,000
_BATCH = 5_000
_ROWS = (
    "SELECT s.id, s.title FROM search_fts f JOIN search_chunk s ON s.id = f.rowid WHERE search_fts MATCH ? ORDER BY f.rowid DESC LIMIT 5"
)


def measured(source: Path, folder: Path, count: int) -> Mapping[str, list[float]]:
    """Seconds of each question, by side, at ``count`` published cases."""
    path = data.copied(source, folder / "alike.sqlite3")
    engine = make_engine(f"sqlite:///{path}")
    chance = random.Random(2550)
    with Session(engine, expire_on_commit=False) as session:
        _fill(session, chance, count)
        words = breaker(session)
        took: dict[str, list[float]] = {"similar cases": [], "bare": []}
        with sqlite3.connect(path) as bare:
            for question in [_text(chance) for _ in range(QUESTIONS)]:
                begin = time.perf_counter()
                similar(session, question, words, ("case", "disclosure"))
                took["similar cases"].append(time.perf_counter() - begin)
                begin = time.perf_counter()
                bare.execute(_ROWS, (f'words : "{telling(question, words)[0]}"',)).fetchall()
                took["bare"].append(time.perf_counter() - begin)
    engine.dispose()
    return took


def table(took: Mapping[str, list[float]], count: int) -> str:
    """Both sides, and their ratio."""
    lines = [f"| at {count:,} published cases | questions | median ms | p95 ms | against bare (p95) |", "|---|---:|---:|---:|---:|"]
    bare = _p95(took["bare"])
    for side, seconds in took.items():
        middle = quantiles(seconds, n=4)[1]
        lines.append(f"| {side} | {len(seconds)} | {middle * 1000:.2f} | {_p95(seconds) * 1000:.2f} | {_p95(seconds) / bare:.1f} |")
    met = "met" if _p95(took["similar cases"]) <= AIM else "**not met**"
    return "\n".join([*lines, "", f"aim: p95 ≤ {AIM * 1000:.0f} ms at 100,000: {met}"])


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _fill(session: Session, chance: random.Random, count: int) -> None:
    dictionary, documents = breaker(session), _documents(chance, count)
    for begin in range(0, count, _BATCH):
        with unit_of_work(session):
            for _ in range(min(_BATCH, count - begin)):
                session.add_all(cut(next(documents), dictionary))
        session.expunge_all()


def _documents(chance: random.Random, count: int) -> Iterator[SearchDocument]:
    now = datetime.now(UTC)
    for number in range(count):
        text = _text(chance)
        yield SearchDocument(
            kind="case",
            key=f"BENCH-2570-{number:06d}",
            language="th",
            title=text[:60],
            text=f"{text}\n{_text(chance)}",
            url_path=f"/cases/BENCH-2570-{number:06d}",
            agency_id=None,
            agency_name="เทศบาลสมมติ",
            at=now,
        )


_WORDS = [word for word in WORDS_PATH.read_text(encoding="utf-8").splitlines() if len(word) > 2]
_PLACES = [place.name_th for province in provinces() for place in subdistricts_of(province.code)]


def _text(chance: random.Random) -> str:
    said = chance.choice(MESSAGES)[:300]
    return f"{said} ตำบล{chance.choice(_PLACES)} {''.join(chance.choices(_WORDS, k=4))}"

"""A million cases beside ten thousand: queue, case, tracking page, figures, the lists behind them.

In one process, without a server between, so that little but the portal itself is measured; sizes take turns. Pages that are kept are asked
for by an address of their own each time, so that each is made anew. The databases of an earlier run can be measured again:
``python -m tests.bench.million FOLDER [PART OF A NAME]``.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.served import spare_pauses
from portal.settings import from_environment
from portal.web.database import db
from tests.bench import data, visitor
from tests.bench.million_pages import OFFICER, pages_of

FEW, MANY = 10_000, 1_000_000
AIM = 1.5  # times
ROUNDS, _WARM = 40, 3


class Took(NamedTuple):
    """One answer, in seconds: on the clock, and of this thread's computing, which waiting for others does not touch."""

    clock: float
    cpu: float


@dataclass(frozen=True)
class Line:
    """One page at both sizes."""

    name: str
    few: Sequence[Took]
    many: Sequence[Took]

    @property
    def ratio(self) -> float:
        """Of the 95th percentiles on the clock."""
        return p95(one.clock for one in self.many) / p95(one.clock for one in self.few)

    @property
    def cpu_ratio(self) -> float:
        """Of the medians of computing."""
        return median(one.cpu for one in self.many) / median(one.cpu for one in self.few)


def p95(times: Iterable[float]) -> float:
    """The 95th percentile."""
    every = sorted(times)
    return every[min(len(every) - 1, int(0.95 * len(every)))]


def measured(paths: Mapping[int, Path], folder: Path, rounds: int, wanted: str = "") -> list[Line]:
    """Every page whose name has ``wanted`` in it, asked for in turns at both sizes."""
    with ExitStack() as stack:
        visitors = {count: stack.enter_context(_visitor(path, folder)) for count, path in paths.items()}
        pages = {count: dict(pages_of(client)) for count, client in visitors.items()}
        spare_pauses()  # as the server does
        lines = []
        for name in (one for one in next(iter(pages.values())) if wanted in one):
            took: dict[int, list[Took]] = {count: [] for count in paths}
            for turn in range(_WARM + rounds):
                for count, client in visitors.items():
                    answered = _asked(client, pages[count][name])
                    if turn >= _WARM:
                        took[count].append(answered)
            few, many = sorted(paths)
            lines.append(Line(name, took[few], took[many]))
        return lines


def _asked(client: FlaskClient, path: str) -> Took:
    """By an address that nobody has kept, where pages are kept."""
    fresh = path if path.startswith("/desk") else f"{path}{'&' if '?' in path else '?'}n={uuid4().hex}"
    clock, cpu = time.perf_counter(), time.thread_time()
    answer = client.get(fresh)
    took = Took(time.perf_counter() - clock, time.thread_time() - cpu)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return took


@contextmanager
def _visitor(path: Path, folder: Path) -> Iterator[FlaskClient]:
    """A browser on this database: a coordinator's, and of somebody who has just opened the case that they sent."""
    app: Flask = create_app(from_environment(dict(data.settings(path, folder / "files"))))
    app.testing = True
    client = app.test_client()
    signed = client.post("/sign-in", data={"email": OFFICER, "password": data.PASSWORD})
    assert signed.status_code == 303, signed.status_code
    key = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
    sent = client.post("/api/v1/submissions", data=visitor.api_body(), headers=key)
    tracked = client.post("/feedback/track", data={"code": sent.get_json()["receipt"]})
    assert tracked.status_code == 303, tracked.status_code
    yield client
    with app.app_context():
        db.engine.dispose()


def table(lines: Sequence[Line]) -> str:
    """One line a page."""
    head = f"| {MANY:,} cases beside {FEW:,} | CPU ms | at {FEW:,} | times | p95 ms | at {FEW:,} | times | aim ≤ {AIM} × (p95; CPU) |"
    return "\n".join([head, "|---|---:|---:|---:|---:|---:|---:|---|", *(_row(one) for one in lines)])


def _row(one: Line) -> str:
    cpu = [1000 * median(took.cpu for took in side) for side in (one.many, one.few)]
    clock = [1000 * p95(took.clock for took in side) for side in (one.many, one.few)]
    met = "; ".join("met" if ratio <= AIM else "NOT met" for ratio in (one.ratio, one.cpu_ratio))
    return f"| {one.name} | {cpu[0]:.1f} | {cpu[1]:.1f} | {one.cpu_ratio:.2f} | {clock[0]:.1f} | {clock[1]:.1f} | {one.ratio:.2f} | {met} |"


def main() -> None:
    """Measure what lies in a folder; what is missing there is loaded first and stays."""
    folder, wanted = Path(sys.argv[1]), " ".join(sys.argv[2:])
    base, paths = folder / "demonstration.sqlite3", {count: folder / f"cases-{count}.sqlite3" for count in (FEW, MANY)}
    if not base.exists():
        data.demonstration(base)
    for count, path in paths.items():
        if not path.exists():
            data.with_cases(base, path, count)
    print(table(measured(paths, folder, ROUNDS, wanted)))


if __name__ == "__main__":
    main()

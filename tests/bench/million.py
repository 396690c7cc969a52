"""A million cases beside ten thousand: every part of the queue, a case, the tracking page, the figures.

In one process, without a server between, so that little but the portal itself is measured; sizes take turns. Pages that are kept are asked
for by an address of their own each time, so that each is made anew.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.app import create_app
from portal.casework.models import Case
from portal.casework.queries import Filter
from portal.settings import from_environment
from portal.web.database import db
from tests.bench import data, visitor

FEW, MANY = 10_000, 1_000_000
AIM = 1.5  # times
OFFICER = "coordinator@demo.example"
_WARM = 3


@dataclass(frozen=True)
class Line:
    """One page at both sizes, in seconds."""

    name: str
    few: Sequence[float]
    many: Sequence[float]

    @property
    def ratio(self) -> float:
        """Of the 95th percentiles."""
        return p95(self.many) / p95(self.few)


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def measured(paths: Mapping[int, Path], folder: Path, rounds: int) -> list[Line]:
    """Every page, asked for in turns at both sizes."""
    with ExitStack() as stack:
        visitors = {count: stack.enter_context(_visitor(path, folder)) for count, path in paths.items()}
        pages = {count: dict(_pages(client)) for count, client in visitors.items()}
        lines = []
        for name in next(iter(pages.values())):
            took: dict[int, list[float]] = {count: [] for count in paths}
            for turn in range(_WARM + rounds):
                for count, client in visitors.items():
                    seconds = _asked(client, pages[count][name], turn)
                    if turn >= _WARM:
                        took[count].append(seconds)
            few, many = sorted(paths)
            lines.append(Line(name, took[few], took[many]))
        return lines


def _asked(client: FlaskClient, page: Callable[[int], str], turn: int) -> float:
    begin = time.perf_counter()
    answer = client.get(page(turn))
    seconds = time.perf_counter() - begin
    if answer.status_code != 200:
        raise RuntimeError(f"{page(turn)}: {answer.status_code}")
    return seconds


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


def _pages(client: FlaskClient) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Name and address of each page; the turn makes an address that nobody has kept."""
    with client.application.app_context():
        number = db.session.scalar(select(Case.number).where(Case.is_open).order_by(Case.id.desc()).limit(1))
        db.session.rollback()
    for part in Filter:
        yield f"queue, {part.value}", lambda _turn, part=part: f"/desk?filter={part.value}"  # type: ignore[misc]
    yield "case", lambda _turn: f"/desk/cases/{number}"
    yield "tracking page", lambda _turn: "/feedback/case"
    yield "home, with figures", lambda turn: f"/?n={turn}"
    yield "figures of all", lambda turn: f"/figures?n={turn}"
    yield "figures of an agency", lambda turn: f"/figures/meknoi?n={turn}"
    yield "register of silence", lambda turn: f"/silence?n={turn}"
    yield "list behind a figure", lambda turn: f"/cases?list=late&n={turn}"
    yield "months for executives", lambda _turn: "/desk/figures?agency=meknoi"


def table(lines: Sequence[Line]) -> str:
    """One line a page."""
    head = f"| {MANY:,} cases in the database | median ms | p95 ms | p95 ms at {FEW:,} | p95, times | aim ≤ {AIM} × |"
    rows = [
        f"| {one.name} | {1000 * median(one.many):.1f} | {1000 * p95(one.many):.1f} | {1000 * p95(one.few):.1f} | {one.ratio:.2f} "
        f"| {'met' if one.ratio <= AIM else 'NOT met'} |"
        for one in lines
    ]
    return "\n".join([head, "|---|---:|---:|---:|---:|---|", *rows])

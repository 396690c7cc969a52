"""``python -m tests.bench [--quick] [--large]``."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench import alike, bare, data, million, opinions, report, scenes, scores, sheets, strangers
from tests.bench.measuring import Result, measure
from tests.bench.scenes import Scene
from tests.bench.servers import Server, serving

PORTAL, BARE = "portal.served:served_app", "tests.bench.bare:create_app"
SMALL, MIDDLE, LARGE = 1_000, 100_000, 1_000_000


def main() -> None:
    """Prepare, measure, tell."""
    options = _options()
    begin, results = time.monotonic(), []
    print(report.machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="suanruam-bench-") as folder, ExitStack() as stack:
        for scene in _prepared(Path(folder), stack, options.large):
            results.append(_told(measure(scene, rounds=2 if options.quick else 3, seconds=0.8 if options.quick else 2.5)))
        took = strangers.measured(Path(folder) / "demonstration.sqlite3", Path(folder), 60 if options.quick else strangers.ATTEMPTS)
        published = SMALL * 10 if options.quick else MIDDLE
        questions = alike.measured(Path(folder) / "demonstration.sqlite3", Path(folder), published)
        imported = sheets.measured(Path(folder) / "demonstration.sqlite3", Path(folder), 1 if options.quick else 3)
        heard = opinions.measured(Path(folder) / "demonstration.sqlite3", Path(folder), MIDDLE // 10 if options.quick else opinions.CASES)
        levels = scores.measured(Path(folder) / "demonstration.sqlite3", Path(folder), 300 if options.quick else scores.AGENCIES)
        grown = _million(Path(folder)) if options.large else []
    tables = (
        report.table(results),
        sheets.table(imported),
        strangers.table(took),
        alike.table(questions, published),
        opinions.table(heard),
        scores.table(levels),
        *grown,
    )
    print("", *tables, f"{time.monotonic() - begin:.0f} seconds in all", sep="\n\n")


def _million(folder: Path) -> Sequence[str]:
    """Beside ten thousand; the million is there already."""
    paths = {count: folder / f"cases-{count}.sqlite3" for count in (million.FEW, million.MANY)}
    data.with_cases(folder / "demonstration.sqlite3", paths[million.FEW], million.FEW)
    return million.table(million.measured(paths, folder, million.ROUNDS)), opinions.table(opinions.reported(paths[million.MANY]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast the portal is, beside the bare limit")
    parser.add_argument("--quick", action="store_true", help="under a minute, less exact")
    parser.add_argument("--large", action="store_true", help="a million cases too: queue, case, figures, a report (loading takes minutes)")
    return parser.parse_args()


def _told(result: Result) -> Result:
    print(
        f"{result.name}: {result.real.per_second:,.0f} requests/s, {result.throughput:.2f} of {result.other_name}",
        file=sys.stderr,
        flush=True,
    )
    return result


def _prepared(folder: Path, stack: ExitStack, large: bool) -> Sequence[Scene]:
    """Databases, servers and pages; the servers run until the stack is closed."""
    data.demonstration(folder / "demonstration.sqlite3")
    small, middle = (_portal(folder, stack, count) for count in (SMALL, MIDDLE))
    pages = scenes.pages(middle)
    for page in pages:
        bare.keep(folder / "bare.sqlite3", scenes.slug(page.name), page.content)
    bare.prepare(folder / "bare.sqlite3")
    plain = stack.enter_context(serving(BARE, {bare.DATABASE: str(folder / "bare.sqlite3")}, f"/{scenes.slug(pages[0].name)}"))
    found = [scenes.reading(page, middle, plain) for page in pages] + scenes.writing(middle, plain)
    found.append(scenes.queue(small, middle, f"queue at {MIDDLE:,}"))
    if large:
        found.append(scenes.queue(small, _portal(folder, stack, LARGE), f"queue at {LARGE:,}"))
    return found


def _portal(folder: Path, stack: ExitStack, count: int) -> Server:
    """A portal with so many synthetic cases beside the demonstration."""
    path = folder / f"cases-{count}.sqlite3"
    speed = data.with_cases(folder / "demonstration.sqlite3", path, count)
    print(f"{count:,} synthetic cases: {speed:,.0f} a second", file=sys.stderr, flush=True)
    return stack.enter_context(serving(PORTAL, data.settings(path, folder / "files"), "/readyz"))


if __name__ == "__main__":
    main()

"""The results as a table that stands in a terminal and in ``docs/benchmarks.md`` alike."""

import os
import platform
from collections.abc import Sequence

from tests.bench.measuring import Figures, Result

HEAD = "| | requests/s | p50 ms | p95 ms | p99 ms | CPU ms | worker MB | against | throughput | p95 | CPU | aim |"


def table(results: Sequence[Result]) -> str:
    """One line for what was measured, one for what it is compared with."""
    lines = [HEAD, "|---|" + "---:|" * 6 + "---|" + "---:|" * 3 + "---|"]
    for result in results:
        memory, aim = f"{result.memory / 2**20:.0f}", verdict(result)
        ratios = f"{result.throughput:.2f} | {result.slowness:.2f} | {result.cpu:.2f}"
        lines.append(f"| {result.name} | {_columns(result.real)} | {memory} | {result.other_name} | {ratios} | {aim} |")
        lines.append(f"| &nbsp; {result.other_name} | {_columns(result.other)} | | | | | | |")
    return "\n".join(lines)


def verdict(result: Result) -> str:
    """The aim in words, and whether it is met."""
    if result.aim is None:
        return ""
    words = f"throughput ≥ {result.aim.least}" if result.aim.least is not None else f"p95 ≤ {result.aim.most} ×"
    return f"{words}: {'met' if result.met else 'NOT met'}"


def machine() -> str:
    """Where it was measured."""
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load before the start {busy:.1f}"


def _columns(figures: Figures) -> str:
    return f"{figures.per_second:,.0f} | {figures.p50:.1f} | {figures.p95:.1f} | {figures.p99:.1f} | {figures.cpu:.2f}"

"""Signing in as somebody real, missing or closed: what a stranger with a watch would learn.

In the process itself, so that no network and no other request hides a difference; the kinds take turns, so that a busy moment of
the machine falls on all of them. Counted failures are forgotten between two attempts (not timed), or the first five would be all.
"""

import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median, quantiles

from portal.app import create_app
from portal.settings import from_environment
from tests.bench import data

ATTEMPTS = 100
WRONG = "a password that nobody has"
#: Closed before the first attempt.
CLOSED = "executive@demo.example"
#: What is typed, by kind; for the closed account the right password too, which must help nobody.
KINDS: Mapping[str, tuple[str, str]] = {
    "real": ("officer@demo.example", WRONG),
    "missing": ("nobody@demo.example", WRONG),
    "closed": (CLOSED, WRONG),
    "closed, right password": (CLOSED, data.PASSWORD),
}


def measured(source: Path, folder: Path, attempts: int = ATTEMPTS) -> Mapping[str, list[float]]:
    """Seconds of each attempt, by kind. Raises ``RuntimeError`` if one is answered otherwise than the rest."""
    path = data.copied(source, folder / "strangers.sqlite3")
    client = create_app(from_environment(data.settings(path, folder / "files"))).test_client()
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with sqlite3.connect(path, isolation_level=None, timeout=30) as rows:
        rows.execute("UPDATE user_account SET disabled_at = created_at WHERE email = ?", (CLOSED,))
        for number in range(-2, attempts):
            answers = set()
            for kind, (email, password) in KINDS.items():
                rows.execute("DELETE FROM sign_in_failures")
                begin = time.perf_counter()
                answer = client.post("/sign-in", data={"email": email, "password": password})
                seconds = time.perf_counter() - begin
                answers.add((answer.status_code, answer.get_data(as_text=True).replace(email, "")))
                if number >= 0:  # the first rounds load what is loaded once
                    took[kind].append(seconds)
            if len(answers) != 1 or next(iter(answers))[0] != 422:
                raise RuntimeError("sign-in answers differ by who exists")
    return took


def table(took: Mapping[str, list[float]]) -> str:
    """Medians side by side, each with its quartiles and its ratio to the first kind."""
    first = median(next(iter(took.values())))
    lines = ["| wrong sign-in as | attempts | median ms | quartiles ms | against the first |", "|---|---:|---:|---:|---:|"]
    for kind, seconds in took.items():
        low, middle, high = quantiles(seconds, n=4)
        figures = f"{len(seconds)} | {middle * 1000:.2f} | {low * 1000:.2f} to {high * 1000:.2f} | {median(seconds) / first:.3f}"
        lines.append(f"| {kind} | {figures} |")
    return "\n".join(lines)

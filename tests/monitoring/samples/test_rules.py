"""The draw: whatever the list and the secret are, the published file tells the same sample, and no changed file does."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from portal.monitoring.samples.cli import sample_commands
from portal.monitoring.samples.rules import digest, drawn, faults, is_late, list_digest, next_month, size_of, told_apart

TODAY = date(2026, 11, 23)


def a_file(count: int = 40, secret: str = "s" * 64, least: int = 20) -> dict[str, Any]:
    entries = sorted(digest("opdc-2569-11", f"OPDC-2570-{number:06d}") for number in range(count))
    seed, size = digest(list_digest(entries), secret), size_of(count, least, 5)
    return {
        "slug": "opdc-2569-11", "state": "drawn", "least": least, "percent": 5, "commitment": digest(secret), "secret": secret,
        "committed_at": "2026-10-01", "listed_at": "2026-11-01", "drawn_at": "2026-11-02",
        "list": entries, "list_digest": list_digest(entries), "seed": seed, "size": size, "drawn": drawn(seed, entries, size),
    }  # fmt: skip


def test_a_digest_is_what_any_other_program_computes() -> None:
    assert digest("a", "b") == hashlib.sha256(b"a:b").hexdigest()
    assert list_digest(["x", "y"]) == hashlib.sha256(b"x\ny").hexdigest()


@given(st.integers(0, 1000), st.integers(5, 500), st.integers(1, 100))
def test_the_size_is_the_greater_of_both_and_never_more_than_there_are(count: int, least: int, percent: int) -> None:
    size = size_of(count, least, percent)
    assert size <= count
    assert size == count or (size >= least and size * 100 >= count * percent)


@given(st.integers(0, 60), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_what_is_published_draws_the_same_again(count: int, secret: str) -> None:
    told = a_file(count, secret)
    assert faults(told) == []
    assert len(set(told["drawn"])) == told["size"]
    assert set(told["drawn"]) <= set(told["list"])


def test_another_secret_draws_another_sample_and_every_entry_has_its_chance() -> None:
    samples = [tuple(a_file(40, f"{secret:064d}", least=5)["drawn"]) for secret in range(100)]
    assert len(set(samples)) == 100
    assert len({entry for sample in samples for entry in sample}) == 40


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("secret", "t" * 64),
        ("commitment", digest("t")),
        ("list", a_file(39)["list"]),
        ("list", list(reversed(a_file()["list"]))),
        ("list_digest", digest("x")),
        ("seed", digest("x")),
        ("size", 19),
        ("least", 10),
        ("drawn", a_file()["drawn"][::-1]),
        ("listed_at", "2026-09-30"),
    ],
)
def test_whatever_is_changed_is_noticed(field: str, value: Any) -> None:
    assert faults({**a_file(), field: value})


def test_the_command_needs_the_file_alone(tmp_path: Path) -> None:
    def run(text: str) -> Any:
        (tmp_path / "draw.json").write_text(text, encoding="utf-8")
        return CliRunner().invoke(sample_commands, ["verify", str(tmp_path / "draw.json")])

    told = a_file()
    good = run(json.dumps(told))
    assert (good.exit_code, "the 20 drawn of 40" in good.output) == (0, True)
    for text in (json.dumps({**told, "seed": "x"}), json.dumps({**told, "state": "listed"}), "{}", "no json", "[]"):
        assert run(text).exit_code == 1, text


def test_few_kept_apart_are_no_number_and_days_are_counted() -> None:
    assert [told_apart(count) for count in (0, 4, 5)] == [None, None, 5]
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert is_late(date(2026, 11, 22), TODAY, is_answered=False)
    assert not is_late(date(2026, 11, 22), TODAY, is_answered=True)
    assert not is_late(TODAY, TODAY, is_answered=False)

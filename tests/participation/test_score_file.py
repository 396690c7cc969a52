"""``portal score --from``: no database, one line for what is wrong."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from portal.participation.cli import score_command
from portal.participation.rules.document import bytes_of, document_of
from portal.participation.scales import scales_for
from tests.participation.builders import YEAR, at_three, without

FILE = bytes_of(document_of(without(at_three(), "page-m1"), scales_for(YEAR, "government")))


def _no_database() -> Flask:
    pytest.fail("a file needs no database")


def run(path: Path, raw: bytes) -> tuple[int, str]:
    path.write_bytes(raw)
    result = CliRunner().invoke(score_command(_no_database), ["--from", str(path)])
    return result.exit_code, result.output


def test_it_says_the_level_where_it_stops_and_why(tmp_path: Path) -> None:
    status, told = run(tmp_path / "d.json", FILE)
    assert status == 0
    assert "Sommotthani, fiscal year 2569, as of 2026-09-30" in told
    assert "2549 (2549-1): level 0 of 5; by the source's own checks alone: level 0" in told
    assert "stops at level 1, Open:" in told
    assert "missing: The mission “Water” has no page /agencies/sommotthani" in told


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b'"level": 0', b'"level": 4', "2549: the file says level 4, its evidence gives 0"),
        (b'"share": 80', b'"share": 0', "2549: the scale in the file is not the edition 2549-1 of this portal"),
        (b'"format": 1', b'"format": 1,,', "this is no dossier file"),
    ],
)
def test_a_file_that_is_broken_or_says_something_else_ends_with_status_1_and_one_line(
    tmp_path: Path, before: bytes, after: bytes, fault: str
) -> None:
    assert before in FILE
    status, told = run(tmp_path / "d.json", FILE.replace(before, after, 1))
    assert status == 1
    assert told.splitlines()[-1].startswith("Error: ")
    assert fault in told.splitlines()[-1]


def test_without_anything_to_compute_it_says_what_is_possible() -> None:
    result = CliRunner().invoke(score_command(_no_database), [])
    assert result.exit_code == 2
    assert "--from FILE" in result.output

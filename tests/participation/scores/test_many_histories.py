"""Thousands of histories: what the worker computed act by act is what computing all anew gives.

Each is the life of one office and its agency: one of some pasts of about 170 acts, which a hundred offices share, and then acts of its own,
between those of all others. Every run plays some hundred; thousands are played by hand, on each database:
``PORTAL_TEST_HISTORIES=3000 pytest tests/participation/scores/test_many_histories.py``.
"""

import os

import pytest

from tests.conftest import DATABASES
from tests.participation.scores.conftest import Town
from tests.participation.scores.histories.country import Country

#: Histories that are played in one database at most, and what is tried in each of them on each of two days.
BESIDE = 100
TRIED = 3
HISTORIES = {"sqlite": 200, "postgresql": 50}
ASKED = os.environ.get("PORTAL_TEST_HISTORIES")
#: The first seed; each history has the next.
FIRST = 255000
WANTED = {name: int(ASKED or HISTORIES[name]) for name in DATABASES}
PLAYS = [(name, FIRST + done, min(BESIDE, count - done)) for name, count in WANTED.items() for done in range(0, count, BESIDE)]


@pytest.mark.parametrize(("database_url", "first", "count"), PLAYS, indirect=["database_url"])
def test_live_equals_full_for_every_one(town: Town, first: int, count: int) -> None:
    """By turns while the year before is still open, and after it was frozen."""
    is_open = (first - FIRST) // BESIDE % 2 == 0
    country = Country(town, first, count, days=30 if is_open else 150)
    for _ in range(2):
        country.next_day(17)
        changed = sum(country.step() for _ in range(count * TRIED))
        town.work(country.at)
        live = town.kept(), town.scores()
        assert {key[1] for key in live[0]} == {2569, 2570}
        assert len({key[0] for key in live[0]}) == count + 2
        assert changed > count, "hardly anything happened"
        assert town.compute(country.at, [2569, 2570]) == 0
        full = town.kept()
        assert {key: (live[0][key], facts) for key, facts in full.items() if facts != live[0][key]} == {}
        assert (full, town.scores()) == live
        town.forget()

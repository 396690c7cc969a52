"""Random acts of random people: never an illegal state, and each act exactly one row of history, one of audit, one event.

Every run plays ten thousand steps through the services on SQLite, some of them on PostgreSQL too, and ten thousand of the rules alone
(``test_moves``). Any number on each database: ``PORTAL_TEST_STEPS=10000 pytest tests/casework/test_machine.py``.
"""

import os
import random

import pytest
from sqlalchemy import delete

from portal.casework.tallies.counting import recount
from portal.db import unit_of_work
from portal.outbox.models import OutboxEvent
from tests.casework.conftest import Office
from tests.casework.machine.acts import Busy
from tests.casework.machine.holding import check
from tests.casework.machine.writing import Written
from tests.conftest import DATABASES

#: Steps of one story, and of the stories that are played in one database.
STORY = 25
PLAY = 1_000
STEPS = {"sqlite": 10_000, "postgresql": 1_000}
ASKED = os.environ.get("PORTAL_TEST_STEPS")
PLAYS = [(name, seed) for name in DATABASES for seed in range(-(-int(ASKED or STEPS[name]) // PLAY))]


@pytest.mark.parametrize(("database_url", "seed"), PLAYS, indirect=["database_url"])
def test_random_acts_of_random_people_never_lead_astray(office: Office, seed: int) -> None:
    written, chance = Written().watch(office.session.get_bind()), random.Random(f"machine {seed}")
    other, acts = office.case(), 0
    for _ in range(PLAY // STORY):
        with unit_of_work(office.session) as session:
            session.execute(delete(OutboxEvent))
        life = Busy(office, other, written, chance)
        try:
            live(life)
        except Exception as error:
            error.add_note("\n".join(["What was tried:", *life.told]))
            raise
        acts += life.acts
    assert recount(office.session) == 0, "the counters of the figures do not say what the cases are"
    assert acts > PLAY // 10, "hardly anything was allowed"


def live(life: Busy) -> None:
    """A story: after every step that wrote something all of it holds, and what wrote nothing cannot have changed it."""
    check(life)
    for _ in range(STORY):
        commits = life.written.commits
        life.step()
        if life.written.commits != commits:
            check(life)
    check(life)

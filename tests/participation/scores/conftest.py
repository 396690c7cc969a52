"""An office with channels, a box, themes: everything that the sources read of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.feedback.channels import service as channels
from portal.files.store import LocalStore
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from portal.outbox.mail import MemoryMailer
from portal.outbox.models import OutboxEvent
from portal.outbox.worker import JobContext, run_due
from portal.participation.scores.jobs import HANDLERS
from portal.participation.scores.keeping import gather
from portal.participation.scores.models import GatheredFacts, Score
from portal.participation.scores.scored import scored_ids
from portal.participation.scores.service import recompute
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW
from tests.feedback.boxes.conftest import Place, make_box
from tests.feedback.channels.test_service import TYPED

YEAR = 2570


@dataclass
class Town:
    """A place whose evidence is computed as the worker does it."""

    place: Place
    store: LocalStore

    @property
    def office(self) -> Office:
        return self.place.office

    @property
    def session(self) -> Session:
        return self.place.session

    def work(self, at: datetime = NOW) -> int:
        """What the worker does with the events that wait; returns how many there were."""
        context = JobContext(self.session, at, MemoryMailer(), self.store, self.place.keyring, "https://portal.example")
        done = 0
        while taken := run_due(context, HANDLERS):
            done += taken
        return done

    def compute(self, at: datetime = NOW, years: list[int] | None = None, **how: Any) -> int:
        """Everything anew."""
        with unit_of_work(self.session):
            return recompute(self.session, at, scored_ids(self.session, YEAR), years, **how)

    def kept(self) -> dict[tuple[int, int, str], str]:
        """Facts by agency, year and source."""
        self.session.rollback()
        rows = self.session.scalars(select(GatheredFacts).execution_options(populate_existing=True))
        return {(row.agency_id, row.fiscal_year, row.source): row.facts for row in rows}

    def scores(self) -> dict[tuple[int, int, str], Any]:
        """Results by agency, year and scale."""
        self.session.rollback()
        rows = self.session.scalars(select(Score).execution_options(populate_existing=True))
        return {(row.agency_id, row.fiscal_year, row.scale): (row.level, row.source_level, row.result) for row in rows}

    def forget(self) -> None:
        """Nothing waits for the worker."""
        with unit_of_work(self.session):
            self.session.execute(delete(OutboxEvent))

    def asked(self, at: datetime = NOW, source: str = "", year: int = YEAR) -> str:
        """What a source says now, as it is kept."""
        with unit_of_work(self.session):
            gather(self.session, at, [self.office.agency], year, [source])
        return self.kept()[self.office.agency.id, year, source]


@pytest.fixture
def town(session: Session, keyring: Keyring, store: LocalStore) -> Town:
    return make_town(session, keyring, store)


def make_town(session: Session, keyring: Keyring, store: LocalStore) -> Town:
    """In a database of any kind."""
    office = make_office(session, keyring)
    box = make_box(office)
    with unit_of_work(session):
        channels.add_channel(session, SYSTEM, NOW, office.agency, "telephone", TYPED)
    return Town(Place(session, keyring, office, box), store)

"""Where a history is played: the place, chance, and what time it is."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select

from portal.audit import service as audit
from portal.db import Base
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import PortalError
from portal.kernel.thai_calendar import office_day
from tests.conftest import NOW
from tests.participation.scores.conftest import Town

Row = TypeVar("Row", bound=Base)
Act = Callable[[], object]


class Stage:
    """What the acts of every room share."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.office, self.session = town, town.office, town.session
        self.chance = random.Random(seed)
        self.at = NOW - timedelta(days=54, hours=8)  # early, so that no midnight comes between

    def any_of(self, table: type[Row]) -> Row:
        """A row of the table; without one the act is none."""
        rows = self.session.scalars(select(table).order_by(*table.__table__.primary_key.columns)).all()
        if not rows:
            raise PortalError
        return self.chance.choice(rows)

    def one_in(self, times: int) -> bool:
        """True once in so many times."""
        return not self.chance.randrange(times)

    def day(self, earliest: int, latest: int) -> str:
        """A day so many days after today, as it is typed."""
        return typed(office_day(self.at) + timedelta(days=self.chance.randrange(earliest, latest + 1)))

    def signed(self) -> None:
        """Every verb leaves its row in the trail; what is written here by hand does so too, or its event would bear another moment."""
        audit.record(self.session, SYSTEM, self.at, "agency.changed", "agency", "by-hand")


def typed(day: date) -> str:
    """In the Buddhist era."""
    return f"{day.day}/{day.month}/{day.year + 543}"

"""Where a history is played: the place, chance, and what time it is."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select

from portal.audit import service as audit
from portal.db import Base
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.feedback.boxes.models import Box, BoxOpening
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import PortalError
from portal.kernel.thai_calendar import office_day
from portal.outcomes.improvements.models import Improvement, ImprovementCase
from portal.plans.models import ActivityRecord, ListeningPlan, PlanActivity
from tests.conftest import NOW
from tests.participation.scores.conftest import Town

Row = TypeVar("Row", bound=Base)
Act = Callable[[], object]
#: Rows that belong to an agency by way of another.
ABOVE: dict[type[Base], type[Base]] = {
    DisclosureTranslation: Disclosure, BoxOpening: Box, ImprovementCase: Improvement, PlanActivity: ListeningPlan,
    ActivityRecord: PlanActivity,
}  # fmt: skip


class Stage:
    """What the acts of every room share."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.office, self.session = town, town.office, town.session
        self.below = town.office.unit  # or an agency below that is scored by itself
        self.places = [self.office.agency.id, self.office.unit.id]
        self.pace = timedelta(minutes=1)
        self.chance = random.Random(seed)
        self.at = NOW - timedelta(days=54, hours=8)  # early, so that no midnight comes between

    def any_of(self, table: type[Row], *fitting: ColumnElement[bool]) -> Row:
        """A row of the table that belongs here, mostly one that fits; without one the act is none."""
        keys = (fitting and not self.one_in(5) and self.keys(table, *fitting)) or self.keys(table)
        if not keys:
            raise PortalError
        return self.session.get_one(table, self.chance.choice(keys))

    def keys(self, table: type[Base], *fitting: ColumnElement[bool]) -> list[Any]:
        """Of its rows that belong to one of the places."""
        key = table.__table__.primary_key.columns
        query, owned = select(*key).order_by(*key), table
        while owned in ABOVE:
            owned = ABOVE[owned]
            query = query.join(owned)
        return [tuple(row) for row in self.session.execute(query.where(owned.agency_id.in_(self.places), *fitting))]

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

"""One random history: some minutes pass, somebody does something, and what is not allowed changes nothing."""

from contextlib import suppress

from portal.agencies import service as agencies
from portal.agencies.rules import AgencyLevel
from portal.db import unit_of_work
from portal.kernel.errors import PortalError
from tests.factories import make_agency
from tests.participation.scores.conftest import Town
from tests.participation.scores.histories.disclosed import Disclosed
from tests.participation.scores.histories.heard import Heard
from tests.participation.scores.histories.planned import Planned
from tests.participation.scores.histories.stage import Act


class History(Heard, Planned, Disclosed):
    """Of an office with a unit."""

    def __init__(self, town: Town, seed: int) -> None:
        super().__init__(town, seed)
        self.acts = [*self.heard(), *self.planned(), *self.disclosed()]

    def settle(self) -> "History":
        """With a mission, and an agency below that is scored by itself."""
        with unit_of_work(self.session):
            self.below = make_agency(self.session, parent_id=self.office.agency.id, level=AgencyLevel.DEPARTMENT)
            agencies.add_mission(self.session, self.office.agency, {"code": "M1", "text_th": "ภารกิจ"})
        self.places += [self.office.elsewhere.id, self.below.id]
        return self

    def act(self, wanted: Act | None = None) -> bool:
        """One of them, a little later; True if it was allowed."""
        self.at += self.pace * self.chance.randrange(1, 4)
        with suppress(PortalError), unit_of_work(self.session):
            (wanted or self.chance.choice(self.acts))()
            return True
        return False

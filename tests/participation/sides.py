"""An agency with a computed score, and those who say something of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Role
from portal.kernel.evidence import BoxOpened
from portal.kernel.keyring import Keyring
from portal.participation.objections import queries as objections
from portal.participation.objections.entry import Said, Sender
from portal.participation.objections.models import Objection
from portal.participation.objections.service import object_to
from portal.participation.scores.keeping import encoded
from portal.participation.scores.models import GatheredFacts
from portal.participation.scores.service import recompute
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

#: Ended on 30 September 2026; closes on 29 November 2026, a week after ``NOW``.
YEAR = 2569
LATER = datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass
class Stage:
    """``home`` runs the portal, ``agency`` is scored, ``assessor`` belongs to neither."""

    session: Session
    keyring: Keyring
    home: Agency
    agency: Agency
    executive: Actor
    coordinator: Actor
    assessor: Actor

    def do(self, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """In a unit of work of its own."""
        with unit_of_work(self.session):
            return verb(self.session, *args, **values)

    def person(self, *grants: tuple[Agency | None, Role], **values: Any) -> Actor:
        """Somebody with these roles."""
        with unit_of_work(self.session):
            return actor_of(self.session, make_user(self.session, grants, **values))

    def user(self, actor: Actor) -> User:
        """The row behind an actor."""
        return self.session.get_one(User, actor.user_id)

    def object(self, token: str = "a token", at: datetime = NOW, agency: Agency | None = None, **values: Any) -> Objection:
        """One objection, sent by a visitor."""
        sender = Sender(anonymity="anonymous", answer_by="code")
        said = Said(**{"scale": "2549", "level": "2", "words": "ตู้ที่ศาลากลางไม่มีใครเปิด", "sender": sender, **values})
        agency = agency or self.agency
        self.do(object_to, at, self.keyring, agency, YEAR, said, home=self.home, token_id=token)
        return objections.of_score(self.session, agency.id, YEAR)[-1]


def make_stage(session: Session, keyring: Keyring) -> Stage:
    """With a score of the year; of its facts one is late, and ten of different days were stored on one day, which is flagged."""
    with unit_of_work(session):
        home, agency = make_agency(session, slug="opdc", code="OPDC"), make_agency(session, is_compulsory=True)
        people = {role: actor_of(session, make_user(session, [(agency, role)])) for role in (Role.EXECUTIVE, Role.COORDINATOR)}
        assessor = actor_of(session, make_user(session, [(None, Role.ASSESSOR)]))
        make_score(session, agency)
    return Stage(session, keyring, home, agency, people[Role.EXECUTIVE], people[Role.COORDINATOR], assessor)


def make_score(session: Session, agency: Agency, year: int = YEAR) -> None:
    """Computed levels of the facts; call inside a unit of work."""
    on_time, late = opened("1", date(2026, 3, 2), date(2026, 3, 3)), opened("2", date(2026, 4, 1), date(2026, 7, 1))
    in_bulk = [opened(f"bulk-{day:02}", date(2026, 5, day), date(2026, 5, 20)) for day in range(1, 11)]
    text = encoded([on_time, late, *in_bulk])
    session.add(GatheredFacts(agency_id=agency.id, fiscal_year=year, source="tests", facts=text, gathered_at=NOW))
    session.flush()
    recompute(session, NOW, [agency.id], [year])


def opened(key: str, on: date, recorded_on: date) -> BoxOpened:
    """A box was opened."""
    named = {"name_th": f"เปิดตู้ครั้งที่ {key}", "responsible": "หัวหน้าสำนักงาน"}
    return BoxOpened(key=key, path=f"/boxes/test-{key}", on=on, recorded_on=recorded_on, box="1", **named)

"""Many histories beside each other in one database: offices with the same past, each of which goes on by itself."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind
from portal.db import unit_of_work
from portal.kernel.actor import Actor, Ties
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due
from portal.participation.scores.jobs import BATCH, HANDLERS, daily, freezing
from tests.casework.conftest import Office
from tests.feedback.boxes.conftest import Place
from tests.participation.scores.conftest import Town
from tests.participation.scores.histories.copying import Copies
from tests.participation.scores.histories.history import History

#: Between two acts, wherever they are; a day has room for some two thousand.
PACE = timedelta(seconds=10)


class Country:
    """All acts of all offices come in one order; the worker comes in between, late and not for everything at once."""

    def __init__(self, town: Town, seed: int, count: int, *, days: int) -> None:
        self.town, self.chance = town, random.Random(seed)
        with unit_of_work(town.session):
            town.office.agency.kind = AgencyKind.PUBLIC_ORG  # some items of its lists the portal itself shows
        first = History(town, seed).settle()
        _live_through(first, days)
        self.at: datetime = first.at
        copies = Copies(town.session, {town.office.elsewhere.id, first.below.id}, {town.office.users["stranger"].id})
        copies.make(range(1, count))
        self.histories = [History(town, seed), *(_other(town, number * copies.apart, seed + number) for number in range(1, count))]
        for one, after, is_above in zip(self.histories, [*self.histories[1:], self.histories[0]], [True, False] * count, strict=False):
            one.pace = PACE
            one.office.elsewhere = one.session.get_one(Agency, after.office.agency.id)
            if is_above and after is not self.histories[0]:  # every second is scored by itself below the one before it
                one.below = one.office.elsewhere
                with unit_of_work(town.session):
                    town.session.get_one(Agency, after.office.agency.id).parent_id = one.office.agency.id
            one.session.rollback()
            after.session.rollback()
        town.forget()

    def step(self) -> bool:
        """Somebody does something; True if it was allowed. Now and then the worker does some of what waits."""
        one = self.chance.choice(self.histories)
        one.at = self.at
        allowed = one.act()
        self.at = one.at
        if not self.chance.randrange(20):
            run_due(self.context(), HANDLERS)
        return allowed

    def context(self) -> JobContext:
        return JobContext(self.town.session, self.at, MemoryMailer(), self.town.store, self.town.place.keyring, "")

    def next_day(self, days: int) -> None:
        """Early in the morning, so many days later: what is over is frozen, and everybody is looked at."""
        self.at = self.at.replace(hour=1, minute=0) + timedelta(days=days)
        for job in (freezing, daily):
            for _ in range(2 * (2 + len(self.histories) // BATCH)):
                with unit_of_work(self.town.session):
                    job(self.context())
        self.town.forget()


def _live_through(first: History, days: int) -> None:
    """Everything at least once, then whatever comes, within so many days."""
    office = first.office
    elsewhere, office.elsewhere = office.elsewhere, office.unit  # what went to another office would not be copied
    first.at -= timedelta(days=20)  # so that something happens in the year before
    acts = [*first.acts, *first.acts, *first.chance.choices(first.acts, k=len(first.acts))]
    for act in acts:
        first.act(act)
        first.at += timedelta(days=days) / len(acts)
    office.elsewhere = elsewhere


def _other(town: Town, apart: int, seed: int) -> History:
    """The office whose ids lie so far apart, in a session of its own as another process would have it."""
    session = Session(town.session.get_bind(), expire_on_commit=False)

    def same(row: Any) -> Any:
        return session.get_one(type(row), row.id + apart)

    office = town.office
    users = {name: same(user) for name, user in office.users.items() if name != "stranger"}
    actors: dict[str, Any] = {name: _moved(getattr(office, name), apart) for name in users}
    agency = same(office.agency)
    mine = Office(session, office.keyring, agency, same(office.unit), agency, **actors, stranger=office.stranger, users=users)
    history = History(Town(Place(session, office.keyring, mine, same(town.place.box)), town.store), seed)
    session.rollback()
    return history


def _moved(actor: Actor, apart: int) -> Actor:
    """Where everybody's id lies so much further."""

    def ids(known: frozenset[int]) -> frozenset[int]:
        return frozenset(one + apart for one in known)

    roles = {role: ids(held) for role, held in actor.roles.items()}
    assert actor.user_id is not None
    return replace(
        actor, user_id=actor.user_id + apart, roles=roles, inherited={}, ties=Ties(ids(actor.ties.people), ids(actor.ties.units))
    )

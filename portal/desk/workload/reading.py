"""Rows of the page: officers and units with their figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.absence.models import Absence
from portal.accounts.absence.queries import absent_on
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.policy import DECIDERS
from portal.desk.queries import units_of
from portal.desk.workload.queries import Has, Lately, lately_by, open_by
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import sort_key


@dataclass(frozen=True)
class Row:
    """One officer (``who``) or unit (``where``)."""

    who: User | None
    where: Agency | None
    has: Has
    lately: Mapping[Lately, int] = field(default_factory=dict)
    away: Absence | None = None
    #: Owns cases and can work them no more: the account is closed, or there is no role here.
    has_gone: bool = False


def officers(session: Session, actor: Actor, now: datetime) -> list[Row]:
    """Everybody who works cases where the actor decides, and whoever else owns some there, in Thai dictionary order."""
    today = office_day(now)
    has = open_by(session, actor, today, Case.owner_id)
    lately = {what: lately_by(session, actor, now, what, Case.owner_id) for what in Lately}
    working = {user.id: user for user in workers(session, actor)}
    owning = {user_id for user_id in has if user_id is not None} - set(working)
    people = {**working, **(accounts.by_ids(session, owning) if owning else {})}
    away = absent_on(session, list(people), today)
    return [
        Row(
            who=user,
            where=None,
            has=has.get(user.id, Has()),
            lately={what: lately[what].get(user.id, 0) for what in Lately},
            away=away.get(user.id),
            has_gone=user.id not in working,
        )
        for user in sorted(people.values(), key=lambda one: sort_key(one.name_th))
    ]


def units(session: Session, actor: Actor, today: date) -> list[Row]:
    """Divisions of the agencies where the actor decides."""
    has = open_by(session, actor, today, Case.unit_id)
    return [Row(None, one, has.get(one.id, Has())) for one in units_of(session, actor.agencies(*DECIDERS))]


def workers(session: Session, actor: Actor) -> Sequence[User]:
    """People with a role of casework given in the agencies where the actor decides, in Thai dictionary order."""
    here = sorted(actor.agencies(*DECIDERS))
    return sorted(accounts.holders(session, here, CASE_ROLES), key=lambda one: sort_key(one.name_th)) if here else []

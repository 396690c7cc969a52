"""Acknowledgements and final answers in the morning mail: before their day to who works the case, after it up the tree.

In words: ``docs/rules/clock.md``, The two other times.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.accounts.heads.models import UnitHead
from portal.agencies import queries as agencies
from portal.agencies.options import Option, values_everywhere
from portal.casework.clock.escalating import OF_STEP
from portal.casework.clock.ladder import Step
from portal.casework.digest import line_of
from portal.casework.models import Case, DeadlineRuleRow
from portal.casework.rules import Status
from portal.kernel.actor import CASE_ROLES, Actor, Role
from portal.kernel.digest import Line
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day


@dataclass(frozen=True)
class Waited:
    """One of the two times: where its day stands, which cases still owe it, the page, and how its three lines are called."""

    by: InstrumentedAttribute[date | None]
    owes: ColumnElement[bool]
    path: str
    soon: str
    late: str
    reported: str


ACKNOWLEDGEMENT = Waited(
    by=Case.acknowledge_by,
    owes=and_(Case.is_open, Case.acknowledged_at.is_(None)),
    path="/desk?filter=open",
    soon=N_("To be taken up by today"),
    late=N_("Not taken up in time"),
    reported=N_("Reported to you: not taken up in time"),
)
FINAL_ANSWER = Waited(
    by=Case.final_by,
    owes=or_(Case.is_open, Case.status == Status.ANSWERED),
    path="/desk?filter=answered",
    soon=N_("Final answer due soon"),
    late=N_("Final answer overdue"),
    reported=N_("Reported to you: final answer overdue"),
)


def lines(session: Session, actor: Actor, now: datetime) -> Sequence[Line]:
    """At most six; what was never promised is asked for nowhere."""
    today, levels = office_day(now), _levels(session, actor)
    concerned = frozenset().union(*levels.values(), actor.agencies(*CASE_ROLES))
    days = {step: _days(session, option, concerned) for step, option in OF_STEP.items()}
    before: dict[Waited, Mapping[int, Collection[int]]] = {ACKNOWLEDGEMENT: {0: concerned}}
    if session.scalar(select(exists().where(DeadlineRuleRow.final_days.is_not(None)))):
        before[FINAL_ANSWER] = days[Step.SOON]
    found = [line for time, soon in before.items() for line in _of_time(session, actor, today, time, soon, levels, days)]
    return [line for line in found if line is not None]


def _of_time(
    session: Session,
    actor: Actor,
    today: date,
    time: Waited,
    soon: Mapping[int, Collection[int]],
    levels: Mapping[Step, Collection[int]],
    days: Mapping[Step, Mapping[int, Collection[int]]],
) -> list[Line | None]:
    mine = _works(actor)
    nearly = or_(false(), *(and_(Case.agency_id.in_(sorted(ids)), time.by <= today + timedelta(days=most)) for most, ids in soon.items()))
    reported = or_(false(), *(_passed(time, today, step, places, days[step]) for step, places in levels.items()))
    return [
        _line(session, actor, today, time, time.soon, and_(mine, time.by >= today, nearly)),
        _line(session, actor, today, time, time.late, and_(mine, time.by < today), is_overdue=True),
        _line(session, actor, today, time, time.reported, and_(~mine, reported), is_overdue=True),
    ]


def _works(actor: Actor) -> ColumnElement[bool]:
    """Owned by the actor; without an owner theirs who give cases out."""
    free = and_(Case.owner_id.is_(None), Case.agency_id.in_(sorted(actor.agencies(Role.COORDINATOR))))
    own = and_(Case.owner_id.is_not(None), Case.owner_id == actor.user_id)  # never unknown, so that its opposite is known, too
    return or_(own, free)


def _levels(session: Session, actor: Actor) -> dict[Step, frozenset[int]]:
    """For which agencies and units the actor stands at each level: where a role is inherited from above, at the last one."""
    headed = frozenset(session.scalars(select(UnitHead.agency_id).where(UnitHead.user_id == actor.user_id)))
    executive = actor.agencies(Role.EXECUTIVE)
    own = frozenset(place for place in executive if actor.holds_itself((Role.EXECUTIVE,), place))
    return {
        Step.HEAD: frozenset(agencies.subtree_ids(session, headed)) if headed else frozenset(),
        Step.COORDINATORS: frozenset(p for p in actor.agencies(Role.COORDINATOR) if actor.holds_itself((Role.COORDINATOR,), p)),
        Step.EXECUTIVE: own | headed,
        Step.ABOVE: executive - own,
    }


def _days(session: Session, option: Option, places: Collection[int]) -> dict[int, list[int]]:
    """Agencies by the number that they have set."""
    found: dict[int, list[int]] = defaultdict(list)
    for place, value in values_everywhere(session, option, places).items():
        found[int(value)].append(place)
    return found


def _passed(time: Waited, today: date, step: Step, places: Collection[int], days: Mapping[int, Collection[int]]) -> ColumnElement[bool]:
    """The level's turn has come: the agency's number of days after the day that was missed; 0 leaves the level out."""
    where = Case.unit_id if step is Step.HEAD else Case.agency_id
    turns = [and_(Case.agency_id.in_(sorted(ids)), time.by <= today - timedelta(days=after)) for after, ids in days.items() if after]
    return and_(where.in_(sorted(places)), or_(false(), *turns)) if places else false()


def _line(
    session: Session, actor: Actor, today: date, time: Waited, label: str, which: ColumnElement[bool], *, is_overdue: bool = False
) -> Line | None:
    runs = or_(Case.paused_until.is_(None), Case.paused_until < today)
    return line_of(session, actor, label, time.path, and_(time.owes, runs, which), by=time.by, is_overdue=is_overdue)

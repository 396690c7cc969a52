"""What lies in quarantine, for who reviews it; and how much came in the last minutes. In words: ``docs/rules/abuse.md``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, false, func, literal, select
from sqlalchemy.orm import Session, joinedload

from portal.casework import policy
from portal.casework.models import Case, CaseQuarantine, IntakeTally
from portal.casework.rules import OPEN, Status
from portal.casework.rules.abuse import WINDOW, Sign, Tally
from portal.db.counting import up_to
from portal.kernel.actor import Actor

#: The cases of these are over.
ENDED = sorted(set(Status) - OPEN)
#: As many groups as the page shows.
FAMILIES_MOST = 8


def lies_aside() -> ColumnElement[bool]:
    """Criterion on ``Case``: it waits to be looked at first."""
    return exists().where(CaseQuarantine.case_id == Case.id, CaseQuarantine.decided_at.is_(None))


def quarantine_of(session: Session, case: Case) -> CaseQuarantine | None:
    """The row of a case that lies there now."""
    row = session.get(CaseQuarantine, case.id)
    return row if row and row.decided_at is None and case.is_open else None


def signs_of_row(row: CaseQuarantine) -> list[Sign]:
    """Why it lies there."""
    return [Sign(name) for name in row.signs]


def aside(actor: Actor, *, words: str = "", family: str = "") -> Select[Case]:
    """Cases that the actor may release or refuse, narrowed by words of subject or body and by what is alike; unordered."""
    query = select(Case).join(CaseQuarantine, CaseQuarantine.case_id == Case.id).where(_of(actor))
    if words:
        query = query.where(Case.subject.icontains(words, autoescape=True) | Case.body.icontains(words, autoescape=True))
    if family:
        query = query.where(CaseQuarantine.family == family)
    return query.options(joinedload(Case.agency))


def rows_of(session: Session, cases: Sequence[Case]) -> dict[int, CaseQuarantine]:
    """The rows of these cases, by the id of the case."""
    found = session.scalars(select(CaseQuarantine).where(CaseQuarantine.case_id.in_([case.id for case in cases])))
    return {row.case_id: row for row in found}


def aside_count(actor: Actor, most: int) -> ScalarSelect[int]:
    """How many lie there for this actor, as a column; ``most`` + 1 means more."""
    lying = select(CaseQuarantine.case_id).where(CaseQuarantine.decided_at.is_(None))
    return up_to(most, select(Case.id).where(Case.id.in_(lying), _whose(actor)))


def count_aside(session: Session, actor: Actor, most: int) -> int:
    """The same, as a number."""
    return session.scalar(select(aside_count(actor, most))) or 0


@dataclass(frozen=True)
class Family:
    """Cases that are alike, by the subject of the first."""

    key: str
    count: int
    subject: str


def families(session: Session, actor: Actor) -> list[Family]:
    """The largest groups of two or more, largest first."""
    counted = func.count().label("number")
    grouped = select(CaseQuarantine.family, counted, func.min(Case.id).label("first")).join(Case, Case.id == CaseQuarantine.case_id)
    grouped = grouped.where(_of(actor)).group_by(CaseQuarantine.family).having(counted > 1)
    groups = session.execute(grouped.order_by(counted.desc(), CaseQuarantine.family).limit(FAMILIES_MOST)).all()
    named = select(Case.id, Case.subject).where(Case.id.in_([first for _, _, first in groups]))
    subjects = {row.id: row.subject for row in session.execute(named)}
    return [Family(key, number, subjects[first]) for key, number, first in groups]


def _of(actor: Actor) -> ColumnElement[bool]:
    return and_(CaseQuarantine.decided_at.is_(None), _whose(actor))


def _whose(actor: Actor) -> ColumnElement[bool]:
    deciding = actor.agencies(*policy.DECIDERS)
    if not deciding:
        return false()
    # Not said of ``is_open``: SQLite would walk through the index of all open cases instead of the few that lie there.
    return and_(Case.status.not_in(ENDED), Case.agency_id.in_(sorted(deciding)), policy.visible_to(actor))


def came_of_late(session: Session, now: datetime, most: int) -> int:
    """How many submissions came within the window, counted up to ``most``."""
    return session.scalar(select(_bounded(now, IntakeTally.of == Tally.NETWORK, most))) or 0


def came_by_key(session: Session, now: datetime, keys: Sequence[str], most: int) -> list[int]:
    """For each key how often it came within the window, counted up to ``most``; one query."""
    columns = [_bounded(now, IntakeTally.key == key, most).label(f"n{place}") for place, key in enumerate(keys)]
    return list(session.execute(select(*columns)).one())


def _bounded(now: datetime, which: ColumnElement[bool], most: int) -> ColumnElement[int]:
    return up_to(most - 1, select(literal(1)).select_from(IntakeTally).where(which, IntakeTally.at > now - WINDOW))

"""Moving the counters with the cases: in the transaction of the act, whatever verb it was.

Every case that the session writes is seen here. What goes past the session (``service.many``, ``service.reorganising``, the synthetic
cases) says so itself with ``keep`` or ``keep_moved``.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, event, insert, select
from sqlalchemy.orm import Session, attributes
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from portal.casework.models.case import Case
from portal.casework.tallies.models import CaseTallyMove
from portal.casework.tallies.rules import Cell, Facts, moved

COLUMNS = tuple(getattr(Case, name) for name in Facts._fields)


def keep(connection: Connection, change: Mapping[Cell, int]) -> None:
    """Write down what cells gain and lose."""
    if rows := [{**cell._asdict(), "number": number} for cell, number in change.items() if number]:
        connection.execute(insert(CaseTallyMove), rows)


def facts_of(session: Session, ids: Collection[int]) -> dict[int, Facts]:
    """What is counted of these cases now, by id."""
    rows = session.execute(select(Case.id, *COLUMNS).where(Case.id.in_(ids)))
    return {row[0]: Facts(*row[1:]) for row in rows}


def keep_moved(session: Session, before: Mapping[int, Facts]) -> None:
    """After a write that went past the session: the cases were ``before``, and are what the database says now."""
    keep(session.connection(), _summed(moved(before.get(id_), new) for id_, new in facts_of(session, before).items()))


def _summed(changes: Iterable[Mapping[Cell, int]]) -> Counter[Cell]:
    whole: Counter[Cell] = Counter()
    for change in changes:
        whole.update(change)
    return whole


def _now(case: Case) -> Facts:
    return Facts(*(getattr(case, name) for name in Facts._fields))


def _before(case: Case) -> Facts:
    """The columns as they were; they keep their old values even where nobody had read them (``active_history``)."""
    return Facts(*(_old(case, name) for name in Facts._fields))


def _old(case: Case, name: str) -> Any:
    deleted = attributes.get_history(case, name, PASSIVE_NO_INITIALIZE).deleted
    return deleted[0] if deleted else getattr(case, name)


@event.listens_for(Case, "after_insert")
def _came(_mapper: Any, connection: Connection, case: Case) -> None:
    keep(connection, moved(None, _now(case)))


@event.listens_for(Case, "after_update")
def _changed(_mapper: Any, connection: Connection, case: Case) -> None:
    if (old := _before(case)) != (new := _now(case)):
        keep(connection, moved(old, new))


@event.listens_for(Case, "after_delete")
def _went(_mapper: Any, connection: Connection, case: Case) -> None:
    keep(connection, moved(_now(case), None))

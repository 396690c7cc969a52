"""One case and what belongs to it."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.casework import policy
from portal.casework.models import Case, CaseEvent, CaseFile, CaseLeftOut, CaseWords
from portal.casework.rules import INTERNAL_WORDS, Act
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound


def by_id(session: Session, case_id: int) -> Case | None:
    """The case of an event or a receipt cookie; asks nobody's leave."""
    return session.get(Case, case_id)


def by_number(session: Session, number: str, *, lock: bool = False) -> Case | None:
    """The case with this number; asks nobody's leave. ``lock`` inside a unit of work before acting on it."""
    return session.scalar(_by_number(number, lock))


def visible(session: Session, actor: Actor, number: str, *, lock: bool = False) -> Case:
    """The case with this number if the officer may see it; raises ``NotFound`` otherwise, so that nobody learns that it exists.

    ``lock`` inside a unit of work before acting: a second officer waits here and then meets the newer version.
    """
    query = _by_number(number, lock).where(policy.visible_to(actor))
    if not lock:  # PostgreSQL locks no rows that may be missing
        query = query.options(joinedload(Case.snooze), joinedload(Case.letter), joinedload(Case.part), joinedload(Case.contributions))
    case = session.scalars(query).unique().one_or_none()
    if case is None:
        raise NotFound
    return case


def _by_number(number: str, lock: bool) -> Select[Case]:
    query = select(Case).where(Case.number == number)
    return query.with_for_update().execution_options(populate_existing=True) if lock else query


def history(session: Session, case: Case, *, for_citizen: bool = False) -> Sequence[CaseEvent]:
    """The acts, oldest first, their actors and words loaded; for the citizen only what they may see (use ``words_of_event``)."""
    acts = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    if for_citizen:
        acts = acts.where(CaseEvent.visible_to_citizen)
    loaded = acts.options(joinedload(CaseEvent.actor), selectinload(CaseEvent.words).joinedload(CaseWords.author))
    return session.scalars(loaded).all()


def words_of(session: Session, case: Case, *, for_citizen: bool = False) -> Sequence[CaseWords]:
    """The words, oldest first, their authors loaded; for the citizen without internal ones."""
    words = select(CaseWords).where(CaseWords.case_id == case.id).order_by(CaseWords.id).options(joinedload(CaseWords.author))
    if for_citizen:
        words = words.where(CaseWords.kind.not_in(INTERNAL_WORDS))
    return session.scalars(words).all()


def files_of(session: Session, case: Case, *, for_citizen: bool = False) -> Sequence[CaseFile]:
    """The files of the case, oldest first, their rows in the store loaded; ``for_citizen`` leaves out what others gave to its officers."""
    mine = select(CaseFile).where(CaseFile.case_id == case.id)
    if for_citizen:
        mine = mine.join(CaseEvent, CaseEvent.id == CaseFile.event_id).where(CaseEvent.act != Act.CONTRIBUTE)
    return session.scalars(mine.order_by(CaseFile.id).options(joinedload(CaseFile.file))).all()


def left_out_of(session: Session, case: Case) -> dict[int, list[CaseLeftOut]]:
    """What was sent along and not kept, by the id of the act that it came with."""
    found: dict[int, list[CaseLeftOut]] = {}
    for row in session.scalars(select(CaseLeftOut).where(CaseLeftOut.case_id == case.id).order_by(CaseLeftOut.id)):
        found.setdefault(row.event_id, []).append(row)
    return found

"""Named reads of what was asked of others."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from portal.casework.contributing.models import Contribution
from portal.casework.contributing.policy import asked_of, can_read
from portal.casework.contributing.rules import PartState
from portal.casework.models import Case, CaseFile
from portal.casework.rules import MOVES, Act
from portal.db.counting import up_to
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound

COUNTED_MOST = 1000


def _wanted() -> ColumnElement[bool]:
    return and_(Contribution.state == PartState.WAITING, Case.status.in_(sorted(MOVES[Act.CONTRIBUTE].sources)))


def asked(actor: Actor, *, waiting: bool) -> Select[Contribution]:
    """What the actor is asked for, or was; to be ordered by (due_on, id). Places and case are loaded."""
    query = select(Contribution).join(Contribution.case).where(asked_of(actor), _wanted() if waiting else ~_wanted())
    loaded = (
        joinedload(Contribution.case),
        joinedload(Contribution.asker),
        joinedload(Contribution.asked),
        joinedload(Contribution.officer),
    )
    return query.options(*loaded)


def waiting_count(actor: Actor) -> ScalarSelect[int]:
    """How many wait for the actor, as a column; ``COUNTED_MOST + 1`` means more than that."""
    return up_to(COUNTED_MOST, select(Contribution.id).join(Contribution.case).where(asked_of(actor), _wanted()))


def count_waiting(session: Session, actor: Actor) -> int:
    """The same, as a number."""
    return session.scalar(select(waiting_count(actor))) or 0


def files_given(session: Session, part: Contribution) -> Sequence[CaseFile]:
    """What came with the part, for who gave it and for the officers of the case; never for the sender."""
    given = select(CaseFile).where(CaseFile.event_id == part.ended_event_id).options(joinedload(CaseFile.file))
    return session.scalars(given.order_by(CaseFile.id)).all()


def readable(session: Session, actor: Actor, public_id: str, *, lock: bool = False) -> Contribution:
    """The part with this address if the actor is asked for it; raises ``NotFound`` otherwise. ``lock`` locks its case."""
    part = session.scalar(select(Contribution).where(Contribution.public_id == public_id))
    if part is None:
        raise NotFound
    if lock:
        session.scalar(select(Case).where(Case.id == part.case_id).with_for_update().execution_options(populate_existing=True))
        session.refresh(part)
    if not can_read(actor, part):
        raise NotFound
    return part

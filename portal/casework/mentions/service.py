"""Telling colleagues of a note, and what one was told of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, Select, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.casework import policy, queries
from portal.casework.mentions.models import CaseMention
from portal.casework.mentions.rules import Person, meant
from portal.casework.models import Case, CaseEvent
from portal.db.counting import up_to
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

NOBODY_SUCH = Message(N_("This person cannot be told of this case"))


def may_be_told(session: Session, actor: Actor, case: Case) -> list[User]:
    """Colleagues who may see the case, by name; never whom it must be kept from."""
    people = queries.independent(session, case, case.agency_id, CASE_ROLES)
    return [user for user in people if user.id != actor.user_id]


def tell(session: Session, actor: Actor, now: datetime, case: Case, note: CaseEvent, body: str, chosen: str = "") -> list[int]:
    """Tell whoever is meant by an @ in the note, and the one chosen (public id). Raises ``Invalid`` for "tell". Returns their ids."""
    people = may_be_told(session, actor, case)
    ids = meant(body, [Person(user.id, (user.name_th, user.name_en)) for user in people])
    if chosen:
        one = next((user for user in people if user.public_id == chosen), None)
        if one is None:
            raise Invalid({"tell": [NOBODY_SUCH]})
        ids.add(one.id)
    told = sorted(ids)
    session.add_all(CaseMention(event_id=note.id, case_id=case.id, user_id=user_id, by_id=actor.user_id, at=now) for user_id in told)
    session.flush()
    return told


def mentions(actor: Actor) -> Select[CaseMention]:
    """What one was told of in cases that one may see now; unordered, with what a list shows."""
    rows = select(CaseMention).join(CaseMention.case).where(CaseMention.user_id == actor.user_id, policy.visible_to(actor))
    loaded = (contains_eager(CaseMention.case), joinedload(CaseMention.by), joinedload(CaseMention.event).selectinload(CaseEvent.words))
    return rows.options(*loaded)


def unread_count(actor: Actor, most: int) -> ScalarSelect[int]:
    """How many are unread, as a column; ``most`` + 1 means more."""
    mine = select(CaseMention.id).join(CaseMention.case).where(CaseMention.user_id == actor.user_id, CaseMention.read_at.is_(None))
    return up_to(most, mine.where(policy.visible_to(actor)))


def count_unread(session: Session, actor: Actor, most: int) -> int:
    """The same, as a number."""
    return session.scalar(select(unread_count(actor, most))) or 0


def mentions_of(session: Session, user_id: int, since: datetime) -> Sequence[CaseMention]:
    """What somebody was told of since then and has not read, oldest first; for a summary of the day."""
    user = session.get(User, user_id)
    if user is None:
        return []
    unread = mentions(accounts.actor_for(session, user)).where(CaseMention.at >= since, CaseMention.read_at.is_(None))
    return session.scalars(unread.order_by(CaseMention.id)).unique().all()


def mark_read(session: Session, actor: Actor, now: datetime, case: Case | None = None) -> None:
    """All that one was told of, or what was said in one case."""
    unread = update(CaseMention).where(CaseMention.user_id == actor.user_id, CaseMention.read_at.is_(None))
    session.execute((unread.where(CaseMention.case_id == case.id) if case is not None else unread).values(read_at=now))

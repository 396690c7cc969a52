"""Named reads of messages. What waits is read by who decides in the agency, and never what is about a case that they may not see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.casework import policy
from portal.casework.models import Case
from portal.db.counting import up_to
from portal.feedback.mail_in.models import MailInFile, MailInMessage
from portal.feedback.mail_in.rules import Fate, Reason
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound

COUNTED_MOST = 999


def waiting(actor: Actor, reason: Reason | None = None) -> Select[MailInMessage]:
    """What the actor may decide, unordered."""
    query = select(MailInMessage).where(_of(actor))
    if reason is not None:
        query = query.where(MailInMessage.reason == reason)
    return query.options(joinedload(MailInMessage.agency), selectinload(MailInMessage.files).joinedload(MailInFile.file))


def waiting_count(actor: Actor, most: int = COUNTED_MOST) -> ScalarSelect[int]:
    """How many, as a column; ``most`` + 1 means more."""
    return up_to(most, select(MailInMessage.id).where(_of(actor)))


def reasons(session: Session, actor: Actor) -> list[tuple[Reason, int]]:
    """How many wait for which reason, most first."""
    grouped = select(MailInMessage.reason, func.count()).where(_of(actor)).group_by(MailInMessage.reason)
    found = [(reason, count) for reason, count in session.execute(grouped) if reason is not None]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def at_hand(session: Session, actor: Actor, public_id: str, *, lock: bool = False) -> MailInMessage:
    """A message that waits and that the actor may decide; raises ``NotFound``. ``lock`` inside a unit of work."""
    wanted = select(MailInMessage).where(MailInMessage.public_id == public_id, _of(actor))
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    row = session.scalar(wanted)
    if row is None:
        raise NotFound
    return row


def some_of(session: Session, actor: Actor, public_ids: Sequence[str]) -> list[MailInMessage]:
    """Those of the ids that wait still and that the actor may decide, locked; inside a unit of work."""
    wanted = select(MailInMessage).where(MailInMessage.public_id.in_(public_ids), _of(actor)).order_by(MailInMessage.id)
    return list(session.scalars(wanted.with_for_update().execution_options(populate_existing=True)))


def last_taken(session: Session, agency_id: int, most: int) -> Sequence[MailInMessage]:
    """The newest messages of a mailbox with their fates: codes only."""
    newest = (
        select(MailInMessage).where(MailInMessage.agency_id == agency_id).order_by(MailInMessage.arrived_at.desc(), MailInMessage.id.desc())
    )
    return session.scalars(newest.limit(most)).all()


def count_waiting_in(session: Session, agency_id: int) -> int:
    """How many of one mailbox wait, whoever may read them."""
    there = (MailInMessage.agency_id == agency_id, MailInMessage.fate == Fate.WAITING)
    return session.scalar(select(func.count()).select_from(MailInMessage).where(*there)) or 0


def is_taken(session: Session, agency_id: int, source_key: str) -> bool:
    """True if this very place of the mailbox has its row."""
    wanted = select(MailInMessage.id).where(MailInMessage.agency_id == agency_id, MailInMessage.source_key == source_key)
    return session.scalar(wanted) is not None


def same_as(session: Session, agency_id: int, digests: Sequence[str]) -> MailInMessage | None:
    """An earlier row of the very same message."""
    wanted = select(MailInMessage).where(
        MailInMessage.digest.in_(digests), MailInMessage.agency_id == agency_id, MailInMessage.fate != Fate.REPEAT
    )
    return session.scalar(wanted.order_by(MailInMessage.id).limit(1)) if digests else None


def count_from(session: Session, marks: Sequence[str], since: datetime, most: int, fate: Fate | None = None) -> int:
    """How many messages came from a sender, counted up to ``most``."""
    if not marks:
        return 0
    some = select(MailInMessage.id).where(MailInMessage.sender_mark.in_(marks), MailInMessage.arrived_at > since)
    if fate is not None:
        some = some.where(MailInMessage.fate == fate)
    return session.scalar(select(func.count()).select_from(some.limit(most).subquery())) or 0


def count_cases(session: Session, agency_id: int, since: datetime, most: int) -> int:
    """How many new cases a mailbox made, counted up to ``most``."""
    there = (MailInMessage.agency_id == agency_id, MailInMessage.fate == Fate.NEW_CASE, MailInMessage.arrived_at > since)
    return session.scalar(select(func.count()).select_from(select(MailInMessage.id).where(*there).limit(most).subquery())) or 0


def _of(actor: Actor) -> ColumnElement[bool]:
    deciding = actor.agencies(*policy.DECIDERS)
    if not deciding:
        return false()
    here = and_(MailInMessage.fate == Fate.WAITING, MailInMessage.agency_id.in_(sorted(deciding)))
    visible = exists().where(Case.id == MailInMessage.case_id, policy.visible_to(actor))
    return and_(here, or_(MailInMessage.case_id.is_(None), visible))

"""Announcing events, and taking, finishing and retrying them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from portal.outbox.models import OutboxEvent

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
KEPT_FOR = timedelta(days=90)  # after it is done; what failed stays until somebody has looked


def announce(session: Session, name: str, now: datetime, **payload: int | str | bool) -> None:
    """Say in the present transaction that something happened. Ids and codes only, never words."""
    session.add(OutboxEvent(name=name, payload=payload, created_at=now, due_at=now))


def take(session: Session, now: datetime, most: int = 20) -> Sequence[OutboxEvent]:
    """Lease up to ``most`` due events; call inside a unit of work. Other workers pass them by."""
    waiting = (
        select(OutboxEvent)
        .where(OutboxEvent.done_at.is_(None), OutboxEvent.failed_at.is_(None), OutboxEvent.due_at <= now)
        .where(or_(OutboxEvent.leased_until.is_(None), OutboxEvent.leased_until < now))
        .order_by(OutboxEvent.due_at, OutboxEvent.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    events = session.scalars(waiting).all()
    for event in events:
        event.leased_until = now + LEASE
        event.attempts += 1
    session.flush()
    return events


def finish(session: Session, event_id: int, now: datetime) -> None:
    """Mark done, in the transaction of the handler's own effects."""
    event = session.get_one(OutboxEvent, event_id)
    event.done_at, event.leased_until, event.error = now, None, ""


def finish_alike(session: Session, event_id: int, now: datetime, name: str, **payload: int) -> list[dict[str, Any]]:
    """Mark done all others of this name that wait with these numbers in their payload, and give their payloads.

    Whoever reads afterwards, in the same transaction, reads what they were announced with. What somebody else has locked stays. Only for
    a name with one handler: others would not be run for these.
    """
    same = [OutboxEvent.payload[key].as_integer() == value for key, value in payload.items()]
    waiting = select(OutboxEvent).where(OutboxEvent.done_at.is_(None), OutboxEvent.failed_at.is_(None), OutboxEvent.name == name, *same)
    others = session.scalars(waiting.where(OutboxEvent.id != event_id).with_for_update(skip_locked=True)).all()
    for event in others:
        event.done_at, event.leased_until, event.error = now, None, ""
    session.flush()
    return [event.payload for event in others]


def retry_later(session: Session, event_id: int, now: datetime, error: BaseException) -> None:
    """Wait 2, 4, 8 … minutes; after the last attempt give up, visibly."""
    event = session.get_one(OutboxEvent, event_id)
    event.error, event.leased_until = type(error).__name__, None
    if event.attempts >= MOST_ATTEMPTS:
        event.failed_at = now
    else:
        event.due_at = now + timedelta(minutes=2**event.attempts)


def failed(session: Session) -> Sequence[OutboxEvent]:
    """Events that were given up."""
    return session.scalars(select(OutboxEvent).where(OutboxEvent.failed_at.is_not(None)).order_by(OutboxEvent.id)).all()


def sweep(session: Session, now: datetime) -> None:
    """Forget events that were done long ago; call inside a unit of work."""
    session.execute(delete(OutboxEvent).where(OutboxEvent.done_at < now - KEPT_FOR))


def payload_id(payload: dict[str, Any], key: str) -> int:
    """An id out of a payload."""
    return int(payload[key])

"""The job worker: runs due events and timed jobs until it is told to stop.

Mails leave between two transactions: a slow mail server must not hold SQLite's only write lock, behind which citizens wait.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.files.store import FileStore
from portal.kernel.errors import Unavailable
from portal.kernel.keyring import Keyring
from portal.outbox import service
from portal.outbox.mail import Mail, Mailer, MemoryMailer
from portal.outbox.models import OutboxEvent, TimedJob

log = structlog.get_logger(__name__)
#: As many mails to a server that does not answer (20 s each) as fit into a lease with room to spare.
MOST_AT_ONCE = 8


@dataclass(frozen=True)
class JobContext:
    """What a handler is given; ``session`` is inside a unit of work that commits after the handler, and then mails are sent."""

    session: Session
    now: datetime
    mailer: Mailer
    store: FileStore
    keyring: Keyring
    base_url: str
    event_id: int = 0


Handler = Callable[[JobContext, dict[str, Any]], None]
Job = Callable[[JobContext], None]


@dataclass(frozen=True)
class Alone:
    """A handler that takes long: it runs before the others of its event, outside any unit of work, and opens short ones of its own.

    It must not mind running again: the event is marked done after it, and a worker may die in between.
    """

    handle: Handler

    def __call__(self, context: JobContext, payload: dict[str, Any]) -> None:
        """As any handler."""
        self.handle(context, payload)


@dataclass(frozen=True)
class Timed:
    """A job that runs once in each slot of ``every``, whichever worker comes first."""

    name: str
    every: timedelta
    job: Job
    #: It waits for others, such as a mail server, and opens units of work of its own once its slot is taken.
    alone: bool = False


def run_due(context: JobContext, handlers: Mapping[str, Sequence[Handler]], most: int = MOST_AT_ONCE) -> int:
    """Take and run due events. Returns how many were taken; an event nobody handles counts as done."""
    with unit_of_work(context.session):
        taken = [(event.id, event.name, event.payload) for event in service.take(context.session, context.now, most)]
    for event_id, name, payload in taken:
        _run_one(context, event_id, handlers.get(name, ()), name, payload)
    return len(taken)


def _run_one(context: JobContext, event_id: int, handlers: Sequence[Handler], name: str, payload: dict[str, Any]) -> None:
    try:
        if mails := _handle(context, event_id, handlers, payload):
            for mail in mails:
                context.mailer.send(mail)
            with unit_of_work(context.session) as session:
                service.finish(session, event_id, context.now)
    except Exception as error:
        log.warning("event_failed", event_id=event_id, event_name=name, error=type(error).__name__)
        with unit_of_work(context.session) as session:
            service.retry_later(session, event_id, context.now, error)


def _handle(context: JobContext, event_id: int, handlers: Sequence[Handler], payload: dict[str, Any]) -> Sequence[Mail]:
    """Run the handlers in one unit of work; an event without mails is done with it. Returns the mails that are to leave now."""
    outgoing = MemoryMailer()
    own = replace(context, event_id=event_id, mailer=outgoing)
    for handler in handlers:
        if isinstance(handler, Alone):
            handler(own, payload)
    with unit_of_work(context.session) as session:
        if session.get_one(OutboxEvent, event_id).done_at:
            return ()
        for handler in handlers:
            if not isinstance(handler, Alone):
                handler(own, payload)
        if not outgoing.sent:
            service.finish(session, event_id, context.now)
    return outgoing.sent


def run_timed(context: JobContext, jobs: Sequence[Timed]) -> list[str]:
    """Run each timed job whose present slot nobody has taken. Returns their names."""
    return [timed.name for timed in jobs if _run_slot(context, timed)]


def _run_slot(context: JobContext, timed: Timed) -> bool:
    seconds = int(timed.every.total_seconds())
    slot = datetime.fromtimestamp(int(context.now.timestamp()) // seconds * seconds, UTC)
    taken = select(TimedJob.id).where(TimedJob.name == timed.name, TimedJob.slot == slot)
    if context.session.scalar(taken) is not None:
        context.session.rollback()
        return False
    try:
        with unit_of_work(context.session) as session:
            if session.scalar(taken) is not None:
                return False
            session.query(TimedJob).filter(TimedJob.name == timed.name, TimedJob.slot < slot).delete()
            session.add(TimedJob(name=timed.name, slot=slot))
            session.flush()
            if not timed.alone:
                timed.job(context)
        if timed.alone:
            timed.job(context)
    except Unavailable:
        return False
    except Exception as error:
        log.warning("timed_job_failed", job=timed.name, error=type(error).__name__)
        return False
    return True

"""The state under a lock, whoever writes first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.messages import N_, Message
from portal.setup.models import ONLY, SetupState
from portal.setup.rules import Step


@dataclass(frozen=True)
class Hand:
    """Who writes: ``SYSTEM`` until there is an administrator; ``version`` is the one that the page was made for."""

    actor: Actor
    browser: str
    version: int


def take(session: Session, now: datetime, hand: Hand) -> SetupState:
    """The state, locked and marked as this browser's. Raises ``NotFound`` when it is over, ``Conflict`` if another browser saved since."""
    row = session.get(SetupState, ONLY, with_for_update=True, populate_existing=True)
    if row is None or row.finished_at is not None or (row.administrator_id is not None and hand.actor.user_id is None):
        raise NotFound
    if row.row_version != hand.version and row.browser != hand.browser:
        raise Conflict(Message(N_("Somebody else went on with this in another browser; look at it again, what you wrote is kept")))
    row.browser, row.changed_at = hand.browser, now
    return row


def mark(session: Session, row: SetupState, step: Step) -> None:
    """Note that the step has been done."""
    if step.value not in row.done:
        row.done = [*row.done, step.value]
    session.flush()


def pass_over(session: Session, now: datetime, hand: Hand, step: Step) -> None:
    """Go on without it, or after it was saved elsewhere; it can be done later on the desk."""
    mark(session, take(session, now, hand), step)


def finish(session: Session, now: datetime, hand: Hand) -> None:
    """The first day is over: ``/setup`` answers nobody any more."""
    row = take(session, now, hand)
    row.finished_at = now
    session.flush()
    audit.record(session, hand.actor, now, "setup.finished", "setup", "portal", agency_id=row.agency_id)

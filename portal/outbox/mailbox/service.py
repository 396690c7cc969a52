"""Entering a mailbox, and keeping up to where it was read. Flushes, never commits."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.policy import can_administer
from portal.audit import service as audit
from portal.kernel.actor import Actor, ActorKind
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.outbox.mailbox import queries
from portal.outbox.mailbox.models import Mailbox, MailboxState
from portal.outbox.mailbox.reached import Reached
from portal.outbox.mailbox.rules import EVERY, Box, replace_password, wait_after

#: Longer than any look into a mailbox lasts.
LEASE = timedelta(minutes=5)


def enter(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    agency: Agency,
    box: Box,
    version: int,
    *,
    takes_plus: bool = False,
    kind: str = "",
    take_unread: bool = False,
) -> Box:
    """Store the agency's mailbox; an empty password keeps the stored one where it goes to the same place. Returns what is stored.

    ``version`` is the ``row_version`` that the person saw, 0 where there was none. Raises ``NotAllowed``, ``Conflict``, ``Invalid``.
    """
    _allow(actor, agency)
    row = queries.stored(session, agency.id)
    if (row.row_version if row else 0) != version:
        raise Conflict(Message(N_("Somebody else has changed the mailbox since you opened the page; look at it again")))
    before = queries.opened(row, keyring)
    box = _with_password(box, before)
    if row is None:
        row = Mailbox(agency_id=agency.id)
        session.add(row)
    row.address, row.takes_plus, row.kind, row.is_on = box.address, takes_plus, kind, True
    row.sealed, row.changed_at, row.changed_by_id = queries.sealed(box, keyring), now, actor.user_id
    session.flush()
    state = _state(session, now, agency.id)
    if before is None or not before.same_place(box) or before.folder != box.folder:
        state.validity, state.next_uid, state.unread_before, state.take_unread = None, 1, 0, take_unread
    state.due_at, state.failures, state.tried, state.tried_at = now, 0, None, None
    session.flush()
    audit.record(
        session, actor, now, "mailbox.entered", "mailbox", agency.slug, agency_id=agency.id, detail={"security": box.security.value}
    )
    return box


def switch_off(session: Session, actor: Actor, now: datetime, agency: Agency) -> None:
    """Read it no more and forget how it was reached; the place up to which it was read stays."""
    _allow(actor, agency)
    row = queries.stored(session, agency.id)
    if row is None:
        return
    row.is_on, row.sealed, row.changed_at, row.changed_by_id = False, "", now, actor.user_id
    session.flush()
    audit.record(session, actor, now, "mailbox.switched_off", "mailbox", agency.slug, agency_id=agency.id)


def of_the_settings(session: Session, now: datetime, agency: Agency, box: Box) -> None:
    """A row for the mailbox that the settings of the machine name, so that mails can name its address."""
    row = queries.stored(session, agency.id)
    if row is None:
        session.add(Mailbox(agency_id=agency.id, address=box.address, changed_at=now))
    elif (row.address, row.is_on) != (box.address, True):
        row.address, row.is_on, row.changed_at = box.address, True, now
    session.flush()
    _state(session, now, agency.id)


def lease(session: Session, now: datetime, agency_id: int) -> MailboxState | None:
    """Take the mailbox for one look; None while somebody else reads it."""
    state = session.get(MailboxState, agency_id, with_for_update=True, populate_existing=True)
    if state is None or (state.leased_until is not None and state.leased_until >= now):
        return None
    state.leased_until = now + LEASE
    session.flush()
    return state


def note_look(session: Session, now: datetime, agency_id: int, reached: Reached, *, more: bool = False) -> None:
    """How a look went; gives the mailbox free. ``more`` lies there still, and the next turn is at once."""
    state = session.get_one(MailboxState, agency_id)
    state.leased_until, state.tried, state.tried_at = None, reached, now
    if reached is Reached.FINE:
        state.failures, state.fetched_at, state.due_at = 0, now, now if more else now + EVERY
    else:
        state.failures += 1
        state.due_at = now + wait_after(state.failures)
    session.flush()


def note_trial(session: Session, actor: Actor, now: datetime, agency: Agency, reached: Reached) -> None:
    """How the check that an administrator asked for went; a mailbox that can be read is read next."""
    _allow(actor, agency)
    state = _state(session, now, agency.id)
    state.tried, state.tried_at = reached, now
    if reached is Reached.FINE:
        state.failures, state.due_at = 0, now
    session.flush()
    audit.record(session, actor, now, "mailbox.tried", "mailbox", agency.slug, agency_id=agency.id, detail={"outcome": reached.value})


def _state(session: Session, now: datetime, agency_id: int) -> MailboxState:
    state = session.get(MailboxState, agency_id)
    if state is None:
        state = MailboxState(agency_id=agency_id, due_at=now)
        session.add(state)
        session.flush()
    return state


def _with_password(box: Box, before: Box | None) -> Box:
    if box.password:
        return box
    if before is None or not before.same_place(box) or not before.password:
        raise Invalid({"password": [Message(N_("Write the password; it is asked anew when server, port, security or user change"))]})
    return replace_password(box, before.password)


def _allow(actor: Actor, agency: Agency) -> None:
    if not (actor.kind is ActorKind.SYSTEM or can_administer(actor, agency)):
        raise NotAllowed

"""Named reads of mailboxes."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from cryptography.fernet import InvalidToken
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.kernel.keyring import Keyring
from portal.outbox.mail_server.rules import Security
from portal.outbox.mailbox.models import Mailbox, MailboxState
from portal.outbox.mailbox.rules import Box, with_token

PURPOSE = "mailbox"
_SEALED = ("host", "port", "security", "user", "password", "folder", "done_folder")


def stored(session: Session, agency_id: int) -> Mailbox | None:
    """The agency's row."""
    return session.get(Mailbox, agency_id)


def state_of(session: Session, agency_id: int) -> MailboxState | None:
    """Up to where it was read, and how that went."""
    return session.get(MailboxState, agency_id)


def opened(row: Mailbox | None, keyring: Keyring) -> Box | None:
    """The box of the row; None without one, where the settings of the machine name it, and where no listed key opens it any more."""
    if row is None or not row.sealed:
        return None
    try:
        values = json.loads(keyring.decrypt(PURPOSE, row.sealed))
    except InvalidToken:
        return None
    return Box(**{**values, "address": row.address, "security": Security(values["security"])})


def sealed(box: Box, keyring: Keyring) -> str:
    """To be stored."""
    values = asdict(box)
    return keyring.encrypt(PURPOSE, json.dumps({name: values[name] for name in _SEALED}, ensure_ascii=False))


def due(session: Session, now: datetime) -> Sequence[MailboxState]:
    """Mailboxes whose turn it is and that nobody reads now, the longest waiting first."""
    free = or_(MailboxState.leased_until.is_(None), MailboxState.leased_until < now)
    wanted = select(MailboxState).join(Mailbox, Mailbox.agency_id == MailboxState.agency_id).where(Mailbox.is_on, free)
    return session.scalars(wanted.where(MailboxState.due_at <= now).order_by(MailboxState.due_at, MailboxState.agency_id)).all()


def reply_address(session: Session, agency_id: int, token: str) -> str:
    """Where an answer to a mail of this agency goes; empty while nobody would read it there."""
    row = session.get(Mailbox, agency_id)
    if row is None or not row.is_on:
        return ""
    return (with_token(row.address, token) if row.takes_plus else "") or row.address


def addresses(session: Session) -> frozenset[str]:
    """Of all mailboxes."""
    return frozenset(address.lower() for address in session.scalars(select(Mailbox.address)))


def unreached(session: Session) -> Sequence[Mailbox]:
    """Those that could not be read the last times."""
    failing = (
        select(Mailbox).join(MailboxState, MailboxState.agency_id == Mailbox.agency_id).where(Mailbox.is_on, MailboxState.failures >= 3)
    )
    return session.scalars(failing.options(joinedload(Mailbox.agency)).order_by(Mailbox.agency_id)).all()

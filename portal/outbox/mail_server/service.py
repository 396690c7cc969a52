"""Entering a mail server, and noting how a test went."""

import json
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.kernel.actor import Actor, ActorKind, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.outbox.mail_server.models import ONLY, MailSetting
from portal.outbox.mail_server.outcome import Outcome
from portal.outbox.mail_server.queries import PURPOSE, opened, stored
from portal.outbox.mail_server.rules import MailServer


def enter(session: Session, actor: Actor, now: datetime, keyring: Keyring, server: MailServer, version: int) -> MailServer:
    """Store the server; an empty password keeps the stored one where it goes to the same place. Returns what is stored.

    ``version`` is the ``row_version`` that the person saw, 0 where there was none. Raises ``NotAllowed``, ``Conflict``, and ``Invalid``
    (field ``password``).
    """
    _allow(actor)
    row = stored(session)
    if (row.row_version if row else 0) != version:
        raise Conflict(Message(N_("Somebody else has changed the mail server since you opened the page; look at it again")))
    server = _with_password(server, opened(row, keyring))
    sealed = keyring.encrypt(PURPOSE, json.dumps(asdict(server), ensure_ascii=False))
    if row is None:
        row = MailSetting(id=ONLY, sealed=sealed, changed_at=now, changed_by_id=actor.user_id)
        session.add(row)
    row.sealed, row.changed_at, row.changed_by_id, row.tried, row.tried_at = sealed, now, actor.user_id, None, None
    session.flush()
    audit.record(session, actor, now, "mail.server_entered", "mail_setting", "portal", detail={"security": server.security.value})
    return server


def note_trial(session: Session, actor: Actor, now: datetime, outcome: Outcome) -> None:
    """Keep how the test message went."""
    _allow(actor)
    row = stored(session)
    if row is not None:
        row.tried, row.tried_at = outcome, now
        session.flush()
        audit.record(session, actor, now, "mail.server_tried", "mail_setting", "portal", detail={"outcome": outcome.value})


def _with_password(server: MailServer, before: MailServer | None) -> MailServer:
    if server.password or not server.user:
        return server if server.user else replace(server, password="")
    if before is None or not before.same_place(server) or not before.password:
        raise Invalid({"password": [Message(N_("Write the password; it is asked anew when server, port, security or user change"))]})
    return replace(server, password=before.password)


def _allow(actor: Actor) -> None:
    if not (actor.kind is ActorKind.SYSTEM or actor.has_role(Role.SYSTEM_ADMINISTRATOR)):
        raise NotAllowed

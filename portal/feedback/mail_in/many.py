"""Deciding several messages with one press, a few in a transaction, so that nobody's submission waits for hundreds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.feedback.mail_in import queries, sealing, service
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.rules import SILENT, Reason
from portal.feedback.mail_in.service import CaseValues
from portal.feedback.mail_in.service.deciding import speaks_for_itself
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring

#: With one press, and in one transaction.
ALL_MOST, AT_ONCE = 500, 50
_ID = re.compile(r"[0-9a-f]{32}")
Verb = Callable[[Session, Actor, datetime, Keyring, MailInMessage], None]


@dataclass(frozen=True)
class Done:
    """How many were decided, and how many were not: decided by somebody else meanwhile, or not fit to be decided unread."""

    decided: int
    passed: int


def plausible(public_ids: Sequence[str]) -> list[str]:
    """Those that can be addresses at all, each once."""
    return list(dict.fromkeys(text for text in public_ids if _ID.fullmatch(text)))[:ALL_MOST]


def all_of(session: Session, actor: Actor, reason: Reason | None) -> list[str]:
    """Everything that is shown, oldest first, up to ``ALL_MOST``."""
    query = queries.waiting(actor, reason).with_only_columns(MailInMessage.public_id).order_by(MailInMessage.id)
    return list(session.scalars(query.limit(ALL_MOST)))


def decide(session: Session, actor: Actor, now: datetime, keyring: Keyring, public_ids: Sequence[str], verb: Verb) -> Done:
    """Decide each; opens units of work of its own."""
    decided = 0
    for start in range(0, len(public_ids), AT_ONCE):
        with unit_of_work(session):
            rows = queries.some_of(session, actor, public_ids[start : start + AT_ONCE])
            decided += sum(_one(session, actor, now, keyring, row, verb) for row in rows)
    return Done(decided, len(public_ids) - decided)


def making_cases(kind: str) -> Verb:
    """Each a case of this kind. What cannot speak for itself is left, and whom no machine may answer gets no notices."""

    def make(session: Session, actor: Actor, now: datetime, keyring: Keyring, row: MailInMessage) -> None:
        kept = sealing.opened(keyring, row)
        if not speaks_for_itself(row, kept):
            raise Invalid({})
        values = CaseValues(kind=kind)
        service.make_case(session, actor, now, keyring, row, replace(values, notices=row.reason not in SILENT))

    return make


def refusing(reason: str) -> Verb:
    """Not for us, with this reason."""

    def refuse(session: Session, actor: Actor, now: datetime, keyring: Keyring, row: MailInMessage) -> None:
        service.not_for_us(session, actor, now, keyring, row, reason)

    return refuse


def _one(session: Session, actor: Actor, now: datetime, keyring: Keyring, row: MailInMessage, verb: Verb) -> bool:
    try:
        with session.begin_nested():  # one that cannot be decided leaves nothing behind and does not stop the others
            verb(session, actor, now, keyring, row)
    except (Conflict, Invalid):
        return False
    return True

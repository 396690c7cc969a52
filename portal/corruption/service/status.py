"""The one door of the status: begin, refer, close; status, entry and trail in one act."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.casework.texts import required
from portal.corruption.models import CorruptionReport
from portal.corruption.rules import MOVES, Act, EntryKind, Place, ReportStatus, Result, month_of, possible
from portal.corruption.sealing import Entry
from portal.corruption.service.door import allow, expect, record, write
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

Code = TypeVar("Code", bound=StrEnum)


def begin(session: Session, actor: Actor, now: datetime, keyring: Keyring, report: CorruptionReport, *, row_version: int) -> None:
    """Say that it is being looked into; the actor holds it from here on."""
    _check(actor, keyring, report, Act.BEGIN, row_version)
    report.holder_id = actor.user_id
    _move(session, actor, now, keyring, report, Act.BEGIN, "", {})


def refer(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    report: CorruptionReport,
    *,
    place: str,
    text: str,
    row_version: int,
) -> None:
    """Record with whom it is now, and tell the reporter; the portal itself sends nothing to anybody outside."""
    words = required("text", text, Message(N_("Write to the reporter what was referred and how they can follow it")))
    where = _code("place", place, Place, Message(N_("Choose to whom it is referred")))
    _check(actor, keyring, report, Act.REFER, row_version)
    report.answered = True
    _move(session, actor, now, keyring, report, Act.REFER, words, {"place": where.value})


def close(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    report: CorruptionReport,
    *,
    result: str,
    text: str,
    row_version: int,
) -> None:
    """Say what came of it and why. The reporter may still write; then it can be taken up again."""
    words = required("text", text, Message(N_("Write to the reporter what came of it and why")))
    came = _code("result", result, Result, Message(N_("Choose what came of it")))
    _check(actor, keyring, report, Act.CLOSE, row_version)
    report.answered = True
    _move(session, actor, now, keyring, report, Act.CLOSE, words, {"result": came.value})


def _check(actor: Actor, keyring: Keyring, report: CorruptionReport, act: Act, row_version: int) -> None:
    allow(actor, keyring, report)
    expect(report, row_version)
    if not possible(act, report.status):
        raise Conflict(Message(N_("This does not fit where the report stands now")))


def _move(
    session: Session, actor: Actor, now: datetime, keyring: Keyring, report: CorruptionReport, act: Act, text: str, codes: dict[str, str]
) -> None:
    old, report.status = report.status, MOVES[act].target
    report.closed_month = month_of(now) if report.status is ReportStatus.CLOSED else None
    report.reporter_news = True
    entry = Entry(EntryKind.STATUS, now, text, actor.user_id, {"from": old.value, "to": report.status.value, **codes})
    write(session, keyring, report, entry)
    record(session, actor, now, report, act.value)


def _code(field: str, value: str, codes: type[Code], empty: Message) -> Code:
    try:
        return codes(value)
    except ValueError:
        raise Invalid({field: [empty]}) from None

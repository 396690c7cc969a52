"""What is said on the way: both sides' messages with files, and collectors' notes."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.texts import as_written, optional, required
from portal.corruption.models import CorruptionReport
from portal.corruption.rules import EntryKind
from portal.corruption.sealing import Entry
from portal.corruption.service import once
from portal.corruption.service.door import allow, expect, record, write
from portal.corruption.service.staging import Handed, all_of, attach
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

NOTHING = Message(N_("Write something or choose a file"))


def reporter_says(
    session: Session, now: datetime, keyring: Keyring, report: CorruptionReport, text: str, token_id: str, handed: Handed
) -> None:
    """Take what the reporter adds, once for each token of the form; who calls has seen the code."""
    words = optional("body", text, read=as_written)
    if before := once.find(session, keyring, token_id):
        hashes = once.hashes_again(session, keyring, before, handed)
        return once.expect_same(keyring, before, _fingerprint(report, words, hashes))
    rows = all_of(session, now, keyring, handed)
    if not words and not rows:
        raise Invalid({"body": [NOTHING]})
    held = once.take(session, keyring, now, token_id, _fingerprint(report, words, once.hashes_of(keyring, rows)))
    held.report_id = report.id
    report.desk_news = True
    attach(session, report, write(session, keyring, report, Entry(EntryKind.REPORTER, now, words)), rows)
    return None


def say(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    report: CorruptionReport,
    text: str,
    handed: Handed,
    *,
    row_version: int,
) -> None:
    """Ask or answer the reporter, without a name; files alone are a message too."""
    allow(actor, keyring, report)
    words = optional("body", text)
    rows = all_of(session, now, keyring, handed)
    if not words and not rows:
        raise Invalid({"body": [NOTHING]})
    expect(report, row_version)
    report.answered = report.reporter_news = True
    attach(session, report, write(session, keyring, report, Entry(EntryKind.COLLECTOR, now, words, actor.user_id)), rows)
    record(session, actor, now, report, "answered")


def note(session: Session, actor: Actor, now: datetime, keyring: Keyring, report: CorruptionReport, text: str, *, row_version: int) -> None:
    """Keep a note that only collectors read."""
    allow(actor, keyring, report)
    words = required("body", text, Message(N_("Write the note")))
    expect(report, row_version)
    write(session, keyring, report, Entry(EntryKind.NOTE, now, words, actor.user_id))
    record(session, actor, now, report, "noted")


def _fingerprint(report: CorruptionReport, words: str, hashes: list[str]) -> str:
    return json.dumps([report.key, words, hashes])

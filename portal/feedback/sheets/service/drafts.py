"""Files that were read and wait, encrypted, until they are imported or swept."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.feedback.sheets import policy, queries
from portal.feedback.sheets.models import SheetDraft
from portal.feedback.sheets.plan import Plan, plan_of
from portal.feedback.sheets.reading.book import Book, unpack
from portal.feedback.sheets.rules import WAITING_MOST, WAITS_FOR, FileName
from portal.kernel.actor import Actor
from portal.kernel.errors import NotAllowed
from portal.kernel.keyring import Keyring

BOOK, PLAN = "spreadsheet", "spreadsheet plan"


def keep_draft(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    agency: Agency,
    file: FileName,
    packed: bytes,
    plan: Plan,
    profile: str = "",
) -> SheetDraft:
    """Let a file wait; of many of one person the oldest goes. Raises ``NotAllowed``."""
    if not policy.can_import(actor, agency) or actor.user_id is None:
        raise NotAllowed
    waiting = queries.waiting_of(session, actor)
    for old in waiting[WAITING_MOST - 1 :]:
        session.delete(old)
    draft = SheetDraft(
        public_id=secrets.token_urlsafe(16),
        agency_id=agency.id,
        by_id=actor.user_id,
        file_name=file.name,
        sha256=file.sha256,
        book_enc=keyring.encrypt_bytes(BOOK, packed),
        plan_enc=keyring.encrypt(PLAN, plan.as_json()),
        profile_name=profile,
        created_at=now,
        expires_at=now + WAITS_FOR,
    )
    session.add(draft)
    session.flush()
    return draft


def book_of(keyring: Keyring, draft: SheetDraft) -> Book:
    """What was read of the file."""
    return unpack(keyring.decrypt_bytes(BOOK, draft.book_enc))


def plan_of_draft(keyring: Keyring, draft: SheetDraft) -> Plan:
    """What was said about its columns so far."""
    return plan_of(keyring.decrypt(PLAN, draft.plan_enc))


def set_plan(session: Session, keyring: Keyring, draft: SheetDraft, plan: Plan) -> None:
    """Say what the columns mean."""
    draft.plan_enc = keyring.encrypt(PLAN, plan.as_json())
    session.flush()


def forget(session: Session, draft: SheetDraft) -> None:
    """Take a waiting file away."""
    session.delete(draft)
    session.flush()


def sweep(session: Session, now: datetime) -> None:
    """Remove files that waited too long."""
    session.execute(delete(SheetDraft).where(SheetDraft.expires_at < now))

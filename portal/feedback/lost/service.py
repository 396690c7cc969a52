"""Asking for a link, making it, using it."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.casework import identity
from portal.casework import queries as cases
from portal.casework.models import Case
from portal.casework.rules import Anonymity
from portal.casework.service import replace_by_mail
from portal.feedback.lost.models import CodeLink
from portal.feedback.lost.rules import KEPT_FOR, LINK_LIFE, MOST_A_DAY
from portal.kernel.keyring import Keyring
from portal.kernel.thai_text import fold_digits
from portal.outbox import service as outbox

PURPOSE = "lost code"
ASKED = "code.link_asked"
#: Everything that is typed is padded to this many characters before it is encrypted.
PADDED = 300
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")


def ask(session: Session, now: datetime, keyring: Keyring, number: str, email: str) -> None:
    """One row and one event, whatever was typed; nothing is looked up here."""
    typed = f"{fold_digits(number).strip().upper()[:40]}\n{email.strip()[:250]}"
    row = CodeLink(asked_for=keyring.encrypt(PURPOSE, typed.ljust(PADDED)), asked_at=now)
    session.add(row)
    session.flush()
    outbox.announce(session, ASKED, now, link_id=row.id)


def make_link(session: Session, now: datetime, keyring: Keyring, row: CodeLink) -> tuple[Case, str] | None:
    """The case and the secret of the link; None where nobody is to be written to, and then the row is gone.

    Called by the worker, perhaps a second time for the same row; the later secret counts.
    """
    case = row.case if row.case_id else _case_of(session, now, keyring, row)
    if case is None:
        session.delete(row)
        return None
    token = secrets.token_urlsafe(32)
    row.case_id, row.asked_for = case.id, ""
    row.token_hash, row.expires_at = _hash(token), now + LINK_LIFE
    session.flush()
    return case, token


def holds(session: Session, now: datetime, token: str) -> bool:
    """True while the link can be used; looking uses nothing up, for mail programs open links by themselves."""
    return _row(session, now, token) is not None


def use(session: Session, now: datetime, keyring: Keyring, token: str) -> str | None:
    """The new code in five groups, and every other link of the case is gone; None if the link does not hold (any more)."""
    row = _row(session, now, token, lock=True)
    if row is None or row.case_id is None:
        return None
    case = session.get_one(Case, row.case_id, with_for_update=True)
    if case.anonymity is Anonymity.ANONYMOUS or case.identity is None:
        return None
    row.used_at, row.token_hash = now, None
    others = (CodeLink.case_id == case.id, CodeLink.id != row.id, CodeLink.used_at.is_(None))
    session.execute(delete(CodeLink).where(*others))
    return replace_by_mail(session, now, keyring, case)


def sweep(session: Session, now: datetime) -> None:
    """Forget what was asked a day ago."""
    session.execute(delete(CodeLink).where(CodeLink.asked_at < now - KEPT_FOR))


def _case_of(session: Session, now: datetime, keyring: Keyring, row: CodeLink) -> Case | None:
    number, _, email = keyring.decrypt(PURPOSE, row.asked_for).strip().partition("\n")
    case = cases.by_number(session, number) if _NUMBER.fullmatch(number) else None
    if case is None or case.anonymity is Anonymity.ANONYMOUS or case.identity is None:
        return None
    known = identity.normal_email(identity.opened(keyring, case).email)
    if not known or not secrets.compare_digest(known.encode(), identity.normal_email(email).encode()):
        return None
    return case if _made_lately(session, now, case) < MOST_A_DAY else None


def _made_lately(session: Session, now: datetime, case: Case) -> int:
    lately = (CodeLink.case_id == case.id, CodeLink.asked_at > now - timedelta(days=1))
    return session.scalar(select(func.count()).select_from(CodeLink).where(*lately)) or 0


def _row(session: Session, now: datetime, token: str, *, lock: bool = False) -> CodeLink | None:
    wanted = select(CodeLink).where(CodeLink.token_hash == _hash(token), CodeLink.expires_at > now, CodeLink.used_at.is_(None))
    return session.scalar(wanted.with_for_update() if lock else wanted)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

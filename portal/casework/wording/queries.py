"""Named reads of texts."""

import re
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.casework.models.case import Case
from portal.casework.wording.models import MailWording, ReadyReply
from portal.casework.wording.rules import MailKind
from portal.kernel.thai_text import sort_key

_KEY = re.compile(r"[0-9a-f]{16}")


def own_text(session: Session, mail: MailKind, language: str, agency_id: int | None) -> str:
    """The text that somebody wrote for this mail: the agency's, else the whole portal's, else none; one query."""
    whose = or_(MailWording.agency_id.is_(None), MailWording.agency_id == agency_id)
    rows = session.scalars(select(MailWording).where(MailWording.mail == mail, whose))
    texts = {row.agency_id: row.in_language(language) for row in rows}
    return texts.get(agency_id) or texts.get(None) or ""


def wordings(session: Session, agency_id: int | None, mails: Collection[MailKind] = tuple(MailKind)) -> dict[MailKind, MailWording]:
    """What was written for an agency (None: for the whole portal), by mail; one query."""
    whose = MailWording.agency_id.is_(None) if agency_id is None else MailWording.agency_id == agency_id
    return {row.mail: row for row in session.scalars(select(MailWording).where(whose, MailWording.mail.in_(mails)))}


def ready_replies(session: Session, agency_id: int) -> list[ReadyReply]:
    """Every ready reply of the agency, those on offer first, in Thai dictionary order."""
    rows = session.scalars(select(ReadyReply).where(ReadyReply.agency_id == agency_id))
    return sorted(rows, key=lambda row: (row.closed_at is not None, sort_key(row.name_th), row.id))


def offered_for(session: Session, case: Case) -> list[ReadyReply]:
    """Those that may start an answer to this case."""
    fitting = or_(ReadyReply.kind.is_(None), ReadyReply.kind == case.kind)
    rows = session.scalars(select(ReadyReply).where(ReadyReply.agency_id == case.agency_id, ReadyReply.closed_at.is_(None), fitting))
    return sorted(rows, key=lambda row: (sort_key(row.name_th), row.id))


def offered_to(session: Session, agency_ids: Collection[int]) -> list[ReadyReply]:
    """Those that these agencies offer, whatever the kind."""
    rows = session.scalars(select(ReadyReply).where(ReadyReply.agency_id.in_(sorted(agency_ids)), ReadyReply.closed_at.is_(None)))
    return sorted(rows, key=lambda row: (sort_key(row.name_th), row.id))


def by_key(session: Session, agency_id: int, key: str) -> ReadyReply | None:
    """The agency's ready reply with this key; anything may be asked for."""
    if not _KEY.fullmatch(key):
        return None
    return session.scalar(select(ReadyReply).where(ReadyReply.agency_id == agency_id, ReadyReply.key == key))

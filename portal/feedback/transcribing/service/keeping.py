"""Pages and words of what was set aside go after a year; the sheet itself stays in the count."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.feedback.transcribing.models import Sheet, SheetPage
from portal.feedback.transcribing.rules import ASIDE_KEPT
from portal.files import service as files
from portal.files.store import FileStore

#: In one go: a unit of work holds SQLite's only write lock.
AT_ONCE = 50


def forget_old(session: Session, store: FileStore, now: datetime) -> int:
    """Erase some of what is over a year; says how many sheets. The bytes go when it is committed."""
    old = select(Sheet).where(Sheet.aside_at <= now - ASIDE_KEPT, (Sheet.aside_words != "") | Sheet.pages.any())
    found = session.scalars(old.order_by(Sheet.id).limit(AT_ONCE)).all()
    if not found:
        return 0
    gone = delete(SheetPage).where(SheetPage.sheet_id.in_([sheet.id for sheet in found])).returning(SheetPage.stored_file_id)
    files.erase(session, store, set(session.scalars(gone.execution_options(synchronize_session=False))))
    for sheet in found:
        sheet.aside_words = ""
        session.expire(sheet, ["pages"])
    session.flush()
    return len(found)

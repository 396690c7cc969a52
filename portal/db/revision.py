"""A counter that every act raises which changes what the public sees; page caches key on it."""

from sqlalchemy import Integer, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db.base import Base

PUBLIC = "public"


class Revision(Base):
    """One row per scope; the migration writes the row of ``public``."""

    __tablename__ = "revision"

    scope: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[int] = mapped_column(Integer, default=0)


def raise_public_revision(session: Session) -> None:
    """Make every cached public page stale as soon as the present transaction commits."""
    changed = session.execute(update(Revision).where(Revision.scope == PUBLIC).values(value=Revision.value + 1))
    if not changed.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has it
        session.add(Revision(scope=PUBLIC, value=1))
        session.flush()


def public_revision(session: Session) -> int:
    """The present revision; 0 in a database where nothing has been published."""
    return session.scalar(select(Revision.value).where(Revision.scope == PUBLIC)) or 0

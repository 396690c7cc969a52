"""Links that were asked for."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.models import Case
from portal.db import Base, UtcDateTime


class CodeLink(Base):
    """Somebody asked for a new code. Written for every request alike; the worker finds out whether it is the sender's address."""

    __tablename__ = "code_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Number and address as they were typed, encrypted and padded, so that neither text nor length says anything; the worker wipes it.
    asked_for: Mapped[str] = mapped_column(String(1000), default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: SHA-256 of the secret in the link.
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Empty until a link was made.
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[Case | None] = relationship()

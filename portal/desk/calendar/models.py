"""Secret addresses of calendars: at most one a person, of which the hash is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime


class CalendarAddress(Base):
    """Whoever has the address reads the person's due days, in numbers."""

    __tablename__ = "calendar_address"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    #: SHA-256 of the secret; the secret itself is shown once.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

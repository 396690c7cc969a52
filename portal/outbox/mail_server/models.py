"""The one row of the mail server."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime, code
from portal.outbox.mail_server.outcome import Outcome

ONLY = 1


class MailSetting(Base):
    """Server, port, user, password and sender, encrypted together under the key of "mail"."""

    __tablename__ = "mail_setting"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY)
    sealed: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: How the last test message went, and when; empty after a change that has not been tried.
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tried: Mapped[Outcome | None] = mapped_column(code(Outcome, "mail_outcome"))
    row_version: Mapped[int] = mapped_column()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

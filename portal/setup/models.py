"""Where the first day stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime

ONLY = 1


class SetupState(Base):
    """The one row; written by ``portal init`` on an empty database, kept when it is finished."""

    __tablename__ = "setup_state"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY)
    #: Keyed hash of the one-time token.
    token: Mapped[str] = mapped_column(String(64))
    token_ends: Mapped[datetime] = mapped_column(UtcDateTime)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    #: From then on the token is dead, and the first day goes on in this person's session.
    administrator_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Codes of the steps that were done or passed over.
    done: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Mark of the browser that saved last, to tell a second press from a second browser.
    browser: Mapped[str] = mapped_column(String(32), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency | None] = relationship()
    administrator: Mapped[User | None] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

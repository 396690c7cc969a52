"""Values that somebody has set; what is not here has its default."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime


class OptionValue(Base):
    """One option of the portal or of an agency."""

    __tablename__ = "option_value"
    __table_args__ = (
        Index(
            "uq_option_value_agency",
            "agency_id",
            "key",
            unique=True,
            sqlite_where=text("agency_id IS NOT NULL"),
            postgresql_where=text("agency_id IS NOT NULL"),
        ),
        Index(
            "uq_option_value_portal", "key", unique=True, sqlite_where=text("agency_id IS NULL"), postgresql_where=text("agency_id IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Empty for the whole portal.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(JSON)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: So that a form filled in for an earlier value is noticed.
    row_version: Mapped[int] = mapped_column()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

"""Texts of mails and ready replies."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.casework.rules import CaseKind
from portal.casework.wording.rules import MailKind
from portal.db import Base, UtcDateTime, code


class MailWording(Base):
    """The text of one mail, of an agency or for the whole portal; an empty language has the text that holds otherwise."""

    __tablename__ = "mail_wording"
    __table_args__ = (
        Index(
            "uq_mail_wording_agency",
            "agency_id",
            "mail",
            unique=True,
            sqlite_where=text("agency_id IS NOT NULL"),
            postgresql_where=text("agency_id IS NOT NULL"),
        ),
        Index(
            "uq_mail_wording_portal",
            "mail",
            unique=True,
            sqlite_where=text("agency_id IS NULL"),
            postgresql_where=text("agency_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Empty for the whole portal.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    mail: Mapped[MailKind] = mapped_column(code(MailKind, "mail_wording_mail"))
    text_th: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: So that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

    def in_language(self, language: str) -> str:
        """The text of ``th`` or ``en``; empty where the one that holds otherwise is wanted."""
        return self.text_en if language == "en" else self.text_th


class ReadyReply(Base):
    """A reply that officers of an agency start from; closed ones are no longer offered."""

    __tablename__ = "ready_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    #: Names it in addresses and forms; random.
    key: Mapped[str] = mapped_column(String(16), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    #: Empty for every kind of matter.
    kind: Mapped[CaseKind | None] = mapped_column(code(CaseKind, "ready_reply_kind"))
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: So that a form filled in for an earlier version is noticed.
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so

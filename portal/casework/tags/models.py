"""The words of an agency, and the cases that carry them."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime


def new_key() -> str:
    """Random, for addresses: what a tag says stands in none."""
    return secrets.token_hex(8)


class CaseTag(Base):
    """A word of an agency. It lives as long as a case carries it."""

    __tablename__ = "case_tag"
    __table_args__ = (UniqueConstraint("agency_id", "fold"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    #: Officers' words.
    name: Mapped[str] = mapped_column(String(40))
    #: What all its spellings have in common (``tags.rules.fold``).
    fold: Mapped[str] = mapped_column(String(40))

    agency: Mapped[Agency] = relationship()


class CaseTagged(Base):
    """A case carries a tag. Who put it there and when serves only to take it back."""

    __tablename__ = "case_tagged"
    __table_args__ = (Index("ix_case_tagged_tag", "tag_id", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("case_tag.id"), primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    tag: Mapped[CaseTag] = relationship()

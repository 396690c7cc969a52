"""The table of saved views."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.rules import CaseKind
from portal.casework.topics.models import Topic
from portal.db import Base, UtcDateTime, code


def new_key() -> str:
    """Random, for addresses."""
    return secrets.token_hex(8)


class KeptView(Base):
    """One view. With an agency it is the whole desk's, without one its maker's alone."""

    __tablename__ = "kept_view"
    __table_args__ = (Index("ix_kept_view_agency", "agency_id", "position"), Index("ix_kept_view_maker", "made_by_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True, default=new_key)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    #: A ``Filter``; one that is no longer known shows every open case.
    shown: Mapped[str] = mapped_column(String(20))
    kind: Mapped[CaseKind | None] = mapped_column(code(CaseKind, "kept_view_kind"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("case_topic.id"))
    #: Of a tag, which may be gone by now; empty for none.
    tag_key: Mapped[str] = mapped_column(String(16), default="")
    #: "me" (whoever looks), "none", or empty.
    whose: Mapped[str] = mapped_column(String(4), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Words that are searched for.
    text: Mapped[str] = mapped_column(String(200), default="")

    agency: Mapped[Agency | None] = relationship(foreign_keys=[agency_id])
    unit: Mapped[Agency | None] = relationship(foreign_keys=[unit_id])
    topic: Mapped[Topic | None] = relationship()
    person: Mapped[User | None] = relationship(foreign_keys=[person_id])

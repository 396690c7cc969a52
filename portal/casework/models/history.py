"""What happened to a case: append-only history in codes, words in rows that can be erased, files."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.rules import Act, Status, WordsKind
from portal.db import Base, UtcDateTime, code
from portal.files.models import StoredFile
from portal.kernel.actor import ActorKind

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CaseEvent(Base):
    """One act. Never updated, never deleted."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_case_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[Act] = mapped_column(code(Act, "case_act"))
    old_status: Mapped[Status | None] = mapped_column(code(Status, "case_event_old_status"))
    new_status: Mapped[Status] = mapped_column(code(Status, "case_event_new_status"))
    actor_kind: Mapped[ActorKind] = mapped_column(code(ActorKind, "case_event_actor_kind"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Codes and ids only, never words.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    visible_to_citizen: Mapped[bool]
    #: ``Case.row_version`` after the act.
    version: Mapped[int]

    case: Mapped["Case"] = relationship(back_populates="events")
    actor: Mapped[User | None] = relationship()
    words: Mapped[list["CaseWords"]] = relationship(order_by="CaseWords.id", back_populates="event")


class CaseWords(Base):
    """Words that belong to an act. Erasure blanks the body; the act stays."""

    __tablename__ = "case_words"
    __table_args__ = (Index("ix_case_words_case_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), index=True)
    kind: Mapped[WordsKind] = mapped_column(code(WordsKind, "case_words_kind"))
    author_kind: Mapped[ActorKind] = mapped_column(code(ActorKind, "case_words_author_kind"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[str] = mapped_column(Text)
    #: The officer offers these words for the public text; an officer still confirms the redacted one.
    is_public: Mapped[bool] = mapped_column(default=False, server_default=false())

    case: Mapped["Case"] = relationship(back_populates="words")
    event: Mapped[CaseEvent] = relationship(back_populates="words")
    author: Mapped[User | None] = relationship()


class CaseFile(Base):
    """A file that somebody added to a case."""

    __tablename__ = "case_file"
    __table_args__ = (UniqueConstraint("case_id", "stored_file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"), index=True)
    words_id: Mapped[int | None] = mapped_column(ForeignKey("case_words.id"), index=True)
    added_by: Mapped[ActorKind] = mapped_column(code(ActorKind, "case_file_added_by"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship()

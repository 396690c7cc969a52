"""A request about one case or one account, its append-only history, and its words in rows that can be erased."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.kernel.actor import ActorKind
from portal.privacy.rules import Decision, Ground, RequestAct, RequestStatus, Right, WordsKind


class PrivacyRequest(Base):
    """What somebody asks for their data, and what came of it."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("(case_id IS NULL) <> (user_id IS NULL)", name="case_or_account"),
        Index("ix_privacy_request_due", "status", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; its address on the desk and its key in the ledger.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    #: Who decides about an account; of a case it is whoever holds the case now.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    right: Mapped[Right] = mapped_column(code(Right, "privacy_right"))
    #: Codes of what is asked to go: ``ErasedPart``.
    parts: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Codes of what was granted.
    granted: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: The proposed name, encrypted; wiped as soon as the request ends.
    proposed_enc: Mapped[str | None] = mapped_column(Text)
    status: Mapped[RequestStatus] = mapped_column(code(RequestStatus, "privacy_request_status"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date] = mapped_column(Date)
    decision: Mapped[Decision | None] = mapped_column(code(Decision, "privacy_decision"))
    ground: Mapped[Ground | None] = mapped_column(code(Ground, "privacy_ground"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: An appeal is possible once.
    appealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words_erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    row_version: Mapped[int] = mapped_column()

    case: Mapped[Case | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    agency: Mapped[Agency] = relationship()
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    events: Mapped[list["PrivacyEvent"]] = relationship(order_by="PrivacyEvent.id")
    words: Mapped[list["PrivacyWords"]] = relationship(order_by="PrivacyWords.id")

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so


class PrivacyEvent(Base):
    """One act. Never updated, never deleted."""

    __tablename__ = "privacy_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("privacy_request.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    act: Mapped[RequestAct] = mapped_column(code(RequestAct, "privacy_act"))
    old_status: Mapped[RequestStatus | None] = mapped_column(code(RequestStatus, "privacy_event_old_status"))
    new_status: Mapped[RequestStatus] = mapped_column(code(RequestStatus, "privacy_event_new_status"))
    actor_kind: Mapped[ActorKind] = mapped_column(code(ActorKind, "privacy_event_actor_kind"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: Codes only, never words.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[User | None] = relationship()


class PrivacyWords(Base):
    """Words of a request, a decision, an appeal. Erasure blanks the body; the act stays."""

    __tablename__ = "privacy_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("privacy_request.id"), index=True)
    kind: Mapped[WordsKind] = mapped_column(code(WordsKind, "privacy_words_kind"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[str] = mapped_column(Text)

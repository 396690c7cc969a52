"""One row for every message, and the files of those that wait."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.db import Base, UtcDateTime, code
from portal.feedback.mail_in.rules import Fate, Reason
from portal.files.models import StoredFile

_WAITING = text("fate = 'waiting'")


class MailInMessage(Base):
    """A message that lay in an agency's mailbox, and its fate. What was in it stands here only while somebody has to decide."""

    __tablename__ = "mail_in_message"
    __table_args__ = (
        UniqueConstraint("agency_id", "source_key"),
        Index("ix_mail_in_message_waiting", "agency_id", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_mail_in_message_counted", "agency_id", "fate", "arrived_at"),
        Index("ix_mail_in_message_sender", "sender_mark", "arrived_at"),
        Index("ix_mail_in_message_arrived_at", "arrived_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Random; its address on the desk.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    #: Whose mailbox it came to.
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: Its place in the mailbox: UIDVALIDITY and UID, or a hash of its name in a maildir.
    source_key: Mapped[str] = mapped_column(String(64))
    #: When the portal fetched it; nothing that the message says of its time is trusted.
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Bytes.
    size: Mapped[int] = mapped_column(Integer)
    fate: Mapped[Fate] = mapped_column(code(Fate, "mail_in_fate"))
    #: Why it waits, or waited.
    reason: Mapped[Reason | None] = mapped_column(code(Reason, "mail_in_reason"))
    #: Keyed hash over sender, subject, words and files, by which the same message is known again.
    digest: Mapped[str | None] = mapped_column(String(64), index=True)
    #: Keyed hash of the sender's address, to count by; two days.
    sender_mark: Mapped[str | None] = mapped_column(String(64))
    #: The case that it became, was added to, or is about.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: Sender, subject, words and what was left out, while it waits; encrypted.
    letter_enc: Mapped[str | None] = mapped_column(Text)
    #: The whole message in the sealed store of mails.
    raw_id: Mapped[str | None] = mapped_column(String(32))
    #: By a person, or by the rules at once.
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    agency: Mapped[Agency] = relationship()
    case: Mapped[Case | None] = relationship()
    decided_by: Mapped[User | None] = relationship()
    files: Mapped[list["MailInFile"]] = relationship(order_by="MailInFile.stored_file_id", cascade="all, delete-orphan")


class MailInFile(Base):
    """A cleaned file of a message that waits."""

    __tablename__ = "mail_in_file"

    message_id: Mapped[int] = mapped_column(ForeignKey("mail_in_message.id"), primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True, index=True)

    file: Mapped[StoredFile] = relationship()

"""The mailbox of an agency, and up to where it was read."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime, code
from portal.outbox.mailbox.reached import Reached


class Mailbox(Base):
    """What an administrator has entered; of a mailbox that the settings of the machine name only its address."""

    __tablename__ = "mailbox"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True, autoincrement=False)
    #: That people write to; public.
    address: Mapped[str] = mapped_column(String(254))
    #: It takes ``name+anything@``, so that our mails can ask for answers there.
    takes_plus: Mapped[bool] = mapped_column(default=False)
    #: Code of the kind of matter that a new case from a mail is given; empty for the portal's own choice.
    kind: Mapped[str] = mapped_column(String(40), default="")
    is_on: Mapped[bool] = mapped_column(default=True)
    #: Server, port, user, password and folders, encrypted together under the key of "mailbox"; empty if the settings name them.
    sealed: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    row_version: Mapped[int] = mapped_column()

    agency: Mapped[Agency] = relationship()

    __mapper_args__: dict[str, Any] = {"version_id_col": row_version}  # noqa: RUF012 - SQLAlchemy declares it so


class MailboxState(Base):
    """What the worker remembers of a mailbox; apart, so that reading it is no change that an administrator would meet."""

    __tablename__ = "mailbox_state"

    agency_id: Mapped[int] = mapped_column(ForeignKey("mailbox.agency_id"), primary_key=True, autoincrement=False)
    #: UIDVALIDITY of the server; empty until it was looked at.
    validity: Mapped[int | None] = mapped_column(BigInteger)
    #: The next UID to be taken.
    next_uid: Mapped[int] = mapped_column(BigInteger, default=1)
    #: Below this UID only what nobody has read is taken: it lay there before.
    unread_before: Mapped[int] = mapped_column(BigInteger, default=0)
    #: At the first look take what lies there unread.
    take_unread: Mapped[bool] = mapped_column(default=False)
    #: One connection at a time.
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tried: Mapped[Reached | None] = mapped_column(code(Reached, "mailbox_reached"))
    #: When it was last read without a fault.
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: In a row.
    failures: Mapped[int] = mapped_column(default=0)

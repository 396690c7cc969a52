"""Passages of public texts that somebody reported."""

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.exposed.rules import PassageState, What
from portal.db import Base, UtcDateTime, code

if TYPE_CHECKING:
    from portal.casework.models.case import Case
    from portal.casework.pictures.models import PublicPicture


def _public_id() -> str:
    return secrets.token_hex(8)


class ExposedPassage(Base):
    """One passage, however often it is reported. The row stays as the public record; the passage goes once it is hidden for good."""

    __tablename__ = "exposed_passage"
    __table_args__ = (
        UniqueConstraint("case_id", "serial"),
        Index("ix_exposed_passage_waiting", "state", "due_on", "id"),
        Index("ix_exposed_passage_newest", "reported_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stands in forms: internal ids never leave.
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=_public_id)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    #: Counted for the case; stands in the mark while it waits.
    serial: Mapped[int]
    state: Mapped[PassageState] = mapped_column(code(PassageState, "exposed_passage_state"))
    what: Mapped[What] = mapped_column(code(What, "exposed_passage_what"))
    passage: Mapped[str] = mapped_column(Text)
    #: ``rules.key_of`` the passage; of a picture, which has no passage, the address of its copy.
    key: Mapped[str] = mapped_column(String(300))
    #: How often it was reported.
    reports: Mapped[int] = mapped_column(default=1)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: The working day by whose end an officer has looked.
    due_on: Mapped[date] = mapped_column(Date)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped["Case"] = relationship()
    decided_by: Mapped[User | None] = relationship()
    picture: Mapped["PublicPicture | None"] = relationship(
        primaryjoin="and_(foreign(ExposedPassage.key) == PublicPicture.address, ExposedPassage.what == 'picture')", viewonly=True
    )

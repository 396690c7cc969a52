"""Who the citizen is: apart from the case, each field encrypted by itself (``docs/rules/identity.md``)."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CaseIdentity(Base):
    """Encrypted name and contacts of one case; absent where nothing was given or it was erased."""

    __tablename__ = "case_identity"
    __table_args__ = (Index("ix_case_identity_email_index", "email_index"), Index("ix_case_identity_phone_index", "phone_index"))

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    name_enc: Mapped[str | None] = mapped_column(Text)
    #: For anonymous cases it serves notices only and is never shown.
    email_enc: Mapped[str | None] = mapped_column(Text)
    phone_enc: Mapped[str | None] = mapped_column(Text)
    address_enc: Mapped[str | None] = mapped_column(Text)
    #: HMAC of agency and normalised value, of named and confidential cases only.
    email_index: Mapped[str | None] = mapped_column(String(64))
    phone_index: Mapped[str | None] = mapped_column(String(64))
    contact_key_id: Mapped[str | None] = mapped_column(String(16))

    case: Mapped["Case"] = relationship(back_populates="identity")

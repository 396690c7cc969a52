"""Pictures that officers have prepared for the public."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.casework.pictures.rules import ALT_MOST, PictureState
from portal.db import Base, UtcDateTime, code
from portal.files.models import StoredFile

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class PublicPicture(Base):
    """One picture of a case and its covered copy. The row stays as a tombstone; only ``service.picturing`` changes its state."""

    __tablename__ = "public_picture"
    __table_args__ = (
        UniqueConstraint("case_id", "source_id"),
        CheckConstraint("(source_id IS NULL) = (copy_id IS NULL)", name="both_or_erased"),
        Index("ix_public_picture_due", "state", "appears_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    #: What was handed in, and what the public sees of it; empty once the files are erased.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    copy_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    #: The copy's own random id, by which the public asks for it; another copy has another.
    address: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[PictureState] = mapped_column(code(PictureState, "public_picture_state"))
    #: What is covered, ``[left, top, width, height]`` in hundredths.
    areas: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    #: What stands in place of the picture for who does not see it.
    alt_th: Mapped[str] = mapped_column(String(ALT_MOST))
    alt_en: Mapped[str] = mapped_column(String(ALT_MOST))
    #: It shows somebody who is accused and can be recognised: a second officer shows it on.
    accuses: Mapped[bool] = mapped_column(default=False, server_default=false())
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who let the sender see it, and answers for it.
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: When it becomes public by itself; empty unless it waits for the sender.
    appears_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped["Case"] = relationship(back_populates="pictures")
    copy: Mapped[StoredFile | None] = relationship(foreign_keys=[copy_id])
    source: Mapped[StoredFile | None] = relationship(foreign_keys=[source_id])
    prepared_by: Mapped[User] = relationship(foreign_keys=[prepared_by_id])

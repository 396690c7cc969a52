"""What came along with a message and was not kept."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class CaseLeftOut(Base):
    """A file that somebody sent with an act and that the portal did not take; officers and the sender read its name and why."""

    __tablename__ = "case_left_out"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("case_event.id"))
    #: As the sender named it, tidied; may hold personal data.
    name: Mapped[str] = mapped_column(String(120))
    #: English source text of the reason, and what is filled into it.
    why: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

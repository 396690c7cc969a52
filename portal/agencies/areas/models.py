"""The table of areas."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class AgencyArea(Base):
    """A place in which the agency works; an agency without any works in the whole country."""

    __tablename__ = "agency_area"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    #: 2, 4 or 6 digits (``kernel.places``).
    code: Mapped[str] = mapped_column(String(6), primary_key=True)

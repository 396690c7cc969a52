"""Which page serves which item of which list. The lists themselves are files (``legal.lists``)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, UtcDateTime
from portal.disclosures.models import Disclosure


class LegalListPage(Base):
    """A page serves an item of a list of this agency; the page is the agency's own or that of something below it."""

    __tablename__ = "legal_list_page"
    __table_args__ = (Index("ix_legal_list_page_disclosure_id", "disclosure_id"),)

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    #: Code of the list, and of its item; a list that is no file any more keeps its rows and shows none.
    list_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    item: Mapped[str] = mapped_column(String(20), primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), primary_key=True)
    #: When somebody said so; made after the freeze of a year, it does not count in that year.
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    disclosure: Mapped[Disclosure] = relationship()

"""The one table of the index; what the database itself keeps beside it is in ``ddl``."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, UtcDateTime
from portal.index import ddl


class SearchChunk(Base):
    """A stretch of a public record in one language. All of it is derived: ``portal reindex`` makes it anew."""

    __tablename__ = "search_chunk"
    __table_args__ = (
        UniqueConstraint("kind", "key", "language", "number"),
        Index("ix_search_chunk_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Which room the record comes from, and its public key there (slug, case number).
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    #: 0 for the first chunk of a document.
    number: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: No foreign key: a copy that must never hold up a change of the agency.
    agency_id: Mapped[int | None] = mapped_column(index=True)
    agency_name: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(Text)
    url_path: Mapped[str] = mapped_column(String(400))
    # The large columns stand last, so that SQLite need not read over them to reach the small ones.
    #: The record's own words in this stretch, normalised; what excerpts are cut from.
    text: Mapped[str] = mapped_column(Text)
    #: Tokens with a space between, see ``tokens``.
    words: Mapped[str] = mapped_column(Text)
    clusters: Mapped[str] = mapped_column(Text)


event.listen(SearchChunk.__table__, "after_create", lambda _table, connection, **_: ddl.create_search_tables(connection))
event.listen(SearchChunk.__table__, "before_drop", lambda _table, connection, **_: ddl.drop_search_tables(connection))

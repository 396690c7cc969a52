"""What was gathered and computed; all of it can be computed again, but for the frozen versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from portal.agencies.models import Agency
from portal.db import Base, UtcDateTime


class GatheredFacts(Base):
    """The facts that one source gave for an agency and a year, as JSON of ``kernel.evidence.AnyFact``."""

    __tablename__ = "score_facts"
    __table_args__ = (UniqueConstraint("agency_id", "fiscal_year", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    #: A name of ``scores.sources.SOURCES``.
    source: Mapped[str] = mapped_column(String(40))
    facts: Mapped[str] = mapped_column(Text)
    gathered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Score(Base):
    """The computed ladder of an agency, a year and a scale. One row each, replaced by every computation."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("agency_id", "fiscal_year", "scale"),
        Index("ix_score_year", "fiscal_year", "scale", "level", "agency_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    #: Code of the scale, and the edition of its file that was used.
    scale: Mapped[str] = mapped_column(String(10))
    edition: Mapped[str] = mapped_column(String(40))
    #: 0 to 5; empty where it cannot be computed yet.
    level: Mapped[int | None]
    source_level: Mapped[int | None]
    reached: Mapped[int]
    stops_at: Mapped[int | None]
    #: ``Subject.is_first_year``: lists set it apart without reading the result.
    is_first_year: Mapped[bool] = mapped_column(default=False)
    #: The level before the present one, empty where there was none or it could not be computed, and since when the present one stands.
    level_before: Mapped[int | None]
    level_changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: ``ScaleResult.late`` and how many flags it has: the assessors' list is sorted by them without reading the result.
    late: Mapped[int] = mapped_column(default=0, server_default="0")
    flagged: Mapped[int] = mapped_column(default=0, server_default="0")
    #: ``rules.results.ScaleResult`` as plain data.
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: When the result last became another; computing the same again does not move it.
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    computed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship()


class FrozenDossier(Base):
    """The dossier of a year as it was frozen, with its results. Never updated, never deleted; a later ruling makes a new number."""

    __tablename__ = "frozen_dossier"
    __table_args__ = (UniqueConstraint("agency_id", "fiscal_year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    #: B.E.
    fiscal_year: Mapped[int]
    #: From 1.
    number: Mapped[int]
    #: The file as it is downloaded.
    document: Mapped[str] = mapped_column(Text)
    #: Of the file's bytes.
    sha256: Mapped[str] = mapped_column(String(64))
    #: Why there is another after the first: "frozen", "ruling", "objection".
    cause: Mapped[str] = mapped_column(String(20))
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    agency: Mapped[Agency] = relationship()


class FrozenDossierIsImmutable(Exception):
    """Somebody tried to change or delete what was frozen."""


@event.listens_for(FrozenDossier, "before_update")
@event.listens_for(FrozenDossier, "before_delete")
def _refuse(mapper: Mapper[FrozenDossier], connection: Any, row: FrozenDossier) -> None:
    raise FrozenDossierIsImmutable(f"version {row.number} of agency {row.agency_id}, {row.fiscal_year}")

"""Tables of the counters."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.casework.tallies.rules import Dimension, Measure
from portal.db import Base, code


class CaseTally(Base):
    """How many cases are counted in one cell; the order of the key is that of the questions."""

    __tablename__ = "case_tally"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy declares it so

    dimension: Mapped[Dimension] = mapped_column(code(Dimension, "case_tally_dimension"), primary_key=True)
    measure: Mapped[Measure] = mapped_column(code(Measure, "case_tally_measure"), primary_key=True)
    #: B.E.
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    #: First day of the month of receipt, in Bangkok.
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    #: A code of kind, channel or province, or the id of a topic or unit; empty for all.
    value: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: Days to the answer, or the ordinal of the day from which it counts (``Measure``).
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


class CaseTallyMove(Base):
    """What a transaction added to a cell or took from it, until the worker folds it in: nobody waits for another's counter."""

    __tablename__ = "case_tally_move"
    __table_args__ = (Index("ix_case_tally_move_cell", "dimension", "measure", "fiscal_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dimension: Mapped[Dimension] = mapped_column(code(Dimension, "case_tally_move_dimension"))
    measure: Mapped[Measure] = mapped_column(code(Measure, "case_tally_move_measure"))
    fiscal_year: Mapped[int]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    month: Mapped[date] = mapped_column(Date)
    value: Mapped[str] = mapped_column(String(40))
    day: Mapped[int]
    number: Mapped[int]

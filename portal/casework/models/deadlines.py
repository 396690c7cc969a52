"""How long an answer may take, as data: by kind of agency, fiscal year and kind of case, with the legal basis."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.agencies.rules import AgencyKind
from portal.casework.rules import CaseKind
from portal.db import Base, code


class DeadlineRuleRow(Base):
    """A rule that holds from a fiscal year on until a later one replaces it; empty kinds mean every kind."""

    __tablename__ = "deadline_rule"
    __table_args__ = (Index("ix_deadline_rule_from", "from_fiscal_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_kind: Mapped[AgencyKind | None] = mapped_column(code(AgencyKind, "deadline_agency_kind"))
    #: B.E.
    from_fiscal_year: Mapped[int]
    case_kind: Mapped[CaseKind | None] = mapped_column(code(CaseKind, "deadline_case_kind"))
    days: Mapped[int]
    #: Working days of the agency's calendar instead of calendar days.
    working: Mapped[bool] = mapped_column(default=False)
    basis_th: Mapped[str] = mapped_column(String(300))
    basis_en: Mapped[str] = mapped_column(String(300), default="")

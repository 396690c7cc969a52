"""How long an answer may take, as data: by kind of agency, fiscal year and kind of case, with the legal basis."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.agencies.rules import AgencyKind
from portal.casework.rules import CaseKind
from portal.db import Base, UtcDateTime, code


class DeadlineRuleRow(Base):
    """A rule that holds from a fiscal year on until a more particular or later one fits; empty kinds mean every kind. Never edited."""

    __tablename__ = "deadline_rule"
    __table_args__ = (Index("ix_deadline_rule_from", "from_fiscal_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Of one agency; empty for everybody.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    agency_kind: Mapped[AgencyKind | None] = mapped_column(code(AgencyKind, "deadline_agency_kind"))
    #: B.E.
    from_fiscal_year: Mapped[int]
    case_kind: Mapped[CaseKind | None] = mapped_column(code(CaseKind, "deadline_case_kind"))
    #: Only for matters in which somebody's life is in danger; all other rules are for the rest.
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    days: Mapped[int]
    #: Working days of the agency's calendar instead of calendar days.
    working: Mapped[bool] = mapped_column(default=False)
    #: Working days until an officer takes the matter up; empty for the standard of the portal.
    acknowledge_days: Mapped[int | None]
    #: Days until the final answer, counted like ``days``; empty where there is no such time.
    final_days: Mapped[int | None]
    basis_th: Mapped[str] = mapped_column(String(300))
    basis_en: Mapped[str] = mapped_column(String(300), default="")
    #: Empty for rules that are older than the page on which they are set.
    added_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: From here on it counts no more; what it promised stays.
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""Where a citizen was referred to, and under which number the matter goes on there."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.casework.rules.referring import ReferralPlace
from portal.db import Base, code

if TYPE_CHECKING:
    from portal.casework.models.case import Case


class CaseReferral(Base):
    """The referral that closed a case; another one after a contest takes its place, the history keeps both acts."""

    __tablename__ = "case_referral"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, autoincrement=False)
    place: Mapped[ReferralPlace] = mapped_column(code(ReferralPlace, "case_referral_place"))
    #: The number of the matter there; sender and officers see it, nobody else. Blanked when the words of the case are erased.
    reference: Mapped[str] = mapped_column(String(60), default="")

    case: Mapped["Case"] = relationship(back_populates="referral")

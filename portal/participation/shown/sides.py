"""What the three sides say beside the computed level: the agency, the assessor, the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Said:
    """A level that somebody stands for, with the reason: claimed by the agency, or confirmed by an assessor."""

    level: int
    on: date
    reason_th: str = ""
    reason_en: str = ""
    who_th: str = ""
    who_en: str = ""


@dataclass(frozen=True)
class Objection:
    """An objection of somebody from the public, and the assessor's answer. ``words`` are empty until they may be published."""

    level: int | None
    received_on: date
    words: str = ""
    #: English source text of where it stands.
    state: str = ""
    answer_th: str = ""
    answer_en: str = ""
    answered_by_th: str = ""
    answered_by_en: str = ""
    answered_on: date | None = None

    @property
    def is_answered(self) -> bool:
        """True once an assessor has said something."""
        return self.answered_on is not None


@dataclass(frozen=True)
class Sides:
    """Of one scale."""

    claimed: Said | None = None
    confirmed: Said | None = None
    objections: Sequence[Objection] = ()

    def differs_from(self, computed: int | None) -> bool:
        """True if anybody stands for another level than the computed one."""
        return any(said is not None and said.level != computed for said in (self.claimed, self.confirmed))


NOBODY = Sides()


def sides_of(session: Session, agency_id: int, fiscal_year: int) -> dict[str, Sides]:
    """What the sides say of each scale."""
    return {}


def claimed_in(session: Session, fiscal_year: int, scale: str) -> frozenset[int]:
    """Ids of the agencies that handed in what they claim."""
    return frozenset()

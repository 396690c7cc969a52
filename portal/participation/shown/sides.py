"""What the three sides say beside the computed level: the agency, the assessor, the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.kernel.thai_calendar import office_day
from portal.participation.claims.models import Claim, ClaimedLevel
from portal.participation.claims.queries import claimed_levels, latest
from portal.participation.confirmations.models import Confirmation
from portal.participation.confirmations.queries import latest_of
from portal.participation.objections import models as objections
from portal.participation.objections.queries import of_score, published_text
from portal.participation.objections.rules import Outcome, State


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

    number: int
    level: int | None
    received_on: date
    words: str = ""
    #: Of its case, empty until that has a page that everybody can open.
    case_number: str = ""
    #: English source text of where it stands, the code behind it, and what the last answer decided.
    state: str = ""
    code: State = State.WAITING
    outcome: Outcome | None = None
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
    """What the sides say of each scale that somebody said something of; a fixed number of queries."""
    claim, confirmed = latest(session, agency_id, fiscal_year), latest_of(session, agency_id, fiscal_year)
    objected = of_score(session, agency_id, fiscal_year)
    claimed = {row.scale: _claimed(claim, row) for row in claim.levels} if claim else {}
    return {
        scale: Sides(
            claimed.get(scale),
            _confirmed(confirmed[scale]) if scale in confirmed else None,
            [_objection(row) for row in objected if row.scale == scale],
        )
        for scale in sorted({*claimed, *confirmed, *(row.scale for row in objected)})
    }


def claimed_in(session: Session, fiscal_year: int, scale: str) -> frozenset[int]:
    """Ids of the agencies that handed in what they claim."""
    return frozenset(claimed_levels(session, fiscal_year, scale))


def _claimed(claim: Claim, row: ClaimedLevel) -> Said:
    who = claim.by.name_th, claim.by.name_en
    return Said(row.level, office_day(claim.handed_in_at), row.reason_th, row.reason_en, *who)


def _confirmed(row: Confirmation) -> Said:
    words = "\n\n".join(text for text in (row.reason, row.difference) if text)
    return Said(row.level, office_day(row.at), words, "", row.by.name_th, row.by.name_en)


def _objection(row: objections.Objection) -> Objection:
    public, last = published_text(row), row.answers[-1] if row.answers else None
    return Objection(
        number=row.number,
        level=row.level,
        received_on=office_day(row.made_at),
        words=public.body if public else "",
        case_number=row.case.number if public else "",
        state=last.outcome.label if last and row.state is State.ANSWERED else row.state.label,
        code=row.state,
        outcome=last.outcome if last else None,
        answer_th=last.reason if last else "",
        answered_by_th=last.by.name_th if last else "",
        answered_by_en=last.by.name_en if last else "",
        answered_on=office_day(last.at) if last else None,
    )

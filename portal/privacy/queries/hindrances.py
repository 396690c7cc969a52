"""What stands in the way of erasing parts of a case. In words: ``docs/rules/privacy.md``, "What must wait"."""

from enum import StrEnum

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, aliased

from portal.casework.models import Case
from portal.kernel.messages import N_
from portal.privacy.models import Hold, PrivacyRequest
from portal.privacy.rules import RequestStatus


class Hindrance(StrEnum):
    """Why nothing of a case may go now."""

    OPEN = "open"
    APPEAL = "appeal"
    HOLD = "hold"

    @property
    def label(self) -> str:
        """English source text."""
        return HINDRANCE_LABELS[self]


HINDRANCE_LABELS = {
    Hindrance.OPEN: N_("the matter is still open, or goes on in another one that is"),
    Hindrance.APPEAL: N_("an appeal about it has not been decided"),
    Hindrance.HOLD: N_("it is under a hold of the data protection officer"),
}


def hindered() -> ColumnElement[bool]:
    """Criterion on ``Case``: something stands in the way. The only place that says so; ``hindrance`` asks the same parts."""
    return or_(*(_criteria().values()))


def hindrance(session: Session, case: Case) -> Hindrance | None:
    """The first thing that stands in the way of this case."""
    for why, criterion in _criteria().items():
        if session.scalar(select(Case.id).where(Case.id == case.id, criterion)) is not None:
            return why
    return None


def hold_of(session: Session, case: Case) -> Hold | None:
    """The hold that the case is under."""
    return session.scalar(select(Hold).where(Hold.case_id == case.id, Hold.lifted_at.is_(None)).limit(1))


def _criteria() -> dict[Hindrance, ColumnElement[bool]]:
    asked, kept = aliased(PrivacyRequest), aliased(Hold)  # the statement around may ask about requests as well
    appealed = select(asked.id).where(asked.case_id == Case.id, asked.status == RequestStatus.APPEALED)
    held = select(kept.id).where(kept.case_id == Case.id, kept.lifted_at.is_(None))
    return {
        Hindrance.OPEN: or_(Case.is_open, Case.id.in_(_goes_on())),
        Hindrance.APPEAL: appealed.correlate(Case).exists(),
        Hindrance.HOLD: held.correlate(Case).exists(),
    }


def _goes_on() -> Select[int]:
    """Ids of merged cases that lead, over however many steps, to an open one."""
    into, child = aliased(Case), aliased(Case)
    first = select(child.id).join(into, child.merged_into_id == into.id).where(into.is_open)
    chain = first.cte("goes_on", recursive=True)
    later = aliased(Case)
    chain = chain.union(select(later.id).join(chain, later.merged_into_id == chain.c.id))
    return select(chain.c.id)

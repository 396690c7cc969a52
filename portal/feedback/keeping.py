"""How a marked case is kept, as its sender is told."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.casework import queries
from portal.casework.models import Case


@dataclass(frozen=True)
class Kept:
    """``unsettled``: nobody has said yet who it is; ``nobody``: there is no independent person who could handle it."""

    unsettled: bool
    nobody: bool


def keeping(session: Session, case: Case) -> Kept | None:
    """None for a case that is about nobody in particular."""
    if not case.guarded:
        return None
    unsettled = any(row.said_by_sender for row in case.about)
    return Kept(unsettled, case.is_open and not queries.independent(session, case, case.agency_id))

"""The demonstration's levels: computed from what was played before, the last year frozen where its time is over."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.participation.scores.scored import frozen_on, scored_ids
from portal.participation.scores.service import freeze, recompute
from portal.participation.scores.watching import forget


def load_scores(session: Session, now: datetime) -> None:
    """This fiscal year and the last; nothing waits for the worker afterwards."""
    forget(session)
    today = office_day(now)
    year = fiscal_year(today)
    recompute(session, now, scored_ids(session, year), [year])
    if frozen_on(session, year - 1) < today:
        freeze(session, now, scored_ids(session, year - 1), year - 1)
    else:
        recompute(session, now, scored_ids(session, year - 1), [year - 1])

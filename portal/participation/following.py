"""The score follows at once what people say of it: a ruling, or somebody who scores from now on."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.participation.scores.service import recompute


def follow(session: Session, now: datetime, agency: Agency, fiscal_year: int) -> None:
    """Compute the score of the agency and year (B.E.) anew, in the act's own transaction."""
    recompute(session, now, [agency.id], [fiscal_year])

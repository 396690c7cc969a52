"""Named reads of the first day."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.casework.models import Case
from portal.setup.models import ONLY, SetupState


def state(session: Session) -> SetupState | None:
    """Where it stands; None where nobody has begun."""
    return session.get(SetupState, ONLY)


def takes_token(row: SetupState | None, now: datetime) -> bool:
    """True while a token can be typed."""
    return row is not None and row.finished_at is None and row.administrator_id is None and now < row.token_ends


def goes_on(row: SetupState | None) -> bool:
    """True while an administrator can go on with it."""
    return row is not None and row.finished_at is None and row.administrator_id is not None


def may_begin(session: Session) -> bool:
    """True where nobody has an account, and no agency was entered but by the first day itself."""
    if session.scalar(select(User.id).limit(1)) is not None:
        return False
    row = state(session)
    return not agencies.exists(session) or (row is not None and row.agency_id is not None)


def has_cases(session: Session, agency_id: int) -> bool:
    """True once a number has been given out."""
    return session.scalar(select(Case.id).where(Case.agency_id == agency_id).limit(1)) is not None

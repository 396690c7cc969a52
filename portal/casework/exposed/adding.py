"""A row for what somebody reported."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.casework.exposed import queries
from portal.casework.exposed.models import ExposedPassage
from portal.casework.exposed.rules import REVIEW_DAYS, PassageState, What, key_of
from portal.casework.models import Case, PublicPicture
from portal.kernel.thai_calendar import office_day
from portal.kernel.workdays import add_working_days


def add_passage(session: Session, now: datetime, case: Case, state: PassageState, what: What, passage: str) -> ExposedPassage:
    """A passage of the public text."""
    return _add(session, now, case, ExposedPassage(state=state, what=what, passage=passage, key=key_of(passage)))


def add_picture(session: Session, now: datetime, picture: PublicPicture) -> ExposedPassage:
    """A picture; it waits for an officer and stays meanwhile."""
    row = ExposedPassage(state=PassageState.REPORTED, what=What.PICTURE, passage="", key=picture.address)
    return _add(session, now, picture.case, row)


def _add(session: Session, now: datetime, case: Case, row: ExposedPassage) -> ExposedPassage:
    row.case_id, row.serial = case.id, max((known.serial for known in queries.of_case(session, case)), default=0) + 1
    row.reported_at, row.due_on = now, _due(session, case, now)
    session.add(row)
    session.flush()
    return row


def _due(session: Session, case: Case, now: datetime) -> date:
    today = office_day(now)
    return add_working_days(today, REVIEW_DAYS, agencies.holidays_for(session, case.agency_id, {today.year, today.year + 1}))

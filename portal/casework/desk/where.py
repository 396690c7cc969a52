"""Where a case of the pool may belong, for its page."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.routing import matter_of, route_by, suggest
from portal.casework.rules import Status
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.web.forms import say
from portal.web.language import language

#: What the sender reads, in the language of the case; the desk may write its own instead.
FORWARDED_BECAUSE = N_("The matter is a task of this agency, or lies in its area")


@dataclass(frozen=True)
class Target:
    """An agency with the reasons in words; ``is_here`` if it holds the case already."""

    agency: Agency
    reasons: list[str]
    is_here: bool


@dataclass(frozen=True)
class Where:
    """The panel: the standard of the desk, and the suggestions."""

    route_by: date
    is_late: bool
    targets: list[Target]
    because: str


def where_to(session: Session, case: Case, now: datetime) -> Where | None:
    """None for a case that is not in the pool any more."""
    if not case.pool or case.status is not Status.RECEIVED:
        return None
    day = route_by(session, case.agency_id, case.received_at)
    targets = [
        Target(agency, [say(reason) for reason in found.reasons(language())], agency.id == case.agency_id)
        for agency, found in suggest(session, matter_of(case), earlier=True)
    ]
    with force_locale(case.language):
        because = _(FORWARDED_BECAUSE)
    return Where(day, day < office_day(now), targets, because)

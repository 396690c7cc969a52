"""Reading who sent a named case is an act of its own: it stands in the trail before the page is sent (``docs/rules/apart.md``)."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.audit import queries as trail
from portal.audit import service as audit
from portal.casework import policy
from portal.casework.models import Case
from portal.kernel.actor import Actor
from portal.kernel.thai_calendar import office_day

READ = "case.identity_read"


def must_be_recorded(session: Session, actor: Actor, now: datetime, case: Case) -> bool:
    """True if this officer is about to read a name in clear for the first time on this day in Bangkok."""
    row = case.identity
    if row is None or not (row.name_enc or row.email_enc or row.phone_enc or row.address_enc) or not policy.can_read_identity(actor, case):
        return False
    last = trail.last_of(session, actor.user_id, READ, "case", case.number)
    return last is None or office_day(last.at) < office_day(now)


def record_reading(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    """Write it down, inside a unit of work that commits before anything is shown."""
    audit.record(session, actor, now, READ, "case", case.number, agency_id=case.agency_id)

"""The administrator: from then on the token is dead."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import service as accounts
from portal.accounts.models import User
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.setup.rules import Step
from portal.setup.service.agency import agency_of
from portal.setup.service.hand import Hand, mark, take

#: For who does the work as well: without them nobody could answer or publish.
WORKS = (Role.COORDINATOR, Role.PUBLISHER)


def make_administrator(
    session: Session, now: datetime, hand: Hand, email: str, password_hash: str, names: Mapping[str, str], *, does_work: bool
) -> User:
    """Create the account and give it its roles. ``names``: ``name_th``, ``name_en``, ``position_th``. Raises ``Invalid``, ``Conflict``."""
    row = take(session, now, hand)
    if row.administrator_id is not None:
        raise Conflict(Message(N_("The administrator has been made already")))
    agency = agency_of(row)
    person = accounts.create_with_hash(session, SYSTEM, now, email, password_hash, {**names, "unit_id": agency.id})
    accounts.grant(session, SYSTEM, now, person, Role.SYSTEM_ADMINISTRATOR, None)
    accounts.grant(session, SYSTEM, now, person, Role.ADMINISTRATOR, agency, with_children=True)
    for role in WORKS if does_work else ():
        accounts.grant(session, SYSTEM, now, person, role, agency)
    row.administrator = person
    mark(session, row, Step.ADMINISTRATOR)
    return person

"""What a new case is made of: its columns, its number, the row of its sender."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import identity
from portal.casework.models import Case, CaseCounter, CaseIdentity
from portal.casework.queries.deadlines import Promise
from portal.casework.rules import Status
from portal.casework.service.lettering import UNTITLED
from portal.casework.service.submission import Checked
from portal.db.upsert import upsert
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import fiscal_year

#: Running numbers from here on are drawn for cases that their senders mark; counted ones stay below.
APART_FROM = 500_000


def check_received(received_at: datetime, now: datetime) -> None:
    """Raise ``Invalid`` for a day of receipt that is still to come."""
    if received_at > now:
        raise Invalid({"received_at": [Message(N_("The day of receipt cannot lie in the future"))]})


def case_values(
    now: datetime, checked: Checked, agency_id: int, received_at: datetime, promised: Promise, *, pool: bool = False
) -> dict[str, Any]:
    """Columns of a new case, without its number and the hash of its code."""
    return {
        "agency_id": agency_id,
        "pool": pool,
        "fiscal_year": fiscal_year(received_at),
        "kind": checked.kind,
        "channel": checked.channel,
        "language": checked.language,
        "status": Status.RECEIVED,
        "subject": checked.subject or UNTITLED[checked.language],
        "body": checked.body,
        "place": checked.place,
        "lat": checked.lat,
        "lon": checked.lon,
        "anonymity": checked.anonymity,
        "answer_by": checked.answer_by,
        "publish_consent": checked.publish_consent,
        "urgent": checked.urgent,
        "collects": checked.collects,
        "received_at": received_at,
        "recorded_at": now,
        "due_on": promised.due_on,
        "first_due_on": promised.due_on,
        "due_basis": promised.basis,
        "due_working": promised.working,
        "acknowledge_by": promised.acknowledge_by,
        "final_by": promised.final_by,
    }


def next_number(session: Session, agency: Agency, year: int) -> str:
    """The next one of the agency's counter."""
    return number_of(agency, year, count_on(session, agency.id, year))


def number_of(agency: Agency, year: int, counted: int) -> str:
    """``<AGENCY>-<FY>-<6 digits>``."""
    return f"{agency.code}-{year}-{counted:06d}"


def count_on(session: Session, agency_id: int, year: int, count: int = 1) -> int:
    """Count on and give the last; the counter's row stays locked until the transaction ends, so no number is lost or given twice."""
    insert = upsert(session, CaseCounter).values(agency_id=agency_id, fiscal_year=year, last=count)
    key = [CaseCounter.agency_id, CaseCounter.fiscal_year]
    counted = insert.on_conflict_do_update(index_elements=key, set_={"last": CaseCounter.last + count}).returning(CaseCounter.last)
    return int(session.execute(counted).scalar_one())


def number_apart(session: Session, agency: Agency, year: int) -> str:
    """A free number of the upper half, drawn at random: the counter stands still, so no gap tells of a hidden case (``apart.md``)."""
    while True:
        number = f"{agency.code}-{year}-{APART_FROM + secrets.randbelow(APART_FROM):06d}"
        if session.scalar(select(Case.id).where(Case.number == number)) is None:
            return number


def identity_of(keyring: Keyring, agency_id: int, checked: Checked) -> CaseIdentity | None:
    """The row of what may be kept of the sender; None if there is nothing."""
    contact = identity.kept(checked.contact, checked.anonymity, checked.answer_by)
    return identity.sealed(keyring, agency_id, contact, checked.anonymity)

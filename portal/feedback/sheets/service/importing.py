"""Importing: everything that can be computed before the lock, then one short write. All rows, or none."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.audit import service as audit
from portal.casework import service as casework
from portal.casework.service import Incoming, ManyPrepared
from portal.db.bulk import Rows
from portal.feedback.sheets import policy, queries
from portal.feedback.sheets.judging import Candidate, Judgement
from portal.feedback.sheets.models import SheetImport, SheetRow
from portal.feedback.sheets.plan import Plan
from portal.feedback.sheets.rules import PROFILE_NAME_MOST, ROWS_MOST, FileName
from portal.feedback.sheets.service.sorting import Known, columns_of, hashes, known, offered_topics, sort_out
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

REFERENCE = "spreadsheet reference"
#: On PostgreSQL one import of an agency at a time: two of the same file must not both find its rows new. The second number is the agency.
IMPORT_LOCK = 255002


@dataclass
class Ready:
    """A file of which every row can be taken, with everything computed."""

    agency_id: int
    file: FileName
    plan: Plan
    judgement: Judgement
    fresh: list[Candidate]
    hashes: list[Known]
    prepared: ManyPrepared
    rows: Rows
    public_id: str


def rows_most(session: Session) -> int:
    """How many rows an import takes."""
    return int(value_of(session, ROWS_MOST))


def ready(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    agency: Agency,
    file: FileName,
    plan: Plan,
    judgement: Judgement,
    public_id: str = "",
) -> Ready:
    """Everything before the lock. Raises ``Conflict`` for a file with a bad row: the page shows which before there is a button."""
    if judgement.faults:
        raise Conflict(Message(N_("Some rows cannot be taken, so nothing was imported")))
    public_id = public_id or secrets.token_urlsafe(16)
    found = sort_out(session, keyring, agency.id, file, plan, judgement.candidates)
    offered = offered_topics(session, agency.id)
    incoming = (Incoming(one.checked, one.received_at, offered.get(one.topic), plan.acknowledge) for one in found.fresh)
    prepared = casework.prepare_many(session, actor, now, keyring, agency, incoming, {"import": public_id})
    rows, every = Rows(SheetRow, session.get_bind().dialect), [hashes(keyring, agency.id, one) for one in found.fresh]
    for one, its in zip(found.fresh, every, strict=True):
        rows.add(_row_values(keyring, agency.id, one, its))
    return Ready(agency.id, file, plan, judgement, found.fresh, every, prepared, rows, public_id)


def import_rows(session: Session, actor: Actor, now: datetime, agency: Agency, made: Ready, profile_name: str = "") -> SheetImport:
    """Store it, inside a unit of work that does little else. All rows, or none.

    Raises ``NotAllowed``, and ``Conflict`` if there is nothing new, or somebody imported some of the rows meanwhile.
    """
    if not policy.can_import(actor, agency) or agency.id != made.agency_id:
        raise NotAllowed
    _one_at_a_time(session, agency.id)
    _check_still_new(session, made)
    imported = _import(session, actor, now, agency, made, profile_name)
    taken = casework.submit_many(session, agency, made.prepared)
    for row, case in zip(made.rows.rows, taken, strict=True):
        made.rows.set(row, "case_id", case.case_id)
        made.rows.set(row, "import_id", imported.id)
    made.rows.insert(session.connection())
    detail = {
        "rows": imported.rows,
        "cases": imported.cases,
        "known": imported.known,
        "left_out": imported.left_out,
        "sha256": imported.sha256,
    }
    audit.record(session, actor, now, "cases.imported", "sheet_import", imported.public_id, agency_id=agency.id, detail=detail)
    session.flush()
    return imported


def _import(session: Session, actor: Actor, now: datetime, agency: Agency, made: Ready, profile_name: str) -> SheetImport:
    judgement = made.judgement
    imported = SheetImport(
        public_id=made.public_id,
        agency_id=agency.id,
        by_id=actor.user_id,
        at=now,
        file_name=made.file.name,
        sha256=made.file.sha256,
        sheet=made.plan.sheet,
        profile_name=profile_name[:PROFILE_NAME_MOST],
        rows=judgement.rows,
        cases=len(made.fresh),
        known=judgement.rows - len(made.fresh) - judgement.left_out,
        left_out=judgement.left_out,
        acknowledged=made.plan.acknowledge,
    )
    session.add(imported)
    session.flush()
    return imported


def _check_still_new(session: Session, made: Ready) -> None:
    if not made.fresh:
        raise Conflict(Message(N_("Every row of this file was imported before, so nothing was added")))
    if any(known(session, made.agency_id, made.hashes)) or queries.imported_before(
        session, made.agency_id, made.file.sha256, made.plan.sheet
    ):
        raise Conflict(Message(N_("Somebody imported some of these rows meanwhile; look at the preview once more")))


def _row_values(keyring: Keyring, agency_id: int, one: Candidate, its: Known) -> dict[str, Any]:
    return {
        "agency_id": agency_id,
        "row_number": one.row,
        **columns_of(keyring, its),
        "reference_enc": keyring.encrypt(REFERENCE, one.reference) if one.reference else None,
    }


def reference_of(keyring: Keyring, row: SheetRow) -> str:
    """The number in the other system, while it is kept."""
    return keyring.decrypt(REFERENCE, row.reference_enc) if row.reference_enc else ""


def forget_reference(session: Session, case_id: int) -> None:
    """The words of the case were erased, and this goes with them; the hashes stay, so that it does not come back."""
    row = session.scalar(select(SheetRow).where(SheetRow.case_id == case_id))
    if row is not None:
        row.reference_enc = None
        session.flush()


def _one_at_a_time(session: Session, agency_id: int) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key, :agency)"), {"key": IMPORT_LOCK, "agency": agency_id})

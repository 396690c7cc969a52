"""Taking in a report: who receives it, its code, its ciphertexts; one report for one token of the form."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.audit import service as audit
from portal.corruption import receipts
from portal.corruption.models import CorruptionReport, CorruptionSubmission
from portal.corruption.options import ANSWER_DAYS
from portal.corruption.queries import OBJECT
from portal.corruption.reception import reception, receptions, reference, widened
from portal.corruption.rules import ReportStatus, due_on, month_of
from portal.corruption.sealing import KeptAway, Told, code_of, seal_code, seal_contact, seal_kept_away, seal_told
from portal.corruption.service import once
from portal.corruption.service.staging import Handed, all_of, attach
from portal.corruption.statement import UNSURE, Checked, Statement, fingerprint, validate
from portal.kernel.actor import VISITOR
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

NOBODY = N_("Nobody is left here who could read it. One of the authorities named on this page can take it, without this portal")


@dataclass(frozen=True)
class Receipt:
    """What the reporter is given: the code (digits only) and the report it opens."""

    digits: str
    report: CorruptionReport


def about_of(session: Session, slug: str) -> Agency | None:
    """The agency that was chosen, None for "unsure"; raises ``Invalid`` for one that is not offered."""
    if slug == UNSURE:
        return None
    agency = next((agency for agency in agencies.addressable(session) if agency.slug == slug), None)
    if agency is None:
        raise Invalid({"agency": [Message(N_("Choose an agency from the list, or say that you are not sure"))]})
    return agency


def kept_of(session: Session, keyring: Keyring, about: Agency | None, home: Agency, refs: Sequence[str], outside: bool) -> KeptAway:
    """Whom the reporter keeps away: collectors by their references, and with ``outside`` everybody of the agency."""
    everybody = {user.id for found in receptions(session, about, home, KeptAway()) for user in found.collectors}
    named = {user_id for user_id in everybody if reference(keyring, user_id) in refs}
    return widened(session, about, KeptAway(frozenset(named), outside and about is not None))


def hand_in(
    session: Session, now: datetime, keyring: Keyring, statement: Statement, home: Agency, token_id: str, handed: Handed
) -> Receipt:
    """Inside a unit of work: store the report with its files, or give the code that this token gave before.

    Raises ``Invalid`` by field (``outside`` where nobody is left to receive it), ``KeyReused`` for the same token with other words.
    """
    checked, about = validate(statement), about_of(session, statement.agency)
    if before := once.find(session, keyring, token_id):
        return _again(session, keyring, before, fingerprint(statement, once.hashes_again(session, keyring, before, handed)))
    kept = kept_of(session, keyring, about, home, statement.kept, statement.outside)
    found = reception(session, about, home, kept)
    if found is None:
        raise Invalid({"outside": [Message(NOBODY)]})
    rows = all_of(session, now, keyring, handed)
    held = once.take(session, keyring, now, token_id, fingerprint(statement, once.hashes_of(keyring, rows)))
    receipt = _stored(session, now, keyring, checked, about, found.desk, kept)
    attach(session, receipt.report, None, rows)
    held.report_id, held.code_enc = receipt.report.id, seal_code(keyring, receipt.report.key, receipt.digits)
    # Neither key nor agency: it tells that a report came, never which or where.
    audit.record(session, VISITOR, now, "corruption.received", OBJECT, "–")
    session.flush()
    return receipt


def _again(session: Session, keyring: Keyring, before: CorruptionSubmission, body: str) -> Receipt:
    once.expect_same(keyring, before, body)
    report = session.get_one(CorruptionReport, before.report_id)
    return Receipt(code_of(keyring, report.key, before.code_enc or b""), report)


def _stored(
    session: Session, now: datetime, keyring: Keyring, checked: Checked, about: Agency | None, desk: Agency, kept: KeptAway
) -> Receipt:
    issued, key = receipts.issue(keyring), secrets.token_hex(16)
    days = value_of(session, ANSWER_DAYS, about.id if about else None)
    report = CorruptionReport(
        key=key,
        agency_id=about.id if about else None,
        desk_agency_id=desk.id,
        month=month_of(now),
        status=ReportStatus.RECEIVED,
        due_on=due_on(now, days),
        told_enc=seal_told(keyring, key, Told(checked.what, checked.place, checked.who, checked.how, now)),
        contact_enc=seal_contact(keyring, key, checked.contact),
        kept_away_enc=seal_kept_away(keyring, key, kept),
        receipt_key_id=issued.key_id,
        receipt_hash=issued.hash,
    )
    session.add(report)
    session.flush()
    return Receipt(issued.digits, report)

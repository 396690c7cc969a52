"""What imports keep under a key: waiting files with what was said about their columns, references, and by what rows are known."""

from cryptography.fernet import InvalidToken
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.db.rotation import Batch, Rotation, again, encrypted
from portal.feedback.sheets import service
from portal.feedback.sheets.models import SheetDraft, SheetRow
from portal.feedback.sheets.service.sorting import columns_of, digests_of, of_digests
from portal.kernel.keyring import Keyring


def _known_again(session: Session, keyring: Keyring, after: int, most: int) -> Batch:
    """Hashes made anew from the digests."""
    old = select(SheetRow.case_id, SheetRow.digest_enc).where(SheetRow.case_id > after, SheetRow.key_id != keyring.newest)
    rows = session.execute(old.order_by(SheetRow.case_id).limit(most)).all()
    renewed = sum(_renew(session, keyring, case_id, digest_enc) for case_id, digest_enc in rows)
    return Batch(rows[-1][0] if len(rows) == most else None, len(rows), renewed, len(rows) - renewed)


def _renew(session: Session, keyring: Keyring, case_id: int, digest_enc: str) -> bool:
    try:
        fresh = columns_of(keyring, of_digests(keyring, digests_of(keyring, digest_enc)))
    except InvalidToken:
        return False
    session.execute(update(SheetRow).where(SheetRow.case_id == case_id).values(fresh).execution_options(synchronize_session=False))
    return True


ROTATIONS = (
    again(SheetDraft.book_enc, select(SheetDraft.id, SheetDraft.book_enc), lambda keyring, row: keyring.renew_bytes(service.BOOK, row[1])),
    encrypted(SheetDraft.plan_enc, service.PLAN),
    encrypted(SheetRow.reference_enc, service.REFERENCE),
    Rotation("sheet_row.digest_enc", _known_again),
)

"""What cases keep under a key: identities, the contact index, receipt codes and their hashes."""

from cryptography.fernet import InvalidToken
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.casework import identity, receipts
from portal.casework.models import Case, CaseIdentity, SubmissionKey
from portal.db.rotation import Batch, Rotation, encrypted
from portal.kernel.keyring import Keyring


def _index_again(session: Session, keyring: Keyring, after: int, most: int) -> Batch:
    """The index of contacts, made anew from the decrypted values for the agency that holds the case now."""
    mine = select(CaseIdentity).join(Case).where(CaseIdentity.case_id > after, CaseIdentity.contact_key_id != keyring.newest)
    rows = session.scalars(mine.order_by(CaseIdentity.case_id).limit(most)).all()
    renewed = sum(_index_one(session, keyring, row) for row in rows)
    return Batch(rows[-1].case_id if len(rows) == most else None, len(rows), renewed, len(rows) - renewed)


def _index_one(session: Session, keyring: Keyring, row: CaseIdentity) -> bool:
    """Only beside the addresses that were read: a correction meanwhile has made its own index."""
    try:
        fresh = identity.sealed(keyring, row.case.agency_id, identity.opened(keyring, row.case), row.case.anonymity)
    except InvalidToken:
        return False
    if fresh is not None:
        email, phone = (
            CaseIdentity.email_enc.is_not_distinct_from(row.email_enc),
            CaseIdentity.phone_enc.is_not_distinct_from(row.phone_enc),
        )
        values = {"email_index": fresh.email_index, "phone_index": fresh.phone_index, "contact_key_id": fresh.contact_key_id}
        same = update(CaseIdentity).where(CaseIdentity.case_id == row.case_id, email, phone).values(values)
        session.execute(same.execution_options(synchronize_session=False))
    return True


def _hash_again(session: Session, keyring: Keyring, after: int, most: int) -> Batch:
    """Hashes of the codes that are known still, those of the last 24 hours; of the others only their holder knows the code."""
    known = select(SubmissionKey, Case).join(Case, SubmissionKey.case_id == Case.id)
    old = known.where(SubmissionKey.id > after, SubmissionKey.receipt_enc.is_not(None), Case.receipt_key_id != keyring.newest)
    rows = session.execute(old.order_by(SubmissionKey.id).limit(most)).all()
    for key, case in rows:
        receipts.renew(session, keyring, case, receipts.unseal(keyring, key) or "")
    return Batch(rows[-1][0].id if len(rows) == most else None, len(rows), len(rows))


def _hashes_left(session: Session) -> dict[str, int]:
    """How many receipts there are under each key."""
    counted = select(Case.receipt_key_id, func.count()).where(Case.receipt_key_id != receipts.NO_KEY).group_by(Case.receipt_key_id)
    return {row[0]: row[1] for row in session.execute(counted)}


ROTATIONS = (
    encrypted(CaseIdentity.name_enc, identity.PURPOSE),
    encrypted(CaseIdentity.email_enc, identity.PURPOSE),
    encrypted(CaseIdentity.phone_enc, identity.PURPOSE),
    encrypted(CaseIdentity.address_enc, identity.PURPOSE),
    encrypted(SubmissionKey.receipt_enc, receipts.SEALED),
    Rotation("case_identity.email_index, phone_index", _index_again),
    Rotation("case_record.receipt_hash", _hash_again, remaining=_hashes_left),
)

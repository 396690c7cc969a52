"""What petitions keep under a key: addresses that wait, and hashes of supporters, of which only a device or an address knows the value."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.rotation import Batch, Rotation, encrypted
from portal.feedback.petitions.models import PetitionConfirmation, PetitionFollower, PetitionSupport
from portal.feedback.petitions.service.confirming import FOLLOWER, PURPOSE
from portal.kernel.keyring import Keyring


def _nothing(_session: Session, _keyring: Keyring, _after: int, _most: int) -> Batch:
    """Nobody here knows the values; the hashes are wiped a while after a petition has ended."""
    return Batch(None)


def _hashes_left(session: Session) -> dict[str, int]:
    counted = select(PetitionSupport.mark_key_id, func.count()).where(PetitionSupport.mark.is_not(None))
    return {row[0]: row[1] for row in session.execute(counted.group_by(PetitionSupport.mark_key_id))}


ROTATIONS = (
    encrypted(PetitionConfirmation.address_enc, PURPOSE),
    encrypted(PetitionFollower.address_enc, FOLLOWER),
    Rotation("petition_support.mark", _nothing, remaining=_hashes_left),
)

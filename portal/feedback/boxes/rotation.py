"""What boxes keep under a key: hashes of codes whose clear value only their holders know."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.rotation import Batch, Rotation
from portal.feedback.boxes.models import BoxSlip
from portal.kernel.keyring import Keyring


def _nothing(_session: Session, _keyring: Keyring, _after: int, _most: int) -> Batch:
    """Nobody here knows a code; each is brought over when its holder looks it up (``service.renew``)."""
    return Batch(None)


def _left(session: Session) -> dict[str, int]:
    counted = select(BoxSlip.code_key_id, func.count()).where(BoxSlip.code_key_id.is_not(None)).group_by(BoxSlip.code_key_id)
    return {str(key_id): count for key_id, count in session.execute(counted)}


ROTATIONS = (Rotation("box_slip.code_hash", _nothing, remaining=_left),)

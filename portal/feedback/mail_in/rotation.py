"""What messages keep under a key: their letters while they wait, and themselves on the disk. Digests and marks of senders just fade."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.rotation import Batch, Rotation, encrypted
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.sealing import PURPOSE
from portal.kernel.errors import NotFound, Unavailable
from portal.kernel.keyring import Keyring
from portal.web.runtime import runtime


def _raw_again(session: Session, _keyring: Keyring, after: int, _most: int) -> Batch:
    """One message on the disk: it may be large, and on SQLite citizens wait meanwhile."""
    waiting = select(MailInMessage.id, MailInMessage.raw_id).where(MailInMessage.id > after, MailInMessage.raw_id.is_not(None))
    row = session.execute(waiting.order_by(MailInMessage.id).limit(1)).first()
    if row is None:
        return Batch(None)
    try:
        return Batch(row[0], 1, int(runtime().mail_store.renew(row[1])))
    except NotFound:  # swept meanwhile
        return Batch(row[0], 1)
    except Unavailable:  # under no listed key
        return Batch(row[0], 1, lost=1)


ROTATIONS = (encrypted(MailInMessage.letter_enc, PURPOSE), Rotation("e-mails on the disk", _raw_again))

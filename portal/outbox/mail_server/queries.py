"""What has been entered."""

import json

from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from portal.kernel.keyring import Keyring
from portal.outbox.mail_server.models import ONLY, MailSetting
from portal.outbox.mail_server.rules import MailServer, Security

PURPOSE = "mail"


def stored(session: Session) -> MailSetting | None:
    """The row, or None while nobody has entered a server."""
    return session.get(MailSetting, ONLY)


def opened(row: MailSetting | None, keyring: Keyring) -> MailServer | None:
    """The server of the row; None without a row, and where no listed key opens it any more."""
    if row is None:
        return None
    try:
        values = json.loads(keyring.decrypt(PURPOSE, row.sealed))
    except InvalidToken:
        return None
    return MailServer(**{**values, "security": Security(values["security"])})

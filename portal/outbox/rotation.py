"""What the outbox keeps under a key: the mail server that an administrator has entered."""

from portal.db.rotation import encrypted
from portal.outbox.mail_server.models import MailSetting
from portal.outbox.mail_server.queries import PURPOSE

ROTATIONS = (encrypted(MailSetting.sealed, PURPOSE),)

"""What the outbox keeps under a key: the mail server and the mailboxes that administrators have entered."""

from portal.db.rotation import encrypted
from portal.outbox.mail_server.models import MailSetting
from portal.outbox.mail_server.queries import PURPOSE
from portal.outbox.mailbox.models import Mailbox
from portal.outbox.mailbox.queries import PURPOSE as MAILBOX

ROTATIONS = (encrypted(MailSetting.sealed, PURPOSE), encrypted(Mailbox.sealed, MAILBOX))

"""The form of an agency's mailbox."""

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from portal.kernel.messages import N_, Message
from portal.outbox.mail_server.rules import Security
from portal.outbox.mailbox.models import Mailbox
from portal.outbox.mailbox.rules import SECURITY_LABELS, Box
from portal.web.forms import PortalForm, say

TEXTS = ("address", "host", "port", "security", "user", "password", "folder", "done_folder")


class MailboxForm(PortalForm):
    """What may be written in it is judged by ``rules.checked``. The password never comes back into the page; the view sets the kinds."""

    address = EmailField(
        N_("Address that people write to"),
        description=N_("For example inbox@agency.go.th; it stands in our mails as the address for answers"),
    )
    host = StringField(N_("Server of the mailbox (IMAP)"), description=N_("Ask whoever runs your e-mail, for example imap.agency.go.th"))
    security = RadioField(
        N_("Encryption"),
        choices=lambda: [SelectChoice(value=one.value, label=say(Message(SECURITY_LABELS[one]))) for one in SECURITY_LABELS],
        default=Security.TLS.value,
    )
    port = StringField(N_("Port"), default="993")
    user = StringField(N_("User"), description=N_("Often the whole e-mail address"))
    password = PasswordField(N_("Password of the mailbox"))
    folder = StringField(N_("Folder that is read"), default="INBOX")
    done_folder = StringField(
        N_("Folder for what is done with"),
        description=N_("Left empty, messages stay where they are, marked as read. Nothing is ever deleted"),
    )
    takes_plus = BooleanField(
        N_("The mailbox takes addresses with a plus sign"),
        description=N_(
            "Such as inbox+something@agency.go.th. Answers then find their case even where a mail program leaves out what it answers"
        ),
    )
    kind = SelectField(N_("Kind of matter that a new case from an e-mail gets"), choices=list, validate_choice=False)
    take_unread = BooleanField(N_("Also take what lies there unread now"), description=N_("Otherwise the mailbox is read from now on"))
    version = HiddenField(default="0")

    @classmethod
    def of(cls, row: Mailbox | None, box: Box | None, kind: str) -> "MailboxForm":
        """Filled in with what is stored, but for the password."""
        if row is None:
            return cls(data={"kind": kind})
        shown = {"address": row.address, "takes_plus": row.takes_plus, "kind": row.kind or kind, "version": str(row.row_version)}
        if box is not None:
            shown |= {"host": box.host, "port": str(box.port), "security": box.security.value, "user": box.user}
            shown |= {"folder": box.folder, "done_folder": box.done_folder}
        return cls(data=shown)

    @property
    def values(self) -> dict[str, str]:
        """Texts for ``rules.checked``."""
        return {name: self[name].data or "" for name in TEXTS}

    @property
    def seen(self) -> int:
        """The version that the person saw; -1 for what is none."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else -1

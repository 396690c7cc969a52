"""The form of the mail server."""

from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField

from portal.kernel.messages import N_
from portal.outbox.mail_server.rules import MailServer, Security
from portal.web.forms import PortalForm, labelled


class MailServerForm(PortalForm):
    """What may be written in it is judged by ``rules.checked``. The password never comes back into the page."""

    host = StringField(N_("Mail server"), description=N_("Ask whoever runs your e-mail, for example smtp.agency.go.th"))
    port = StringField(N_("Port"), default="587")
    security = RadioField(N_("Encryption"), choices=labelled(Security), default=Security.STARTTLS.value)
    user = StringField(N_("User"), description=N_("Often the whole e-mail address; empty if the server asks for none"))
    password = PasswordField(N_("Password of the mail server"))
    sender = EmailField(N_("Sender"), description=N_("The address that the portal's mails come from, for example no-reply@agency.go.th"))
    version = HiddenField(default="0")

    @classmethod
    def of(cls, server: MailServer | None, version: int) -> "MailServerForm":
        """Filled in with what is stored, but for the password."""
        if server is None:
            return cls(data={"version": str(version)})
        shown = {"host": server.host, "port": str(server.port), "security": server.security.value, "user": server.user}
        return cls(data={**shown, "sender": server.sender, "version": str(version)})

    @property
    def values(self) -> dict[str, str]:
        """Texts for ``rules.checked``."""
        return {name: self[name].data or "" for name in ("host", "port", "security", "user", "password", "sender")}

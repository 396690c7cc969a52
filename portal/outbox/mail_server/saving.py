"""What both pages of the mail server do: store what was typed, and send a test message if that was wanted."""

from flask_babel import gettext as _

from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.outbox.mail import Mail
from portal.outbox.mail_server import queries, rules, service
from portal.outbox.mail_server.forms import MailServerForm
from portal.outbox.mail_server.outcome import Outcome
from portal.outbox.mail_server.trying import try_out
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime


def present_form() -> MailServerForm:
    """The form as things stand."""
    row = queries.stored(db.session)
    return MailServerForm.of(queries.opened(row, runtime().keyring), row.row_version if row else 0)


def enter(form: MailServerForm, actor: Actor) -> rules.MailServer | None:
    """Store what was typed; None where the form now says what is wrong with it. Raises ``NotAllowed``."""
    version = form.version.data or ""
    try:
        server = rules.checked(form.values)
        with unit_of_work(db.session) as session:
            seen = int(version) if version.isdecimal() and len(version) < 10 else -1
            return service.enter(session, actor, now(), runtime().keyring, server, seen)
    except Invalid as invalid:
        form.errors_from(invalid)
    except Conflict as conflict:
        # What was typed stays; sent again, it goes over what the other one has saved.
        form.form_errors.append(say(conflict.message))
        form.version.data = present_form().version.data
    return None


def send_test(server: rules.MailServer, actor: Actor, to: str) -> Outcome:
    """Send a message to the person who asks, and keep how it went. Raises ``TooMany``."""
    db.session.rollback()  # nothing is held while we wait for the server
    text = _("This message shows that %(portal)s can send mail. Nothing is to be done", portal=runtime().settings.base_url)
    outcome = try_out(server, Mail(to=to, subject=_("Test message of the portal"), text=f"{text}\n", reference="test-message"))
    with unit_of_work(db.session) as session:
        service.note_trial(session, actor, now(), outcome)
    return outcome

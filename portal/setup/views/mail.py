"""Step six: the mail server."""

from flask import redirect, request, url_for

from portal.accounts import queries as accounts
from portal.outbox.mail_server import queries as mail_servers
from portal.outbox.mail_server import saving
from portal.outbox.mail_server.forms import MailServerForm
from portal.setup.access import Entry, entry
from portal.setup.rules import Step
from portal.setup.service import pass_over
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, go_on, passed, save, show, status_of
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


@bp.get("/setup/mail")
@audience(Audience.CITIZEN)
def mail() -> Answer:
    """The server as it is stored, and how its last test went."""
    return _page(entry(Step.MAIL), saving.present_form())


@bp.post("/setup/mail")
@audience(Audience.CITIZEN)
def mail_sent() -> Answer:
    """Store it; then send a test message and stay, or go on."""
    found = entry(Step.MAIL)
    if answer := passed(Step.MAIL, found.hand):
        return answer
    form = MailServerForm(request.form)
    form.version.data = request.form.get("server_version", "")
    server = saving.enter(form, found.actor)
    if server is None:
        return _page(found, form, status_of(form))
    if "test" in request.form:
        saving.send_test(server, found.actor, _own_address(found))
        return redirect(url_for("setup.mail"), 303)
    save(form, lambda: pass_over(db.session, now(), found.hand, Step.MAIL))
    return go_on(Step.MAIL) if not form.errors else _page(found, form, status_of(form))


def _own_address(found: Entry) -> str:
    assert found.actor.user_id is not None
    return accounts.by_ids(db.session, [found.actor.user_id])[found.actor.user_id].email


def _page(found: Entry, form: MailServerForm, status: int = 200) -> Answer:
    stored = mail_servers.stored(db.session)
    return show(Step.MAIL, found, form, status, stored=stored, by_environment=runtime().settings.mail_is_set, to=_own_address(found))

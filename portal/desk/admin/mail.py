"""The mail server of the portal: entered, tried out."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import queries as accounts
from portal.desk.admin.index import bp
from portal.kernel.actor import Role
from portal.outbox.mail_server import queries as mail_servers
from portal.outbox.mail_server import saving
from portal.outbox.mail_server.forms import MailServerForm
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.runtime import runtime
from portal.web.step_up import step_up


@bp.get("/desk/admin/mail")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
@step_up
def mail() -> str:
    """As it is stored, and how the last test went; the password is never shown."""
    return _page(saving.present_form())


@bp.post("/desk/admin/mail")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
@step_up
def mail_sent() -> Response | tuple[str, int]:
    """Store it, and send a test message if that button was pressed."""
    form, actor = MailServerForm(request.form), current_actor()
    form.version.data = request.form.get("server_version", "")
    server = saving.enter(form, actor)
    if server is None:
        return _page(form), 409 if form.form_errors else 422
    if "test" in request.form:
        saving.send_test(server, actor, _own_address())
    return redirect(url_for("admin.mail", saved="yes"), 303)


def _own_address() -> str:
    user_id = current_actor().user_id
    assert user_id is not None
    return accounts.by_ids(db.session, [user_id])[user_id].email


def _page(form: MailServerForm) -> str:
    return render_template(
        "desk/admin/mail.html",
        form=form,
        stored=mail_servers.stored(db.session),
        by_environment=runtime().settings.mail_is_set,
        to=_own_address(),
        saved="saved" in request.args and request.method == "GET",
        noindex=True,
    )

"""Step four: the administrator, who is signed in at once."""

from flask import redirect, request, url_for

from portal.accounts import service as accounts
from portal.accounts.passwords import hash_password
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid
from portal.setup.access import Entry, entry, forget, mark_of
from portal.setup.forms import AdministratorForm
from portal.setup.rules import Step
from portal.setup.service import make_administrator
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, go_on, show, status_of
from portal.web.actor import SESSION_COOKIE, cookie_name
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime
from portal.web.security import network_key


@bp.get("/setup/administrator")
@audience(Audience.CITIZEN)
def administrator() -> Answer:
    """The form; afterwards there is nothing more to do here."""
    found = entry(Step.ADMINISTRATOR)
    if found.state.administrator_id is not None:
        return redirect(url_for("setup.calendar"), 303)
    return show(Step.ADMINISTRATOR, found, AdministratorForm())


@bp.post("/setup/administrator")
@audience(Audience.CITIZEN)
def administrator_sent() -> Answer:
    """Hash first, which is slow; then account, roles and session in one act. Sent once more it only goes on."""
    found, form = entry(Step.ADMINISTRATOR), AdministratorForm(request.form)
    if found.state.administrator_id is not None:
        return go_on(Step.ADMINISTRATOR)
    token = _made(found, form) if form.validate() else None
    if token is None:
        return show(Step.ADMINISTRATOR, found, form, status_of(form))
    response = go_on(Step.ADMINISTRATOR)
    https = runtime().settings.https
    response.set_cookie(cookie_name(SESSION_COOKIE, https), token, httponly=True, samesite="Lax", secure=https, path="/")
    forget(response)
    return response


def _made(found: Entry, form: AdministratorForm) -> str | None:
    """The token of the new session; None where the form now says what is wrong."""
    try:
        accounts.check_password(form.password.data, form.email.data)
        hashed = hash_password(form.password.data)
        names = {name: form[name].data or "" for name in ("name_th", "name_en", "position_th")}
        with unit_of_work(db.session) as session:
            works = bool(form.does_work.data)
            person = make_administrator(session, now(), found.hand, form.email.data, hashed, names, does_work=works)
            token = accounts.start_session(session, now(), runtime().keyring, person, network_key())
            found.state.browser = mark_of(token)
    except Invalid as invalid:
        form.errors_from(invalid)
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
    else:
        return token
    return None

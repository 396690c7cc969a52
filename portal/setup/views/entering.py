"""The first page: the token."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.db import unit_of_work
from portal.kernel.errors import Invalid, NotFound
from portal.setup import queries, rules
from portal.setup.access import let_in, welcome
from portal.setup.forms import TokenForm
from portal.setup.service import check_throttle, enter
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime
from portal.web.security import network_key


@bp.get("/setup")
@audience(Audience.CITIZEN)
def start() -> Answer:
    """Ask for the token; who is in already goes on where they stopped."""
    entry = welcome()
    if entry is not None:
        return redirect(url_for(f"setup.{rules.first_undone(entry.state.done).value}"), 303)
    return render_template("setup/start.html", form=TokenForm(), noindex=True), 200


@bp.post("/setup")
@audience(Audience.CITIZEN)
def open_up() -> Answer:
    """A right token opens the first day for this browser; wrong ones are slowed like wrong passwords."""
    if not queries.takes_token(queries.state(db.session), now()):
        raise NotFound
    form, keys, network = TokenForm(request.form), runtime().keyring, network_key()
    try:
        with unit_of_work(db.session) as session:
            check_throttle(session, now(), keys, network)
            row = enter(session, now(), keys, form.token.data or "", network)
    except Invalid as invalid:
        form.errors_from(invalid)
        return render_template("setup/start.html", form=form, noindex=True), 422
    if row is None:
        form.token.errors = [_("This is not the code. The newest one counts: `portal init` prints another")]
        return render_template("setup/start.html", form=form, noindex=True), 422
    response = redirect(url_for(f"setup.{rules.first_undone(row.done).value}"), 303)
    let_in(response, row)
    return response

"""The page behind the link of an invitation."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.accounts import links
from portal.accounts.invitation import service
from portal.accounts.invitation.forms import AcceptForm
from portal.accounts.invitation.models import Invitation
from portal.accounts.oidc.queries import enabled
from portal.accounts.oidc.rules import answers_for
from portal.db import unit_of_work
from portal.kernel.errors import Invalid
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db

bp = Blueprint("invitation", __name__)


@bp.get("/invitation/<token>")
@audience(Audience.PUBLIC)
def show(token: str) -> Response:
    """What the invitation says, and the form; or the one page for every link that opens nothing."""
    row = service.open_by_link(db.session, now(), token)
    return _page(row, AcceptForm()) if row else links.gone()


@bp.post("/invitation/<token>")
@audience(Audience.PUBLIC)
def accept(token: str) -> BaseResponse:
    """Make the account. Argon2 runs before the unit of work, and only for a link that holds."""
    form, row = AcceptForm(request.form), service.open_by_link(db.session, now(), token)
    if row is None:
        return links.gone()
    if not form.validate():
        return _page(row, form, 422)
    try:
        password_hash = links.hashed(form, row.email)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(row, form, 422)
    with unit_of_work(db.session):
        user = service.accept_by_link(db.session, now(), token, password_hash)
    return redirect(url_for("invitation.done"), 303) if user else links.gone()


@bp.get("/invitation/done")
@audience(Audience.PUBLIC)
def done() -> str:
    """The account is there."""
    return render_template("accounts/invitation_done.html", noindex=True)


def _page(row: Invitation, form: AcceptForm, status: int = 200) -> Response:
    providers = [one for one in enabled(db.session) if answers_for(one.domains, row.email)]
    return links.page("accounts/invitation.html", status, invitation=row, form=form, providers=providers)

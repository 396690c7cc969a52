"""A person's choice: every working day, only what is overdue, or never."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField

from portal.db import unit_of_work
from portal.desk.digest import service
from portal.desk.digest.rules import WRITTEN_TO, Wish
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, labelled

bp = Blueprint("digest", __name__)


class WishForm(PortalForm):
    """One choice."""

    wish = RadioField(N_("When do you want it"), choices=labelled(Wish))


@bp.get("/desk/account/morning-mail")
@audience(Audience.DESK, *WRITTEN_TO)
def index() -> str:
    """The choice as it stands."""
    return _page(WishForm(data={"wish": service.wish_of(db.session, current_actor().user_id or 0).value}))


@bp.post("/desk/account/morning-mail")
@audience(Audience.DESK, *WRITTEN_TO)
def choose() -> Response | tuple[str, int]:
    """Keep it."""
    form = WishForm(request.form)
    if not form.validate():
        return _page(form), 422
    with unit_of_work(db.session) as session:
        service.choose(session, current_actor(), now(), Wish(form.wish.data))
    return redirect(url_for("digest.index", done="saved"), 303)


def _page(form: WishForm) -> str:
    done = _("Saved") if request.args.get("done") == "saved" else ""
    return render_template("desk/digest.html", form=form, done=done, noindex=True)

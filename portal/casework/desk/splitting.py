"""Dividing a text that holds several matters, on a page of its own."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.casework.desk.blueprint import bp
from portal.casework.desk.choices import every_open
from portal.casework.desk.contributions import askable
from portal.casework.desk.saving import Answer, case_at_hand
from portal.casework.desk.siblings import offers_split
from portal.casework.models import Case
from portal.casework.splitting import service
from portal.casework.splitting.forms import PLACES, SplitForm
from portal.db import unit_of_work
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime


@bp.get("/desk/cases/<number>/split")
@audience(Audience.DESK, *CASE_ROLES)
def split_page(number: str) -> str:
    """The words, and the form beside them."""
    case = case_at_hand(number)
    if not offers_split(current_actor(), case):
        raise NotFound
    return _page(case, SplitForm())


@bp.post("/desk/cases/<number>/split")
@audience(Audience.DESK, *CASE_ROLES)
def split(number: str) -> Answer:
    """Divide it, or show again what was typed."""
    form = SplitForm(request.form)
    if "more" in request.form:
        return _page(case_at_hand(number), form, more=1)
    session, actor = db.session, current_actor()
    try:
        with unit_of_work(session):
            case = case_at_hand(number, lock=True)
            service.split(session, actor, now(), case, runtime().keyring, form.text("stays"), form.wanted, row_version=form.version)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(case_at_hand(number), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(case_at_hand(number), form), 409
    return redirect(url_for("cases_desk.show", number=number, done="split"), 303)


def _page(case: Case, form: SplitForm, more: int = 0) -> str:
    places: Sequence[object] = askable(every_open(db.session), case)
    shown = [form.fields_of(place) for place in PLACES[: form.used + more]]
    return render_template(
        "cases_desk/split.html",
        case=case,
        form=form,
        matters=shown,
        places=places,
        here=_("Here, where the case lies"),
        may_more=len(shown) < len(PLACES),
        noindex=True,
    )

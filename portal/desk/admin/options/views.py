"""Reading, setting and resetting options."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.agencies.options import value_of
from portal.agencies.options.service import reset_option, set_option
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.options import reading
from portal.desk.admin.options.forms import OptionForm, filled, form_for, place_of, typed
from portal.desk.admin.options.hurting import consequences
from portal.desk.admin.options.reading import Shown
from portal.desk.admin.whose import Whose, whose
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

Answer = Response | str | tuple[str, int]
DONE = {"set": N_("The setting is kept and holds at once"), "reset": N_("The default holds again")}


@bp.get("/desk/admin/options")
@audience(Audience.DESK, *ADMINISTRATORS)
def options() -> str:
    """Everything that can be set, in groups; ``?agency=`` chooses for whom, ``?done=`` says what was just done."""
    chosen = whose()
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "desk/admin/options/index.html",
        whose=chosen,
        groups=reading.in_groups(db.session, chosen.agency_id),
        done=_(done) if done else "",
        noindex=True,
    )


@bp.get("/desk/admin/options/<key>")
@audience(Audience.DESK, *ADMINISTRATORS)
def option(key: str) -> str:
    """One option and its form."""
    chosen = whose()
    shown = _at_hand(key, chosen)
    return _page(chosen, shown, filled(shown.option, shown.value, shown.version))


@bp.post("/desk/admin/options/<key>")
@audience(Audience.DESK, *ADMINISTRATORS)
def set_one(key: str) -> Answer:
    """Set it; a change that hurts is told first and done when the person says so."""
    chosen = whose()
    shown = _at_hand(key, chosen)
    form = form_for(shown.option)(request.form)
    try:
        value = shown.option.checked(typed(shown.option, form, request.form))
        warned = consequences(db.session, shown.option, chosen.agency_id, shown.value, value)
        if warned and not form.sure.data and form.seen == shown.version:
            return _page(chosen, shown, form, warned=warned)
        with unit_of_work(db.session) as session:
            set_option(session, current_actor(), now(), shown.option, whose().agency, value, form.seen)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(chosen, shown, form), 422
    except Conflict:
        return _too_late(key, form)
    return redirect(url_for("admin.options", agency=whose().slug, done="set"), 303)


@bp.post("/desk/admin/options/<key>/reset")
@audience(Audience.DESK, *ADMINISTRATORS)
def reset(key: str) -> Answer:
    """Let the default hold again; told first where what holds then would hurt."""
    chosen = whose()
    shown = _at_hand(key, chosen)
    form = form_for(shown.option)(request.form)
    after = value_of(db.session, shown.option) if chosen.agency else shown.option.default
    warned = consequences(db.session, shown.option, chosen.agency_id, shown.value, after)
    if warned and not form.sure.data and form.seen == shown.version:
        return _page(chosen, shown, filled(shown.option, shown.value, shown.version), warned=warned, resetting=True)
    try:
        with unit_of_work(db.session) as session:
            reset_option(session, current_actor(), now(), shown.option, whose().agency, form.seen)
    except Conflict:
        return _too_late(key, filled(shown.option, shown.option.default, form.seen))
    return redirect(url_for("admin.options", agency=whose().slug, done="reset"), 303)


def _at_hand(key: str, chosen: Whose) -> Shown:
    shown = reading.one(db.session, key, chosen.agency_id)
    if shown is None:
        raise NotFound
    return shown


def _too_late(key: str, form: OptionForm) -> Answer:
    """Somebody saved first: what holds now beside what was typed, and one more press."""
    chosen = whose()
    return _page(chosen, _at_hand(key, chosen), form, stale=True), 409


def _page(
    chosen: Whose,
    shown: Shown,
    form: OptionForm,
    *,
    warned: list[Message] | None = None,
    resetting: bool = False,
    stale: bool = False,
) -> str:
    return render_template(
        "desk/admin/options/option.html",
        whose=chosen,
        shown=shown,
        form=form,
        warned=[say(message) for message in warned or ()],
        resetting=resetting,
        mine=_mine(shown, form) if stale else None,
        places=_places(shown, form),
        noindex=True,
    )


def _mine(shown: Shown, form: OptionForm) -> str:
    try:
        return reading.said(shown.option, shown.option.checked(typed(shown.option, form, request.form)))
    except Invalid:
        return str(form["value"].data or "")


def _places(shown: Shown, form: OptionForm) -> list[tuple[str, str, bool, int]]:
    """Of codes whose order counts: code, label, whether chosen, place."""
    if not shown.option.ordered:
        return []
    sent = request.method == "POST"
    chosen: list[Any] = form["value"].data or []
    order = {code: place_of(request.form, code) if sent else chosen.index(code) + 1 for code in chosen}
    every = sorted(shown.option.choices, key=lambda code: (code not in order, order.get(code, 0)))
    return [(code, _(shown.option.choices[code]), code in order, place) for place, code in enumerate(every, start=1)]

"""Reporting personal data on the page of a published case, and the public log of hidings."""

import re

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields import SelectChoice

from portal.casework import queries, service
from portal.casework.exposed.models import ExposedPassage
from portal.casework.exposed.queries import log
from portal.casework.exposed.rules import REPORTS_NETWORK, What
from portal.casework.models import PublicCase
from portal.db import unit_of_work
from portal.kernel.actor import VISITOR
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, WordsField, labelled, say
from portal.web.limits import limiter, network
from portal.web.page_cache import public_page

bp = Blueprint("exposed", __name__)
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
#: What ``?done=`` stands for.
DONE = {
    "hidden": N_("It is hidden now. An officer looks at it within one working day"),
    "waits": N_("Thank you. An officer looks at it within one working day; until then the text stays as it is"),
    "stands": N_("An officer has looked at this passage before and found that it is nobody's personal data, so it stays"),
    "known": N_("Somebody reported this before you, and it waits for an officer"),
}


class ReportForm(PortalForm):
    """The passage, and what it is."""

    passage = WordsField(N_("The passage, copied from the page"))
    what = SelectField(
        N_("What it is"),
        choices=lambda: [SelectChoice(value="", label=say(Message(N_("Choose")))), *labelled(What)()],
        validate_choice=False,
    )


@bp.get("/cases/<number>/report")
@audience(Audience.PUBLIC)
def report(number: str) -> Response:
    """The public text beside the form; ``?done=`` says what came of the last report."""
    return _page(_public(number), ReportForm(), done=DONE.get(request.args.get("done", "")))


@bp.post("/cases/<number>/report")
@audience(Audience.PUBLIC)
@limiter.limit(REPORTS_NETWORK, key_func=network)
def send(number: str) -> Response:
    """Hide at once what a pattern proves; the rest waits for an officer."""
    form = ReportForm(request.form)
    _public(number)
    try:
        with unit_of_work(db.session) as session:
            case = queries.by_number(session, number, lock=True)
            if case is None:
                raise NotFound
            done = service.report_passage(session, VISITOR, now(), case, form.passage.data or "", form.what.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(_public(number), form, status=422)
    name = "hidden" if done.hidden else "waits" if done.waits else "stands" if done.stands else "known"
    return redirect(url_for("exposed.report", number=number, done=name), 303)


@bp.get("/cases/hidden")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def hidden() -> str:
    """Every hiding and what came of it, newest first, without the passages."""
    keys = [(ExposedPassage.reported_at, "desc"), (ExposedPassage.id, "desc")]
    page = paginate(db.session, log(), keys, per_page(), request.args.get("cursor"))
    return render_template("exposed/log.html", page=page, next_url=next_url(page))


def _public(number: str) -> PublicCase:
    found = queries.public_by_number(db.session, number) if _NUMBER.fullmatch(number) else None
    if found is None:
        raise NotFound
    return found


def _page(public: PublicCase, form: ReportForm, *, done: str | None = None, status: int = 200) -> Response:
    html = render_template("exposed/report.html", public=public, case=public.case, form=form, done=done, noindex=True)
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response

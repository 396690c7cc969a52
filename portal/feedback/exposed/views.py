"""Reporting personal data on the page of a published case or of a petition, and the public log of hidings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields import SelectChoice

from portal.casework import queries, service
from portal.casework.exposed.models import ExposedPassage
from portal.casework.exposed.queries import log
from portal.casework.exposed.rules import OF_TEXT, REPORTS_NETWORK
from portal.casework.models import Case, PublicPicture
from portal.casework.pictures.queries import shown_of
from portal.db import unit_of_work
from portal.feedback.petitions import queries as petitions
from portal.feedback.petitions.models import Petition
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
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
#: What ``?done=`` stands for.
DONE = {
    "hidden": N_("It is hidden now. An officer looks at it within one working day"),
    "waits": N_("Thank you. An officer looks at it within one working day; until then it stays as it is"),
    "stands": N_("An officer has looked at this before and found that it is nobody's personal data, so it stays"),
    "known": N_("Somebody reported this before you, and it waits for an officer"),
}


class ReportForm(PortalForm):
    """The passage, and what it is."""

    passage = WordsField(N_("The passage, copied from the page"))
    what = SelectField(
        N_("What it is"),
        choices=lambda: [SelectChoice(value="", label=say(Message(N_("Choose")))), *labelled(OF_TEXT)()],
        validate_choice=False,
    )


@dataclass(frozen=True)
class Text:
    """What stands on the page from which somebody reports: of a case, or of a petition. ``address`` is that of the form."""

    case: Case
    subject: str
    body: str
    answer: str
    address: str
    pictures: Sequence[PublicPicture] = ()
    petition: Petition | None = None


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
    return _sent(lambda: _public(number))


@bp.get("/petitions/<slug>/report")
@audience(Audience.PUBLIC)
def report_petition(slug: str) -> Response:
    """The text of a petition beside the form."""
    return _page(_petition(slug), ReportForm(), done=DONE.get(request.args.get("done", "")))


@bp.post("/petitions/<slug>/report")
@audience(Audience.PUBLIC)
@limiter.limit(REPORTS_NETWORK, key_func=network)
def send_petition(slug: str) -> Response:
    """The same of a petition, wherever else its words stand."""
    return _sent(lambda: _petition(slug))


@bp.post("/cases/<number>/report/picture")
@audience(Audience.PUBLIC)
@limiter.limit(REPORTS_NETWORK, key_func=network)
def send_picture(number: str) -> Response:
    """A picture waits for an officer, and stays meanwhile."""
    text = _public(number)
    with unit_of_work(db.session) as session:
        done = service.report_picture(session, VISITOR, now(), _locked(session, text), request.form.get("picture", ""))
    return _told(text, done)


@bp.get("/cases/hidden")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def hidden() -> str:
    """Every hiding and what came of it, newest first, without the passages."""
    keys = [(ExposedPassage.reported_at, "desc"), (ExposedPassage.id, "desc")]
    page = paginate(db.session, log(), keys, per_page(), request.args.get("cursor"))
    return render_template("exposed/log.html", page=page, next_url=next_url(page))


def _sent(shown: Callable[[], Text]) -> Response:
    form, text = ReportForm(request.form), shown()
    try:
        with unit_of_work(db.session) as session:
            case = _locked(session, text)
            done = service.report_passage(session, VISITOR, now(), case, form.passage.data or "", form.what.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(shown(), form, status=422)
    return _told(text, done)


def _locked(session: Session, text: Text) -> Case:
    case = queries.by_number(session, text.case.number, lock=True)
    if case is None:
        raise NotFound
    return case


def _told(text: Text, done: service.Reported) -> Response:
    name = "hidden" if done.hidden else "waits" if done.waits else "stands" if done.stands else "known"
    return redirect(f"{text.address}?done={name}", 303)


def _public(number: str) -> Text:
    found = queries.public_by_number(db.session, number) if _NUMBER.fullmatch(number) else None
    if found is None:
        raise NotFound
    address = url_for("exposed.report", number=number)
    return Text(found.case, found.subject, found.body, found.answer, address, shown_of(found.case))


def _petition(slug: str) -> Text:
    found = petitions.by_slug(db.session, slug) if _SLUG.fullmatch(slug) else None
    if found is None or not petitions.is_shown(found):
        raise NotFound
    return Text(found.case, found.title, found.text, "", url_for("exposed.report_petition", slug=slug), petition=found)


def _page(text: Text, form: ReportForm, *, done: str | None = None, status: int = 200) -> Response:
    html = render_template("exposed/report.html", public=text, case=text.case, form=form, done=done, noindex=True)
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response

"""Officers' pages of reports: the list, and one report with its figures, its words and what can be done with it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick
from portal.outcomes import policy
from portal.outcomes.at_hand import mine
from portal.outcomes.reports import queries, service, shown
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.reports.rules import MOVES, Move, Period, period_of
from portal.outcomes.reports.service import Words
from portal.outcomes.reports.shown import LABELS
from portal.outcomes.reports.views import NEWEST_FIRST, standing_of
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.language import language
from portal.web.pdf import can_make_pdf, make_pdf

bp = Blueprint("reports_desk", __name__)
Answer = Response | str | tuple[str, int]
DONE = {
    "opened": N_("The report is open"),
    "saved": N_("Saved"),
    "submitted": N_("Sent to review; somebody else can publish it"),
    "sent-back": N_("Sent back to draft"),
    "published": N_("Published"),
}
REMARK = "remark-"
PRINT = Path(__file__).with_name("print.css")
#: Periods back from the present one for which a report can be begun.
BACK = 3
Verb = Callable[[Session, Actor, datetime, OpinionReport, int], object]
VERBS: dict[str, tuple[Verb, str]] = {
    "submit": (service.submit, "submitted"),
    "send-back": (service.send_back, "sent-back"),
    "publish": (service.publish, "published"),
}


class ReportForm(PortalForm):
    """The words. Remarks have fields of their own, one for each theme and language. ``version`` is the one that the person saw."""

    responsible = SelectField(N_("Responsible"), choices=list, validate_choice=False)
    introduction_th = TextAreaField(N_("Introduction in Thai"))
    introduction_en = TextAreaField(N_("Introduction in English (may be empty)"))
    conclusion_th = TextAreaField(N_("Conclusion in Thai"))
    conclusion_en = TextAreaField(N_("Conclusion in English (may be empty)"))
    note = StringField(N_("What was corrected"))
    version = HiddenField()

    @property
    def seen(self) -> int:
        """One that never was if the field is damaged."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def words(self) -> Words:
        """As they were typed."""
        names = ("introduction_th", "introduction_en", "conclusion_th", "conclusion_en", "note", "responsible")
        return Words(**{name: str(self[name].data or "") for name in names}, remarks=typed_remarks())


def typed_remarks() -> dict[str, dict[str, str]]:
    """Remarks of this request by slug and language."""
    found: dict[str, dict[str, str]] = {}
    for name, text in request.form.items():
        slug, _dash, code = name.removeprefix(REMARK).rpartition("-")
        if name.startswith(REMARK) and code in ("th", "en"):
            found.setdefault(slug, {})[code] = text
    return found


@bp.get("/desk/reports")
@audience(Audience.DESK, *policy.REPORTERS)
def index() -> str:
    """Reports of the actor's agencies, newest period first, and a form to begin one."""
    return _list(PortalForm())


@bp.post("/desk/reports")
@audience(Audience.DESK, *policy.REPORTERS)
def begin() -> Answer:
    """Begin the report of a period."""
    form = PortalForm()
    try:
        with unit_of_work(db.session) as session:
            agency = mine(*policy.REPORTERS).agency
            period = next((one for one in _periods(agency.id) if one.slug == request.form.get("period")), None)
            if period is None:
                raise NotFound
            slug = service.open_report(session, current_actor(), now(), agency, period).slug
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _list(form), 409
    return redirect(url_for("reports_desk.show", slug=slug, done="opened"), 303)


@bp.get("/desk/reports/<slug>")
@audience(Audience.DESK, *policy.REPORTERS)
def show(slug: str) -> str:
    """The figures as they are now, the words, and what can be done."""
    report = _at_hand(slug)
    return _page(report, _filled(report), report.remarks)


@bp.post("/desk/reports/<slug>")
@audience(Audience.DESK, *policy.REPORTERS)
def save(slug: str) -> Answer:
    """Keep the words."""
    form = ReportForm(request.form)
    return _act(slug, form, lambda session, actor, at, report, seen: service.write(session, actor, at, report, form.words(), seen), "saved")


@bp.get("/desk/reports/<slug>/report.pdf")
@audience(Audience.DESK, *policy.REPORTERS)
def as_pdf(slug: str) -> Response:
    """The newest version for paper and files; not found where this server makes none. Only of the desk: making one is work."""
    report = _at_hand(slug)
    version = queries.version(db.session, report, report.published_number)
    if version is None or not can_make_pdf():
        raise NotFound
    found = shown.of_version(db.session, report, version)
    page = render_template("reports/whole.html", shown=found, report=report, labels=LABELS)
    response = Response(make_pdf(page, PRINT.read_text(encoding="utf-8")), content_type="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{report.slug}-v{version.number}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/desk/reports/<slug>/<any('submit', 'send-back', 'publish'):verb>")
@audience(Audience.DESK, *policy.REPORTERS)
def act(slug: str, verb: str) -> Answer:
    """Send to review, send back, publish."""
    return _act(slug, None, *VERBS[verb])


def _act(slug: str, form: ReportForm | None, verb: Verb, done: str) -> Answer:
    given = form or ReportForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            verb(session, current_actor(), now(), _at_hand(slug, lock=True), given.seen)
    except (Invalid, Conflict) as refused:
        report = _at_hand(slug)
        again, remarks = (form, typed_remarks()) if form else (_filled(report), report.remarks)
        if isinstance(refused, Invalid):
            again.errors_from(refused)
        else:
            again.form_errors.append(say(refused.message))
        stale = form is not None and isinstance(refused, Conflict)
        return _page(report, again, remarks, stale=stale), 422 if isinstance(refused, Invalid) else 409
    return redirect(url_for("reports_desk.show", slug=slug, done=done), 303)


def _at_hand(slug: str, *, lock: bool = False) -> OpinionReport:
    report = queries.for_desk(db.session, current_actor(), slug, lock=lock)
    if report is None:
        raise NotFound
    return report


def _filled(report: OpinionReport) -> ReportForm:
    names = ("introduction_th", "introduction_en", "conclusion_th", "conclusion_en", "note")
    person = report.named.public_id if report.named else ""
    return ReportForm(data={**{name: getattr(report, name) for name in names}, "responsible": person})


def _periods(agency_id: int) -> list[Period]:
    """The present period and a few before it, newest first."""
    found = [period_of(office_day(now()), service.periods_a_year(db.session, agency_id))]
    for _back in range(BACK):
        found.append(found[-1].before())
    return found


def _list(form: PortalForm) -> str:
    chosen = mine(*policy.REPORTERS)
    page = paginate(db.session, queries.of_desk(current_actor()), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "reports/desk_index.html",
        whose=chosen,
        page=page,
        next_url=next_url(page) if request.method == "GET" else None,
        standings={report.id: standing_of(report) for report in page.items},
        periods=_periods(chosen.agency.id),
        form=form,
        noindex=True,
    )


def _page(report: OpinionReport, form: ReportForm, remarks: dict[str, Any], *, stale: bool = False) -> str:
    session, done = db.session, DONE.get(request.args.get("done", ""))
    people = service.responsible_people(session, report)
    none = SelectChoice(value="", label=_("Nobody yet"))
    form.responsible.choices = [
        none,
        *(SelectChoice(value=one.public_id, label=pick(language(), one.name_th, one.name_en)) for one in people),
    ]
    found = shown.of_draft(session, report, now())
    themes = [*found.figures["themes"], *(found.figures["rest"]["of"] if found.figures["rest"] else ())]
    return render_template(
        "reports/desk_show.html",
        report=report,
        shown=found,
        labels=LABELS,
        themes=themes,
        remarks=remarks,
        form=form,
        stale=stale,
        standing=standing_of(report),
        missing=[say(message) for messages in service.missing(report, now()).values() for message in messages],
        has_pdf=report.published_number is not None and can_make_pdf(),
        may={move.value for move in Move if (move, report.state) in MOVES},
        may_publish=service.may_publish(current_actor(), report),
        done=_(done) if done else "",
        noindex=True,
    )

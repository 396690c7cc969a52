"""One report: its words, what can be done with it, and its figures as they were counted last."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.outcomes import policy
from portal.outcomes.reports import queries, service, shown
from portal.outcomes.reports.desk.blueprint import Answer, at_hand, bp
from portal.outcomes.reports.figures import STEPS, named
from portal.outcomes.reports.models import OpinionReport
from portal.outcomes.reports.rules import MOVES, Move
from portal.outcomes.reports.shown import LABELS
from portal.outcomes.reports.views import standing_of
from portal.outcomes.reports.words import Words, responsible_people
from portal.outcomes.themes import queries as themes
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.language import language
from portal.web.pdf import can_make_pdf, make_pdf

DONE = {
    "opened": N_("The report is open"),
    "saved": N_("Saved"),
    "submitted": N_("Sent to review; somebody else can publish it"),
    "sent-back": N_("Sent back to draft"),
    "published": N_("Published"),
    "counted": N_("The figures are there"),
}
REMARK = "remark-"
PRINT = Path(__file__).parents[1] / "print.css"
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


@bp.get("/desk/reports/<slug>")
@audience(Audience.DESK, *policy.REPORTERS)
def show(slug: str) -> str:
    """The figures as they were counted last, the words, and what can be done."""
    report = at_hand(slug)
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
    report = at_hand(slug)
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
            verb(session, current_actor(), now(), at_hand(slug, lock=True), given.seen)
    except (Invalid, Conflict) as refused:
        report = at_hand(slug)
        again, remarks = (form, typed_remarks()) if form else (_filled(report), report.remarks)
        if isinstance(refused, Invalid):
            again.errors_from(refused)
        else:
            again.form_errors.append(say(refused.message))
        stale = form is not None and isinstance(refused, Conflict)
        return _page(report, again, remarks, stale=stale), 422 if isinstance(refused, Invalid) else 409
    return redirect(url_for("reports_desk.show", slug=slug, done=done), 303)


def _filled(report: OpinionReport) -> ReportForm:
    names = ("introduction_th", "introduction_en", "conclusion_th", "conclusion_en", "note")
    person = report.named.public_id if report.named else ""
    return ReportForm(data={**{name: getattr(report, name) for name in names}, "responsible": person})


def _page(report: OpinionReport, form: ReportForm, remarks: dict[str, Any], *, stale: bool = False) -> str:
    session, done = db.session, DONE.get(request.args.get("done", ""))
    people = responsible_people(session, report)
    none = SelectChoice(value="", label=_("Nobody yet"))
    form.responsible.choices = [
        none,
        *(SelectChoice(value=one.public_id, label=pick(language(), one.name_th, one.name_en)) for one in people),
    ]
    found = shown.of_draft(session, report)
    return render_template(
        "reports/desk_show.html",
        report=report,
        shown=found,
        labels=LABELS,
        themes=_themes_of(report),
        steps=STEPS,
        is_stuck=report.draft.is_stuck(now()),
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


def _themes_of(report: OpinionReport) -> list[dict[str, str]]:
    """What a remark can be made to: themes that something was heard of; before anything was counted, what has a remark keeps it."""
    if (counted := report.draft.figures) is None:
        known = {theme.slug: theme for theme in themes.themes_of(db.session, report.agency_id)}
        return [named(known.get(slug)) for slug in report.remarks if slug in known or not slug]
    return [*counted["themes"], *(counted["rest"]["of"] if counted["rest"] else ())]

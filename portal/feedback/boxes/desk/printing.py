"""Slips with their codes, the poster, and the sheet of answers that is posted at the box."""

from datetime import datetime
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.casework.models import PublicCase
from portal.db import unit_of_work
from portal.feedback.boxes import service, sheets
from portal.feedback.boxes.desk.blueprint import ROLES, at_hand, bp, photo
from portal.feedback.boxes.desk.refusing import refused, status_of
from portal.feedback.boxes.forms import PostingForm, SlipsForm
from portal.feedback.boxes.models import Box
from portal.feedback.boxes.policy import can_keep, can_record
from portal.feedback.boxes.queries import openings, slips
from portal.feedback.boxes.rules import SLIPS_MOST
from portal.feedback.boxes.sheets import NOTICE, POSTER, SLIPS
from portal.feedback.boxes.slip_number import SERIES_MOST, series_code
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.thai_calendar import format_date, office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.pdf import can_make_pdf
from portal.web.runtime import runtime

Answer = Response | str | tuple[str, int]
#: Answers on one sheet of paper to be posted; the next sheet tells the rest.
ANSWERS_MOST = 100


@bp.get("/desk/boxes/<slug>/slips")
@audience(Audience.DESK, *ROLES)
def slips_page(slug: str) -> str:
    """How many to print, and what was printed before."""
    return _slips_page(_kept(slug), SlipsForm(data={"count": "60"}))


@bp.post("/desk/boxes/<slug>/slips")
@audience(Audience.DESK, *ROLES)
def print_slips(slug: str) -> Answer:
    """Codes are made, committed, printed into this one answer, and nowhere afterwards. What cannot be printed takes its series along."""
    form = SlipsForm(request.form)
    _kept(slug)
    try:
        with unit_of_work(db.session) as session:
            box = at_hand(slug, lock=True)
            series, fresh = service.new_series(session, current_actor(), now(), runtime().keyring, box, form.count.data or "")
            context, number = sheets.slips_of(series, fresh), series.number
    except (Invalid, Conflict) as fault:
        return _slips_page(_kept(slug), refused(form, fault)), status_of(fault)
    try:
        return _printed(at_hand(slug), context, number)
    except Exception:
        _cancel(slug, number)
        raise


@bp.post("/desk/boxes/<slug>/slips/<int:number>/cancel")
@audience(Audience.DESK, *ROLES)
def cancel(slug: str, number: int) -> Answer:
    """Codes of the series that are not a case's yet hold no more."""
    _kept(slug)
    try:
        _cancel(slug, number)
    except Conflict as fault:
        return _slips_page(_kept(slug), refused(SlipsForm(), fault)), 409
    return redirect(url_for("boxes_desk.show", slug=slug, done="cancelled"), 303)


@bp.get("/desk/boxes/<slug>/poster")
@audience(Audience.DESK, *ROLES)
def poster(slug: str) -> str:
    """One sheet of A4 for the wall, on the screen."""
    box = at_hand(slug)
    hint = _("Print it on A4, without margins and with background colours")
    pdf = url_for("boxes_desk.poster_pdf", slug=slug)
    back = url_for("boxes_desk.show", slug=slug)
    return sheets.as_page(box, POSTER, _("Poster of the box"), sheets.poster_of(box), back=back, hint=hint, pdf_url=pdf)


@bp.get("/desk/boxes/<slug>/poster.pdf")
@audience(Audience.DESK, *ROLES)
def poster_pdf(slug: str) -> Response:
    """The same as PDF; not found where this server makes none."""
    box = at_hand(slug)
    if not can_make_pdf():
        raise NotFound
    return sheets.as_pdf(box, POSTER, _name(box), sheets.poster_of(box, embedded=True), f"{box.slug}-poster.pdf")


@bp.get("/desk/boxes/<slug>/notice")
@audience(Audience.DESK, *ROLES)
def notice(slug: str) -> str:
    """What was published since the last posting, to be printed; below it the form that says it hangs."""
    box, moment = at_hand(slug), now()
    until = _told(box, moment)["until"]
    form = PostingForm(data={"posted_on": format_date(office_day(moment), "th"), "until": until.isoformat()})
    return _notice_page(box, form, until)


@bp.get("/desk/boxes/<slug>/notice.pdf")
@audience(Audience.DESK, *ROLES)
def notice_pdf(slug: str) -> Response:
    """The same as PDF, up to ``?until=``."""
    box = at_hand(slug)
    if not can_make_pdf():
        raise NotFound
    return sheets.as_pdf(box, NOTICE, _name(box), _told(box, _moment(request.args.get("until")) or now()), f"{box.slug}-answers.pdf")


@bp.post("/desk/boxes/<slug>/notice")
@audience(Audience.DESK, *ROLES)
def posted(slug: str) -> Answer:
    """The sheet hangs at the box."""
    form = PostingForm(request.form)
    until = _moment(form.until.data)
    if not can_record(current_actor(), at_hand(slug)):
        raise NotFound
    try:
        picture = photo()
        with unit_of_work(db.session) as session:
            service.record_posting(session, current_actor(), now(), at_hand(slug, lock=True), form.posted_on.data or "", until, picture)
    except (Invalid, Conflict) as fault:
        return _notice_page(at_hand(slug), refused(form, fault), until or now()), status_of(fault)
    return redirect(url_for("boxes_desk.show", slug=slug, done="posted"), 303)


def _kept(slug: str) -> Box:
    box = at_hand(slug)
    if not can_keep(current_actor(), box.agency_id):
        raise NotFound
    return box


def _cancel(slug: str, number: int) -> None:
    with unit_of_work(db.session) as session:
        box = at_hand(slug, lock=True)
        series = slips.series_by_number(session, box, number, lock=True) if number <= SERIES_MOST else None
        if series is None:
            raise NotFound
        service.cancel_series(session, current_actor(), now(), box, series)


def _printed(box: Box, context: dict[str, Any], number: int) -> Response:
    title = _("Slips of series %(series)s", series=series_code(number))
    if can_make_pdf():
        return sheets.slips_as_pdf(box, title, context, f"{box.slug}-slips-{number}.pdf")
    hint = _("Print it now, on A4 and without margins: this page cannot be opened again, for nobody keeps the codes")
    response = make_response(sheets.as_page(box, SLIPS, title, context, back=url_for("boxes_desk.slips_page", slug=box.slug), hint=hint))
    response.headers["Cache-Control"] = "no-store"
    return response


def _slips_page(box: Box, form: SlipsForm) -> str:
    return render_template(
        "boxes_desk/slips.html",
        box=box,
        form=form,
        series=slips.series_of(db.session, box),
        series_code=series_code,
        most=SLIPS_MOST,
        makes_pdf=can_make_pdf(),
        today=office_day(now()),
        noindex=True,
    )


def _notice_page(box: Box, form: PostingForm, until: datetime) -> str:
    return sheets.as_page(
        box,
        NOTICE,
        _("Sheet of answers for the box"),
        {**_told(box, until), "form": form, "posting": can_record(current_actor(), box) and box.hangs},
        back=url_for("boxes_desk.show", slug=box.slug),
        hint=_("Print it, hang it at the box, then say below that it hangs there"),
        pdf_url=url_for("boxes_desk.notice_pdf", slug=box.slug, until=until.isoformat()),
    )


def _told(box: Box, until: datetime) -> dict[str, Any]:
    """The oldest first; where there are more than one sheet holds, it ends with the last of them and says until when it tells."""
    since = service.covers_since(db.session, box)
    oldest = openings.published(box, since, until).order_by(PublicCase.published_at, PublicCase.case_id).limit(ANSWERS_MOST)
    cases = db.session.scalars(oldest).unique().all()
    if len(cases) == ANSWERS_MOST and cases[-1].published_at is not None:
        until = cases[-1].published_at
    return {"own": sheets.own_door(box), "cases": cases, "since": since, "until": until}


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _name(box: Box) -> str:
    return pick(language(), box.name_th, box.name_en)

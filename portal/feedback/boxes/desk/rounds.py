"""Recording an opening, and putting one right."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.db import unit_of_work
from portal.feedback.boxes import service
from portal.feedback.boxes.desk.blueprint import ROLES, at_hand, bp, photo
from portal.feedback.boxes.desk.refusing import refused, status_of
from portal.feedback.boxes.forms import CorrectionForm, OpeningForm, TakeBackForm
from portal.feedback.boxes.models import Box, BoxKeyHolder, BoxOpening
from portal.feedback.boxes.policy import can_keep, can_record
from portal.feedback.boxes.queries import boxes, openings
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.thai_calendar import BANGKOK, format_date, office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language

Answer = Response | str | tuple[str, int]
_MOST = 10**6


@bp.get("/desk/boxes/<slug>/openings/new")
@audience(Audience.DESK, *ROLES)
def new_opening(slug: str) -> str:
    """An empty record of today."""
    box, moment = _recorded(slug), now()
    today = {"day": format_date(office_day(moment), "th"), "time": moment.astimezone(BANGKOK).strftime("%H:%M")}
    return _page(box, OpeningForm(data=today))


@bp.post("/desk/boxes/<slug>/openings/new")
@audience(Audience.DESK, *ROLES)
def record(slug: str) -> Answer:
    """Keep one round; its slips wait to be typed."""
    form = OpeningForm(request.form)
    _recorded(slug)  # before the picture is looked at
    try:
        picture = photo()
        with unit_of_work(db.session) as session:
            box = at_hand(slug, lock=True)
            opening = service.record_opening(session, current_actor(), now(), box, form.entry(), picture)
            number, slips = opening.number, opening.slips
    except (Invalid, Conflict) as fault:
        return _page(_recorded(slug), refused(form, fault)), status_of(fault)
    return redirect(url_for("boxes_desk.opening", slug=slug, number=number, done="opened" if slips else "empty"), 303)


@bp.get("/desk/boxes/<slug>/openings/<int:number>")
@audience(Audience.DESK, *ROLES)
def opening(slug: str, number: int) -> str:
    """One opening, with hidden names, and the way to its slips."""
    box = at_hand(slug)
    return _opening_page(box, _opening(box, number))


@bp.post("/desk/boxes/<slug>/openings/<int:number>/correct")
@audience(Audience.DESK, *ROLES)
def correct(slug: str, number: int) -> Answer:
    """The count was another."""
    form = CorrectionForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            box = at_hand(slug, lock=True)
            found = _opening(box, number, lock=True)
            service.correct_count(session, current_actor(), now(), box, found, form.slips.data or "", form.reason.data or "")
    except (Invalid, Conflict) as fault:
        box = at_hand(slug)
        return _opening_page(box, _opening(box, number), correction=refused(form, fault)), status_of(fault)
    return redirect(url_for("boxes_desk.show", slug=slug, done="corrected"), 303)


@bp.post("/desk/boxes/<slug>/openings/<int:number>/take-back")
@audience(Audience.DESK, *ROLES)
def take_back(slug: str, number: int) -> Answer:
    """It never was."""
    form = TakeBackForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            box = at_hand(slug, lock=True)
            service.take_back(session, current_actor(), now(), box, _opening(box, number, lock=True), form.reason.data or "")
    except (Invalid, Conflict) as fault:
        box = at_hand(slug)
        return _opening_page(box, _opening(box, number), gone=refused(form, fault)), status_of(fault)
    return redirect(url_for("boxes_desk.show", slug=slug, done="taken_back"), 303)


def _recorded(slug: str) -> Box:
    box = at_hand(slug)
    if not can_record(current_actor(), box):
        raise NotFound
    return box


def _opening(box: Box, number: int, *, lock: bool = False) -> BoxOpening:
    found = openings.by_number(db.session, box, number, lock=lock) if number < _MOST else None
    if found is None:
        raise NotFound
    return found


def _page(box: Box, form: OpeningForm) -> str:
    holders = boxes.key_holders(db.session, box)
    form.openers.choices = [SelectChoice(str(holder.number), _name(holder)) for holder in holders]
    return render_template(
        "boxes_desk/opening_new.html", box=box, form=form, standing=boxes.standing(db.session, box, office_day(now())), noindex=True
    )


def _name(holder: BoxKeyHolder) -> str:
    person = pick(language(), holder.named.name_th, holder.named.name_en) if holder.named else ""
    return " · ".join(part for part in (person, pick(language(), holder.position_th, holder.position_en)) if part)


def _opening_page(box: Box, found: BoxOpening, correction: CorrectionForm | None = None, gone: TakeBackForm | None = None) -> str:
    return render_template(
        "boxes_desk/opening.html",
        box=box,
        opening=found,
        became=openings.became(db.session, [found])[found.id],
        keeps=can_keep(current_actor(), box.agency_id),
        correction=correction or CorrectionForm(),
        gone=gone or TakeBackForm(),
        form=correction or gone,
        refused="correction" if correction else "gone" if gone else "",
        done=request.args.get("done", ""),
        noindex=True,
    )

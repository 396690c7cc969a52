"""Setting up, changing, taking down; keys given and given back."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.db import unit_of_work
from portal.feedback.boxes import service
from portal.feedback.boxes.desk.blueprint import ROLES, at_hand, bp, keeps, photo
from portal.feedback.boxes.desk.listing import page
from portal.feedback.boxes.desk.refusing import refused, status_of
from portal.feedback.boxes.forms import BoxForm, HolderForm, KeyBackForm, TakeDownForm
from portal.feedback.boxes.models import Box
from portal.feedback.boxes.policy import can_keep
from portal.kernel import places
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import format_date, office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language

Answer = Response | str | tuple[str, int]


@bp.get("/desk/boxes/new")
@audience(Audience.DESK, *ROLES)
def new() -> Answer:
    """An empty entry (``?agency=``), hung today."""
    if not keeps():
        raise NotFound
    return _page(BoxForm(data={"agency": request.args.get("agency"), "set_up_on": format_date(office_day(now()), "th")}), None)


@bp.post("/desk/boxes/new")
@audience(Audience.DESK, *ROLES)
def add() -> Answer:
    """Hang a box."""
    form = BoxForm(request.form)
    if not keeps():
        raise NotFound
    try:
        picture = photo()
        with unit_of_work(db.session) as session:
            agency = next((one for one in keeps() if one.slug == form.agency.data), None)
            if agency is None:
                raise Invalid({"agency": [Message(N_("Choose an agency from the list"))]})
            box = service.add_box(session, current_actor(), now(), agency, form.entry(), picture)
            slug = box.slug
    except (Invalid, Conflict) as fault:
        return _page(refused(form, fault), None), status_of(fault)
    return _back(slug, "set_up")


@bp.get("/desk/boxes/<slug>/edit")
@audience(Audience.DESK, *ROLES)
def edit_page(slug: str) -> Answer:
    """The entry, to be changed."""
    box = _kept(slug)
    return _page(BoxForm(data=_as_typed(box)), box)


@bp.post("/desk/boxes/<slug>/edit")
@audience(Audience.DESK, *ROLES)
def edit(slug: str) -> Answer:
    """Change it."""
    form = BoxForm(request.form)
    _kept(slug)  # before the picture is looked at
    try:
        picture = photo()
        with unit_of_work(db.session) as session:
            service.edit_box(session, current_actor(), now(), at_hand(slug, lock=True), form.entry(), form.seen, picture)
    except (Invalid, Conflict) as fault:
        return _page(refused(form, fault), _kept(slug)), status_of(fault)
    return _back(slug, "edited")


@bp.get("/desk/boxes/<slug>/take-down")
@audience(Audience.DESK, *ROLES)
def take_down_page(slug: str) -> Answer:
    """Its last day, and why."""
    return _take_down_page(TakeDownForm(data={"taken_down_on": format_date(office_day(now()), "th")}), _kept(slug))


@bp.post("/desk/boxes/<slug>/take-down")
@audience(Audience.DESK, *ROLES)
def take_down(slug: str) -> Answer:
    """Take it down for good."""
    form = TakeDownForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            day, reason = form.taken_down_on.data or "", form.reason.data or ""
            service.take_down(session, current_actor(), now(), at_hand(slug, lock=True), day, reason, form.seen)
    except (Invalid, Conflict) as fault:
        return _take_down_page(refused(form, fault), _kept(slug)), status_of(fault)
    return _back(slug, "taken_down")


@bp.post("/desk/boxes/<slug>/keys")
@audience(Audience.DESK, *ROLES)
def give_key(slug: str) -> Answer:
    """Somebody holds a key."""
    form = HolderForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            service.add_holder(session, current_actor(), now(), at_hand(slug, lock=True), form.entry())
    except (Invalid, Conflict) as fault:
        return page(at_hand(slug), holder=refused(form, fault)), status_of(fault)
    return _back(slug, "key_given")


@bp.post("/desk/boxes/<slug>/keys/<int:number>/back")
@audience(Audience.DESK, *ROLES)
def return_key(slug: str, number: int) -> Answer:
    """Somebody gave it back."""
    form = KeyBackForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            service.end_holder(session, current_actor(), now(), at_hand(slug, lock=True), number, form.until_on.data or "")
    except (Invalid, Conflict) as fault:
        return page(at_hand(slug), back=(number, refused(form, fault))), status_of(fault)
    return _back(slug, "key_returned")


def _kept(slug: str) -> Box:
    box = at_hand(slug)
    if not can_keep(current_actor(), box.agency_id):
        raise NotFound
    return box


def _back(slug: str, done: str) -> Response:
    return redirect(url_for("boxes_desk.show", slug=slug, done=done), 303)


def _as_typed(box: Box) -> dict[str, str]:
    area = places.by_code(box.area)
    return {
        **{name: getattr(box, name) for name in ("name_th", "name_en", "place_th", "place_en")},
        "area": area.whole_th if area else "",
        "point": f"{box.lat}, {box.lon}" if box.lat is not None else "",
        "rhythm_days": str(box.rhythm_days),
        "set_up_on": format_date(box.set_up_on, "th"),
    }


def _page(form: BoxForm, box: Box | None) -> str:
    form.agency.choices = [SelectChoice(one.slug, pick(language(), one.name_th, one.name_en)) for one in keeps()]
    return render_template("boxes_desk/box.html", form=form, box=box, noindex=True)


def _take_down_page(form: TakeDownForm, box: Box) -> str:
    return render_template("boxes_desk/take_down.html", form=form, box=box, noindex=True)

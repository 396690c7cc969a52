"""The office calendar of a year: the law's days, and those that the agency or the portal lays over them."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice

from portal.agencies.calendar import add_holiday, remove_holiday
from portal.agencies.office_year import office_year
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BUDDHIST_OFFSET, office_day
from portal.kernel.written_day import read_day, read_year
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm

Answer = Response | str | tuple[str, int]
DONE = {"added": N_("The day stands in the calendar"), "removed": N_("The day is out of the calendar")}
CLOSED, OPEN = "closed", "open"


def _kinds() -> list[SelectChoice]:
    closed, working = _("The office is closed"), _("The office works, though the table has it as a holiday")
    return [SelectChoice(value=CLOSED, label=closed), SelectChoice(value=OPEN, label=working)]


class DayForm(PortalForm):
    """A day that is laid over the law's."""

    day = StringField(N_("Day"))
    name_th = StringField(N_("Name in Thai"))
    name_en = StringField(N_("Name in English (may be empty)"))
    kind = RadioField(N_("On this day"), choices=_kinds, default=CLOSED, validate_choice=False)


@bp.get("/desk/admin/calendar")
@audience(Audience.DESK, *ADMINISTRATORS)
def calendar() -> str:
    """One year (``?year=``, B.E.); a common year is read as one and said so."""
    return _page(whose(), DayForm())


@bp.post("/desk/admin/calendar")
@audience(Audience.DESK, *ADMINISTRATORS)
def add_day() -> Answer:
    """Lay a day over the law's."""
    form = DayForm(request.form)
    day = read_day(form.day.data or "")
    try:
        if day is None:
            raise Invalid({"day": [Message(N_("Write a day, for example 5/12/2570 or 5 ธันวาคม 2570"))]})
        with unit_of_work(db.session) as session:
            names = form.name_th.data or "", form.name_en.data or ""
            add_holiday(session, current_actor(), now(), whose().agency, day, *names, is_closed=form.kind.data != OPEN)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(), form), 422
    return _back("added", day.year + BUDDHIST_OFFSET)


@bp.post("/desk/admin/calendar/remove")
@audience(Audience.DESK, *ADMINISTRATORS)
def remove_day() -> Answer:
    """Take a day out that was entered here; pressed twice it is out all the same."""
    day = read_day(request.form.get("day", ""))
    if day is not None:
        with unit_of_work(db.session) as session:
            remove_holiday(session, current_actor(), now(), whose().agency, day)
    return _back("removed", day.year + BUDDHIST_OFFSET if day else None)


def _back(done: str, year: int | None) -> Response:
    return redirect(url_for("admin.calendar", agency=whose().slug, year=year, done=done), 303)


def _page(chosen: Whose, form: DayForm) -> str:
    asked, this = request.args.get("year", ""), office_day(now()).year + BUDDHIST_OFFSET
    year = read_year(asked) or this
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "desk/admin/calendar.html",
        whose=chosen,
        form=form,
        year=year,
        read_as=asked if read_year(asked) and str(year) != asked else "",
        days=office_year(db.session, chosen.agency_id, year),
        open_cases=_open_cases(db.session, chosen),
        done=_(done) if done else "",
        noindex=True,
    )


def _open_cases(session: Session, chosen: Whose) -> int:
    """Whose due day stays where it is; guarded cases are in no count."""
    counted = select(func.count()).select_from(Case).where(Case.is_open, Case.guarded.is_(False))
    return session.scalar(counted if chosen.agency_id is None else counted.where(Case.agency_id == chosen.agency_id)) or 0

"""Step five: the office calendar."""

from datetime import date

from flask import redirect, request, url_for
from flask_babel import gettext as _

from portal.kernel.written_day import read_day
from portal.setup.access import Entry, entry
from portal.setup.forms import CalendarForm
from portal.setup.rules import Step
from portal.setup.service.calendar import add_day, days_ahead, save_calendar
from portal.setup.views.blueprint import bp
from portal.setup.views.page import Answer, go_on, passed, save, show, status_of
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db

MOST_DAYS = 200


@bp.get("/setup/calendar")
@audience(Audience.CITIZEN)
def calendar() -> Answer:
    """The days that the portal knows, to be confirmed."""
    found = entry(Step.CALENDAR)
    return _page(found, CalendarForm())


@bp.post("/setup/calendar")
@audience(Audience.CITIZEN)
def calendar_sent() -> Answer:
    """Confirm what is ticked; a day that was written down is added, and one stays to add more."""
    found, form = entry(Step.CALENDAR), CalendarForm(request.form)
    if answer := passed(Step.CALENDAR, found.hand):
        return answer
    shown, closed = _days("shown"), _days("closed")
    written = form.day.data or form.name_th.data
    day = read_day(form.day.data or "") if written else None
    if form.validate() and written and day is None:
        form.day.errors = [_("Write the day as day, month and year, for example 13/4/2570")]
    if not form.errors and save(form, lambda: save_calendar(db.session, now(), found.hand, shown, closed)):
        if day is None:
            return go_on(Step.CALENDAR)
        if save(form, lambda: add_day(db.session, now(), found.hand, day, form.name_th.data or "")):
            return redirect(url_for("setup.calendar", added="yes"), 303)
    return _page(found, form, status_of(form), closed if shown else None)


def _page(found: Entry, form: CalendarForm, status: int = 200, typed: set[date] | None = None) -> Answer:
    """The days as they are, or with the ticks as they were sent."""
    years = days_ahead(db.session, found.agency, now())
    closed = {one.day for days in years.values() for one in days if one.is_closed}
    return show(Step.CALENDAR, found, form, status, years=years, ticked=closed if typed is None else typed, added="added" in request.args)


def _days(name: str) -> set[date]:
    texts = request.form.getlist(name)[:MOST_DAYS]
    return {day for text in texts if (day := read_day(text))}

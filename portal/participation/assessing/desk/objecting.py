"""One objection, and the answer to it."""

from flask import redirect, render_template, request, url_for

from portal.agencies.models import Agency
from portal.casework import queries as cases
from portal.casework.closed_reading import reading
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.thai_calendar import office_day
from portal.participation.assessing import queries as waiting
from portal.participation.assessing.desk.blueprint import OF_YEAR, READERS, Answer, agency_at_hand, bp, near
from portal.participation.assessing.desk.year import check_words
from portal.participation.assessing.queries import Part
from portal.participation.objections import queries
from portal.participation.objections.forms import AnswerForm
from portal.participation.objections.models import Objection
from portal.participation.objections.service import answer
from portal.participation.scales import scales_for
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime

ADDRESS = f"{OF_YEAR}/objections/<int(max=100000):number>"


@bp.get(ADDRESS)
@audience(Audience.DESK, *READERS)
def objection(slug: str, year: int, number: int) -> str:
    """The words of both sides, without the sender, and the form."""
    agency = agency_at_hand(slug)
    return _page(agency, _objection(agency, year, number), AnswerForm())


@bp.post(ADDRESS)
@audience(Audience.DESK, *READERS)
def answer_objection(slug: str, year: int, number: int) -> Answer:
    """Answer it in public; then on to the next one that waits."""
    form, agency = AnswerForm(request.form), agency_at_hand(slug)
    try:
        with unit_of_work(db.session) as session:
            row = _objection(agency, year, number)
            cases.by_number(session, row.case.number, lock=True)
            answer(session, current_actor(), now(), row, form.text("outcome"), form.text("reason"), row_version=form.version)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(agency_at_hand(slug), _objection(agency, year, number), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(agency_at_hand(slug), _objection(agency, year, number), form), 409
    return redirect(_next(), 303)


def _next() -> str:
    made = waiting.listed(Part.OBJECTIONS, near()).order_by(Objection.made_at, Objection.id).limit(1)
    row = db.session.scalars(made).first()
    if row is None:
        return url_for("assessing.index", part=Part.OBJECTIONS.value, done="answered")
    return url_for("assessing.objection", slug=row.agency.slug, year=row.fiscal_year, number=row.number, done="answered")


def _objection(agency: Agency, year: int, number: int) -> Objection:
    found = queries.by_number(db.session, agency.id, year, number)
    if found is None:
        raise NotFound
    return found


def _page(agency: Agency, row: Objection, form: AnswerForm) -> str:
    return render_template(
        "participation/objection.html",
        agency=agency,
        row=row,
        case=row.case,
        reading=reading(db.session, runtime().keyring, row.case),
        words_of=check_words(scales_for(row.fiscal_year, agency.kind)),
        form=form,
        today=office_day(now()),
        noindex=True,
    )

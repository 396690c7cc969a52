"""The governor's pages: the province in figures, the cases of those who have joined, and one of them."""

import re

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, true
from werkzeug.wrappers import Response

from portal.agencies.joining.policy import DECIDERS
from portal.agencies.joining.queries import joinings_of
from portal.agencies.options import value_of
from portal.casework.closed_reading import reading
from portal.casework.closed_words import closing
from portal.casework.desk.due import due_of
from portal.casework.governed import governed, governed_case
from portal.casework.models import Case
from portal.casework.options import RATE_LEAST
from portal.casework.rules import Status
from portal.figures.province.reading import province_year
from portal.figures.province.whose import governed_by_me, one_of
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime

bp = Blueprint("province_desk", __name__)
Answer = Response | str
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")
#: Parts of the list, with what they are called.
PARTS = {"open": N_("All open"), "overdue": N_("Overdue"), "contested": N_("Contested"), "all": N_("Everything since they joined")}


@bp.get("/desk/province")
@audience(Audience.DESK, *DECIDERS)
def index() -> Answer:
    """``?province=`` one that one governs; ``?agency=`` and ``?part=`` narrow the cases. Who governs none is led to joining."""
    provinces = governed_by_me()
    if not provinces:
        return redirect(url_for("joining_desk.index"), 303)
    moment, province = now(), one_of(provinces, request.args.get("province", ""))
    joined = [row.agency for row in joinings_of(db.session, province.id) if row.left_at is None and not row.agency.is_closed]
    chosen = next((one for one in joined if one.slug == request.args.get("agency")), None)
    part = request.args.get("part", "")
    part = part if part in PARTS else "open"
    query = governed([province.id], [chosen.id] if chosen else None).where(_part(part))
    page = paginate(db.session, query, [(Case.due_on, "asc"), (Case.id, "asc")], per_page(), request.args.get("cursor"))
    return render_template(
        "province/desk_index.html",
        province=province,
        provinces=provinces,
        year=province_year(db.session, province, fiscal_year(moment), moment),
        joined=joined,
        chosen=chosen,
        part=part,
        parts=PARTS,
        rows=[(case, closing(runtime().keyring, case)(case.subject), _days(case)) for case in page.items],
        next_url=next_url(page),
        rate_least=value_of(db.session, RATE_LEAST),
        noindex=True,
    )


@bp.get("/desk/province/cases/<number>")
@audience(Audience.DESK, *DECIDERS)
def show(number: str) -> str:
    """The words of both sides, closed where they tell who the sender is."""
    case = _case(number)
    read = reading(db.session, runtime().keyring, case)
    return render_template("province/desk_case.html", case=case, reading=read, days=_days(case), noindex=True)


def _part(part: str) -> ColumnElement[bool]:
    parts: dict[str, ColumnElement[bool]] = {
        "open": Case.is_open.is_(True),
        "overdue": Case.is_open & (Case.due_on < office_day(now())),
        "contested": Case.status == Status.CONTESTED,
        "all": true(),
    }
    return parts[part]


def _days(case: Case) -> str:
    """How the clock stands, in words; empty where the case is over."""
    return say(due_of(case, office_day(now())).words) if case.is_open else ""


def _case(number: str) -> Case:
    """The case, if one of the provinces that one governs reads it along; raises ``NotFound``."""
    mine = [one.id for one in governed_by_me()]
    found = governed_case(db.session, mine, number) if mine and _NUMBER.fullmatch(number) else None
    if found is None:
        raise NotFound
    return found

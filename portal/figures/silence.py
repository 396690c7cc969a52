"""The register of silence (ทะเบียนความเงียบ): everything that is overdue, the longest first; a page, a feed, a file."""

import csv
import io
from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, render_template, request
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework.figures import Figure, figures, list_behind_figure
from portal.casework.models import Case
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, office_day
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.page_cache import public_page

bp = Blueprint("silence", __name__)
SECONDS = 60
LONGEST_FIRST: Sequence[Key] = [(Case.due_on, "asc"), (Case.id, "asc")]
#: Of more the file has the longest; the page has them all.
FILE_MOST = 10_000
HEAD = ("case_number", "kind", "agency", "unit", "month_received", "status", "due_on", "days_overdue")


@bp.get("/silence")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def index() -> str:
    """``?agency=`` narrows it to one and those below it."""
    agency, moment = _agency(), now()
    page = paginate(db.session, overdue(agency), LONGEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "figures/silence.html",
        agency=agency,
        agencies=agencies.addressable(db.session),
        count=figures(db.session, _ids(agency), fiscal_year(moment), moment).overdue,
        silent=page.items,
        today=office_day(moment),
        next_url=next_url(page),
        noindex=bool(agency and agency.is_sample) or any(case.is_sample for case in page.items),
    )


@bp.get("/silence.csv")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def as_csv() -> Response:
    """The same as lines, at most ten thousand of them."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(_lines(_agency()))
    return Response("\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8")


def overdue(agency: Agency | None) -> Select[Case]:
    """To be ordered by due day; agency and unit loaded."""
    moment = now()
    query = list_behind_figure(Figure.OVERDUE, _ids(agency), fiscal_year(moment), moment)
    return query.options(joinedload(Case.agency), joinedload(Case.unit))


def _lines(agency: Agency | None) -> Iterator[tuple[object, ...]]:
    today = office_day(now())
    for case in db.session.scalars(overdue(agency).order_by(Case.due_on, Case.id).limit(FILE_MOST)):
        month = f"{case.received_at.astimezone(BANGKOK):%Y-%m}"
        unit = case.unit.slug if case.unit else ""
        late = (today - case.due_on).days
        yield case.number, case.kind.value, case.agency.slug, unit, month, case.status.value, case.due_on.isoformat(), late


def _agency() -> Agency | None:
    slug = request.args.get("agency", "").strip()
    found = agencies.by_slug(db.session, slug) if slug else None
    if slug and (found is None or found.level not in ADDRESSABLE):
        raise NotFound
    return found


def _ids(agency: Agency | None) -> list[int] | None:
    return sorted(agencies.subtree_ids(db.session, [agency.id])) if agency else None

"""The front page: what this is for, two ways, the latest answers and reports, live figures."""

from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.home import home_agency
from portal.agencies.options import value_of
from portal.casework.figures import Figure, Figures, figures
from portal.casework.models import PublicCase
from portal.casework.options import RATE_LEAST
from portal.casework.queries import public_list
from portal.disclosures import queries as disclosures
from portal.kernel.thai_calendar import fiscal_year
from portal.participation.corners import of_agency
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.page_cache import public_page

bp = Blueprint("site", __name__)
LATEST = 3


@bp.get("/")
@audience(Audience.PUBLIC)
@public_page(seconds=20)
def home() -> str:
    """Live figures are at most twenty seconds old. A portal without any agency says how it is set up."""
    if home_agency() is None and not agencies.exists(db.session):
        return render_template("site/empty.html", noindex=True)
    moment = now()
    year = fiscal_year(moment)
    counted = figures(db.session, None, year, moment)
    return render_template(
        "site/home.html",
        year=year,
        figures=_shown(counted, year),
        overdue=counted.overdue,
        overdue_url=url_for("cases.index", list=Figure.OVERDUE.value),
        ladders=of_agency(whose) if (whose := home_agency()) else "",
        answers=_latest_answers(db.session),
        pages=disclosures.latest_published(db.session, LATEST, language=language()),
        pages_total=disclosures.count_published(db.session),
    )


def _latest_answers(session: Session) -> Sequence[PublicCase]:
    newest = public_list().order_by(PublicCase.published_at.desc(), PublicCase.case_id.desc())
    return session.scalars(newest.limit(LATEST)).all()


def _shown(counted: Figures, year: int) -> list[dict[str, object]]:
    """Four figures, each with the list that makes it."""

    def behind(figure: Figure) -> str:
        return url_for("cases.index", list=figure.value, year=year)

    median = counted.median_days
    return [
        _figure(counted.received, _("Cases received"), _("in fiscal year %(year)s so far", year=year), behind(Figure.RECEIVED)),
        _figure(counted.answered, _("Cases answered"), _("of %(count)s received", count=counted.received), behind(Figure.ANSWERED)),
        _in_time(counted, behind(Figure.IN_TIME)),
        _figure("–" if median is None else median, _("Time to answer, median"), _("half were answered sooner"), behind(Figure.ANSWERED))
        | {"unit": "" if median is None else _("days")},
    ]


def _in_time(counted: Figures, href: str) -> dict[str, object]:
    """The share in time; under a number of cases that is set a rate says too little, so the counts stand alone."""
    judged, share = counted.in_time + counted.late, counted.in_time_share
    figure = _figure(counted.in_time, _("Answered in time"), _("of %(count)s that were due", count=judged), href)
    return figure if share is None or judged < value_of(db.session, RATE_LEAST) else figure | {"number": round(100 * share, 1), "unit": "%"}


def _figure(number: float | str, label: str, note: str, href: str) -> dict[str, object]:
    return {"number": number, "label": label, "note": note, "href": href}

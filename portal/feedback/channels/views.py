"""Public pages of an agency's channels: the list with what each brought, and each channel by itself."""

import re

from flask import Blueprint, Response, render_template, request, url_for

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework.figures import Figure, figures
from portal.casework.rules import Channel
from portal.feedback.channels import queries
from portal.feedback.channels.models import AgencyChannel
from portal.feedback.channels.rules import link_of, state_on
from portal.files.serving import send_stored
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.kernel.thai_text import fold_digits, pick
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("channels", __name__)
_YEAR = re.compile(r"2[45][0-9]{2}")
#: How many fiscal years the page offers.
YEARS = 3


@bp.get("/agencies/<slug>/channels")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def index(slug: str) -> str:
    """Every channel of the agency with its figures of ``?year=`` (B.E.); four queries for them, however many there are."""
    agency, moment, year = _agency(slug), now(), _year()
    return render_template(
        "channels/index.html",
        agency=agency,
        rows=queries.counted(db.session, agency.id, year, moment),
        year=year,
        years=_years(),
        today=office_day(moment),
        state_on=state_on,
        link_of=link_of,
        noindex=agency.is_sample,
    )


@bp.get("/agencies/<slug>/channels/<code>")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def show(slug: str, code: str) -> str:
    """One channel: how to reach it, who collects, what came and became of it. Of one that is not described, the figures alone."""
    agency, moment, year = _agency(slug), now(), _year()
    entry = queries.by_code(db.session, agency.id, code)
    if code not in list(Channel):
        raise NotFound
    channel = Channel(code)
    counted = figures(db.session, [agency.id], year, moment, channel)
    if entry is None and not (counted.received or counted.overdue):
        raise NotFound
    return render_template(
        "channels/show.html",
        agency=agency,
        channel=channel,
        entry=entry,
        counted=counted,
        lists={figure.value: _list(agency, channel, figure, year) for figure in Figure},
        year=year,
        years=_years(),
        state=state_on(office_day(moment), entry.open_from, entry.open_until) if entry else None,
        link=link_of(entry.address) if entry else None,
        stamp=_stamp(agency, entry),
        noindex=agency.is_sample,
    )


@bp.get("/agencies/<slug>/channels/<code>/appointment")
@audience(Audience.PUBLIC)
def appointment(slug: str, code: str) -> Response:
    """The document that appoints the collector."""
    entry = queries.by_code(db.session, _agency(slug).id, code)
    if entry is None or entry.appointment_file is None:
        raise NotFound
    return send_stored(runtime().store, entry.appointment_file, public=True)


@bp.app_template_global("line_account_of")
def line_account_of(agency: Agency) -> str | None:
    """For the contacts on an agency's page, whose room knows no channels."""
    return queries.line_account_of(db.session, agency.id, office_day(now()))


def _agency(slug: str) -> Agency:
    agency = agencies.by_slug(db.session, slug)
    if agency is None or agency.level not in ADDRESSABLE:
        raise NotFound
    return agency


def _year() -> int:
    """Raises ``NotFound`` for what is no year: a wrong filter must not pass for an answer."""
    typed = fold_digits(request.args.get("year", "")).strip()
    if typed and not _YEAR.fullmatch(typed):
        raise NotFound
    return int(typed) if typed else fiscal_year(now())


def _years() -> list[int]:
    this = fiscal_year(now())
    return [this - back for back in range(YEARS)]


def _list(agency: Agency, channel: Channel, figure: Figure, year: int) -> str:
    return url_for("cases.index", list=figure.value, agency=agency.slug, channel=channel.value, year=year)


def _stamp(agency: Agency, entry: AgencyChannel | None) -> dict[str, object]:
    """Who answers for the channel: its collector, else the agency."""
    name = pick(language(), agency.name_th, agency.name_en)
    if entry is None:
        return {"responsible": name, "unit": None, "updated_at": agency.updated_at}
    person = entry.named_collector
    position = pick(language(), entry.collector_position_th, entry.collector_position_en)
    responsible = pick(language(), person.name_th, person.name_en) if person else position
    return {"responsible": responsible or name, "unit": name if responsible else None, "updated_at": entry.updated_at}

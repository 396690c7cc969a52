"""The blueprint of these pages, and what all of them ask of an address."""

import re

from flask import Blueprint
from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year, fiscal_year_bounds
from portal.web.clock import now
from portal.web.database import db

bp = Blueprint("participation", __name__)
#: So long a page may tell the state of a running year that a day has changed.
SECONDS = 300
#: The year of the first scale.
FIRST_YEAR = 2549
_YEAR = re.compile(r"2[0-9]{3}")


def present_year() -> int:
    """The fiscal year (B.E.) of today."""
    return fiscal_year(now())


def year_at(text: str) -> int:
    """The fiscal year that an address names. Raises ``NotFound`` for one before the scales or in the future."""
    if not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= present_year():
        raise NotFound
    return int(text)


def agency_at(slug: str) -> Agency:
    """The agency that an address names; units have no ladder of their own."""
    found = agencies.by_slug(db.session, slug)
    if found is None or found.level not in ADDRESSABLE:
        raise NotFound
    return found


def is_running(year: int) -> bool:
    """True while the year is not over."""
    return year == present_year()


def bounds(year: int) -> dict[str, object]:
    """First and last day, for the caption."""
    first, last = fiscal_year_bounds(year)
    return {"first": first, "last": last}


def disclaimer() -> str:
    """Stands on every page, badge and file."""
    return str(_("Computed by the portal from evidence, by the criteria of OPDC of 2549/2550; not an assessment by OPDC"))

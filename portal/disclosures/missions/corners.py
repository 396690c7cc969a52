"""What stands about pages on an agency's page: each mission with its pages, or that there is none."""

from flask import render_template

from portal.agencies.models import Agency
from portal.disclosures.missions.queries import pages_of
from portal.kernel.thai_calendar import office_day
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language


def of_agency(agency: Agency) -> str:
    """The missions in their order."""
    rows = pages_of(db.session, agency.missions, language(), office_day(now()))
    return render_template("missions/of_agency.html", rows=rows)

"""The home agency of a request: whose portal this is."""

from typing import cast

from flask import g

from portal.agencies import queries
from portal.agencies.models import Agency
from portal.web.database import db
from portal.web.runtime import runtime


def home_agency() -> Agency | None:
    """Read once a request; None in a portal that has not been set up."""
    if "home_agency" not in g:
        g.home_agency = queries.home(db.session, runtime().settings.home_agency)
    return cast("Agency | None", g.home_agency)

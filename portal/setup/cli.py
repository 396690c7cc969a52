"""What ``portal init`` says about the first day."""

from portal.db import unit_of_work
from portal.setup.service import begin
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime


def way_in() -> str | None:
    """Make a new one-time token and say where to type it; None where there is nothing to set up. Inside an app context."""
    with unit_of_work(db.session) as session:
        token = begin(session, now(), runtime().keyring)
    return f"Open {runtime().settings.base_url}/setup and type: {token}   (once, within 24 hours)" if token else None

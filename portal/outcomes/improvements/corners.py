"""What stands about improvements on pages of rooms below: on the public page of a case, on its tracking page, on an agency's page."""

from flask import render_template

from portal.casework.models import Case
from portal.outcomes.improvements import queries
from portal.outcomes.improvements.rules import OVER, Helped
from portal.web.database import db


def of_public_case(case: Case) -> str:
    """The improvements that the case led to."""
    links = queries.of_case(db.session, case.id)
    return render_template("improvements/of_case.html", links=links) if links else ""


def of_tracked_case(case: Case, form_token: str) -> str:
    """The same for its sender, who is asked in the end whether it helped."""
    links = queries.of_case(db.session, case.id)
    if not links:
        return ""
    return render_template("improvements/tracked.html", links=links, over=OVER, answers=list(Helped), form_token=form_token)

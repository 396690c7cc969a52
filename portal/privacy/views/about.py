"""What everybody may ask for about their data, how, and how long things are kept; the same for all readers."""

from flask import render_template

from portal.agencies.options import value_of
from portal.privacy.rules import ErasedPart
from portal.privacy.rules.retention import PERIODS
from portal.privacy.views.blueprint import bp
from portal.web.audience import Audience, audience
from portal.web.database import db


@bp.get("/privacy")
@audience(Audience.PUBLIC)
def about() -> str:
    """Rights, ways, periods; the periods are those that are set, not those of a text."""
    # A public text whose consent was withdrawn goes at once; its period is for texts from before that was so.
    periods = [(part, value_of(db.session, option)) for part, option in PERIODS.items() if part is not ErasedPart.PUBLIC_TEXT]
    return render_template("privacy/about.html", periods=periods)

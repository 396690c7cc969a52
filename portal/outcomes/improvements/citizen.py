"""The sender says on the tracking page whether an improvement helped."""

from flask import Blueprint
from sqlalchemy.orm import Session
from wtforms import HiddenField

from portal.casework.models import Case
from portal.feedback.views.acting import Answer, Attempt, act
from portal.outcomes.improvements import service
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.forms import PortalForm

bp = Blueprint("helped", __name__)


class HelpedForm(PortalForm):
    """Three buttons."""

    helped = HiddenField()


@bp.post("/feedback/case/improvements/<slug>")
@audience(Audience.CITIZEN)
def say(slug: str) -> Answer:
    """Yes, partly, no; another answer takes the place of the first."""

    def verb(session: Session, case: Case, attempt: Attempt) -> None:
        service.say_whether_helped(session, now(), case, slug, attempt.form["helped"].data or "")

    return act("", HelpedForm, verb, "helped")

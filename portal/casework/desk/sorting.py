"""Tags on a case, and laying it by: what helps to sort and changes nothing of the case itself."""

from datetime import date, datetime

from flask import request
from sqlalchemy.orm import Session

from portal.casework.desk.blueprint import bp
from portal.casework.desk.saving import Answer, save
from portal.casework.forms import SnoozeForm, StartForm, TagForm
from portal.casework.models import Case
from portal.casework.service.door import expect
from portal.casework.snooze import service as snoozing
from portal.casework.tags import service as tagging
from portal.kernel.actor import CASE_ROLES, Actor
from portal.web.audience import Audience, audience


@bp.post("/desk/cases/<number>/tag")
@audience(Audience.DESK, *CASE_ROLES)
def tag(number: str) -> Answer:
    """Put tags on the case."""
    form = TagForm(request.form)
    return save(number, "tag", form, lambda session, actor, at, case: tagging.put_on(session, actor, at, case, form.text("tags")))


@bp.post("/desk/cases/<number>/untag")
@audience(Audience.DESK, *CASE_ROLES)
def untag(number: str) -> Answer:
    """Take one off."""
    form = StartForm(request.form)
    key = request.form.get("tag", "")
    return save(number, "untag", form, lambda session, actor, _at, case: tagging.take_off(session, actor, case, [key]))


@bp.post("/desk/cases/<number>/snooze")
@audience(Audience.DESK, *CASE_ROLES)
def snooze(number: str) -> Answer:
    """Lay it by until a day."""
    form = SnoozeForm(request.form)

    def act(session: Session, actor: Actor, at: datetime, case: Case) -> None:
        expect(session, case, form.version)
        snoozing.snooze(session, actor, at, case, day_of(form.text("until")), form.text("reason"))

    return save(number, "snooze", form, act)


@bp.post("/desk/cases/<number>/unsnooze")
@audience(Audience.DESK, *CASE_ROLES)
def unsnooze(number: str) -> Answer:
    """Take it up again before its day."""
    return save(number, "unsnooze", StartForm(request.form), snoozing.unsnooze)


def day_of(text: str) -> date | None:
    """The day that a select sent; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

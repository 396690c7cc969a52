"""The forms that move the clock of a case: pause, resume, extend."""

from flask import request

from portal.casework import service
from portal.casework.desk.blueprint import bp
from portal.casework.desk.saving import Answer, save
from portal.casework.forms import ExtendForm, PauseForm, ResumeForm
from portal.kernel.actor import CASE_ROLES, Role
from portal.web.audience import Audience, audience


@bp.post("/desk/cases/<number>/pause")
@audience(Audience.DESK, *CASE_ROLES)
def pause(number: str) -> Answer:
    """Let the clock stand still for a named reason, until a last day."""
    form = PauseForm(request.form)
    return save(
        number,
        "pause",
        form,
        lambda session, actor, at, case: service.pause(
            session, actor, at, case, form.text("reason"), form.text("until"), form.text("words"), row_version=form.version
        ),
    )


@bp.post("/desk/cases/<number>/resume")
@audience(Audience.DESK, *CASE_ROLES)
def resume(number: str) -> Answer:
    """End a pause before its last day."""
    form = ResumeForm(request.form)
    return save(number, "resume", form, lambda session, actor, at, case: service.resume(session, actor, at, case, row_version=form.version))


@bp.post("/desk/cases/<number>/extend")
@audience(Audience.DESK, Role.COORDINATOR, Role.EXECUTIVE)
def extend(number: str) -> Answer:
    """Move the due day, with a reason that the sender reads."""
    form = ExtendForm(request.form)
    return save(
        number,
        "extend",
        form,
        lambda session, actor, at, case: service.extend(
            session, actor, at, case, form.text("reason"), form.text("days"), form.text("words"), row_version=form.version
        ),
    )

"""What leaves the desk: the public text, confirmed or withdrawn; and a masked name, opened for one answer."""

from datetime import datetime

from flask import request
from sqlalchemy.orm import Session

from portal.casework import service
from portal.casework.desk.blueprint import bp
from portal.casework.desk.page import case_page
from portal.casework.desk.saving import Answer, attempt, case_at_hand, save
from portal.casework.forms import PublishForm, ReturnForm, SignForm, UnmaskForm, WithdrawPublicationForm
from portal.casework.identity import Contact
from portal.casework.models import Case, CaseEvent
from portal.casework.service.door import expect
from portal.kernel.actor import CASE_ROLES, Actor
from portal.web.audience import Audience, audience
from portal.web.runtime import runtime
from portal.web.step_up import step_up


@bp.post("/desk/cases/<number>/publish")
@audience(Audience.DESK, *CASE_ROLES)
def publish(number: str) -> Answer:
    """Confirm the redacted text, or replace the published one."""
    form = PublishForm(request.form)

    def act(session: Session, actor: Actor, at: datetime, case: Case) -> CaseEvent:
        # Words that came since are not in the text that this officer looked over.
        expect(session, case, form.version)
        return service.publish(
            session, actor, at, case, form.text("subject"), form.text("body"), form.text("answer"), accuses=bool(form.accuses.data)
        )

    return save(number, "publish", form, act)


@bp.post("/desk/cases/<number>/confirm-publication")
@audience(Audience.DESK, *CASE_ROLES)
def confirm_publication(number: str) -> Answer:
    """The second officer's yes."""
    form = SignForm(request.form)
    return save(
        number,
        "confirm_publication",
        form,
        lambda session, actor, at, case: service.confirm_publication(session, actor, at, case, row_version=form.version),
    )


@bp.post("/desk/cases/<number>/return-publication")
@audience(Audience.DESK, *CASE_ROLES)
def return_publication(number: str) -> Answer:
    """Stop the text that waits."""
    form = ReturnForm(request.form)
    return save(
        number,
        "return_publication",
        form,
        lambda session, actor, at, case: service.return_publication(session, actor, at, case, form.text("body"), row_version=form.version),
    )


@bp.post("/desk/cases/<number>/withdraw-publication")
@audience(Audience.DESK, *CASE_ROLES)
def withdraw_publication(number: str) -> Answer:
    """Take the text from the public; a tombstone with the reason stays."""
    form = WithdrawPublicationForm(request.form)
    return save(
        number,
        "withdraw_publication",
        form,
        lambda session, actor, at, case: service.withdraw_publication(session, actor, at, case, form.text("reason")),
    )


@bp.post("/desk/cases/<number>/unmask")
@audience(Audience.DESK, *CASE_ROLES)
@step_up
def unmask(number: str) -> Answer:
    """Open the name with a reason. It stands on this one answer, after the row in the trail is on disk, and is kept nowhere else."""
    form, opened = UnmaskForm(request.form), list[Contact]()
    problem = attempt(
        number,
        "unmask",
        form,
        lambda session, actor, at, case: opened.append(service.unmask(session, actor, at, runtime().keyring, case, form.text("reason"))),
    )
    return problem or case_page(case_at_hand(number), opened=opened[0])

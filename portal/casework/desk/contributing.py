"""Asking others for their part, from the page of the case."""

from flask import request
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.contributing import service
from portal.casework.contributing.forms import AskContributionForm, RecallContributionForm
from portal.casework.desk.blueprint import bp
from portal.casework.desk.saving import Answer, save
from portal.kernel.actor import CASE_ROLES
from portal.web.audience import Audience, audience


@bp.post("/desk/cases/<number>/ask-contribution")
@audience(Audience.DESK, *CASE_ROLES)
def ask_contribution(number: str) -> Answer:
    """Ask a unit or another agency; the owner and the clock stay."""
    form = AskContributionForm(request.form)
    text = form.text
    return save(
        number,
        "ask_contribution",
        form,
        lambda session, actor, at, case: service.ask_contribution(
            session, actor, at, case, _place(session, text("target")), text("kind"), text("question"), text("due"), row_version=form.version
        ),
    )


@bp.post("/desk/cases/<number>/recall-contribution")
@audience(Audience.DESK, *CASE_ROLES)
def recall_contribution(number: str) -> Answer:
    """Take a request back."""
    form = RecallContributionForm(request.form)
    return save(
        number,
        "recall_contribution",
        form,
        lambda session, actor, at, case: service.recall_contribution(session, actor, at, case, form.text("part"), row_version=form.version),
    )


def _place(session: Session, slug: str) -> Agency | None:
    return agencies.by_slug(session, slug)

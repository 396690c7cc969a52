"""Marking a case as about somebody, and taking a mark away (``docs/rules/apart.md``)."""

from datetime import datetime

from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from portal.casework import queries, service
from portal.casework.desk.about import chosen
from portal.casework.desk.blueprint import bp
from portal.casework.desk.came_from import current_filter
from portal.casework.desk.saving import Answer, attempt, save
from portal.casework.forms import MarkAboutForm, UnmarkAboutForm
from portal.casework.models import Case
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.database import db


@bp.post("/desk/cases/<number>/mark-about")
@audience(Audience.DESK, *CASE_ROLES)
def mark_about(number: str) -> Answer:
    """Keep the case from those near whom it is about; who has marked themselves, or their own, goes back to the queue without it."""
    form = MarkAboutForm(request.form)
    problem = attempt(
        number,
        "mark_about",
        form,
        lambda session, actor, at, case: service.mark_about(
            session, actor, at, case, *chosen(session, form.text("about")), row_version=form.version
        ),
    )
    return problem or redirect(_onward(number), 303)


@bp.post("/desk/cases/<number>/unmark-about")
@audience(Audience.DESK, *CASE_ROLES)
def unmark_about(number: str) -> Answer:
    """Take one mark away, or all; the sender reads the reason."""
    form = UnmarkAboutForm(request.form)

    def act(session: Session, actor: Actor, at: datetime, case: Case) -> None:
        users, units = chosen(session, form.text("about"))
        service.unmark_about(session, actor, at, case, form.text("reason"), users=users, units=units, row_version=form.version)

    return save(number, "unmark_about", form, act)


def _onward(number: str) -> str:
    try:
        queries.visible(db.session, current_actor(), number)
    except NotFound:
        return url_for("desk.index", done="mark_about", filter=current_filter())
    return url_for("cases_desk.show", number=number, done="mark_about", filter=current_filter())

"""The forms of the page, each handed to its verb. Policy, words and status are judged by the service."""

from datetime import datetime

from flask import request
from sqlalchemy.orm import Session

from portal.casework import service
from portal.casework.desk.blueprint import bp
from portal.casework.desk.saving import Answer, filled, save
from portal.casework.drafts import service as drafts
from portal.casework.forms import AskForm, CloseForm, NoteForm, ReasonForm, ReferenceForm, ReferForm, ReplyForm, StartForm
from portal.casework.mentions import service as mentions
from portal.casework.models import Case, CaseEvent
from portal.kernel.actor import CASE_ROLES, Actor
from portal.web.audience import Audience, audience


@bp.post("/desk/cases/<number>/start")
@audience(Audience.DESK, *CASE_ROLES)
def start(number: str) -> Answer:
    """Say that work has begun."""
    form = StartForm(request.form)
    return save(number, "start", form, lambda session, actor, at, case: service.start(session, actor, at, case, row_version=form.version))


@bp.post("/desk/cases/<number>/reply")
@audience(Audience.DESK, *CASE_ROLES)
def reply(number: str) -> Answer:
    """Answer the sender, then stay or go on to the next case of the queue; or only put a ready reply into the answer."""
    form = ReplyForm(request.form)
    if "fill" in request.form:
        return filled(number, form)
    return save(
        number,
        "reply",
        form,
        lambda session, actor, at, case: _replied(session, actor, at, case, form),
    )


def _replied(session: Session, actor: Actor, at: datetime, case: Case, form: ReplyForm) -> CaseEvent:
    event = service.reply(session, actor, at, case, form.text("body"), row_version=form.version, publish=bool(form.publish.data))
    drafts.let_go(session, actor, case)
    return event


@bp.post("/desk/cases/<number>/ask")
@audience(Audience.DESK, *CASE_ROLES)
def ask(number: str) -> Answer:
    """Ask the sender."""
    form = AskForm(request.form)
    return save(
        number,
        "ask",
        form,
        lambda session, actor, at, case: service.ask(session, actor, at, case, form.text("body"), row_version=form.version),
    )


@bp.post("/desk/cases/<number>/note")
@audience(Audience.DESK, *CASE_ROLES)
def note(number: str) -> Answer:
    """Keep a note for officers."""
    form = NoteForm(request.form)
    return save(
        number,
        "note",
        form,
        lambda session, actor, at, case: _noted(session, actor, at, case, form),
    )


def _noted(session: Session, actor: Actor, at: datetime, case: Case, form: NoteForm) -> CaseEvent:
    event = service.note(session, actor, at, case, form.text("body"), row_version=form.version)
    mentions.tell(session, actor, at, case, event, form.text("body"), form.text("tell"))
    return event


@bp.post("/desk/cases/<number>/close")
@audience(Audience.DESK, *CASE_ROLES)
def close(number: str) -> Answer:
    """Record what came of it, what was decided, and why."""
    form = CloseForm(request.form)
    return save(
        number,
        "close",
        form,
        lambda session, actor, at, case: service.close(
            session,
            actor,
            at,
            case,
            result=form.text("result"),
            disposition=form.text("disposition"),
            reason=form.text("reason"),
            proof=form.text("proof"),
            row_version=form.version,
        ),
    )


@bp.post("/desk/cases/<number>/decline")
@audience(Audience.DESK, *CASE_ROLES)
def decline(number: str) -> Answer:
    """Do not take the case up, and say why."""
    form = ReasonForm(request.form)
    return save(
        number,
        "decline",
        form,
        lambda session, actor, at, case: service.decline(session, actor, at, case, form.text("reason"), row_version=form.version),
    )


@bp.post("/desk/cases/<number>/refer")
@audience(Audience.DESK, *CASE_ROLES)
def refer(number: str) -> Answer:
    """Send the citizen to somebody outside the portal, and close."""
    form = ReferForm(request.form)
    return save(
        number,
        "refer",
        form,
        lambda session, actor, at, case: service.refer(
            session,
            actor,
            at,
            case,
            form.text("to"),
            form.text("reason"),
            row_version=form.version,
            place=form.text("place"),
            reference=form.text("reference"),
        ),
    )


@bp.post("/desk/cases/<number>/reference")
@audience(Audience.DESK, *CASE_ROLES)
def reference(number: str) -> Answer:
    """Write down under which number the matter goes on where it was referred to."""
    form = ReferenceForm(request.form)
    return save(
        number,
        "reference",
        form,
        lambda session, actor, at, case: service.note_reference(session, actor, at, case, form.text("reference"), row_version=form.version),
    )

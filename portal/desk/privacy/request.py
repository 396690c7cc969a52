"""The page of one request: what it concerns, the decision, carrying it out, and the appeal."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, redirect, render_template, url_for
from flask import request as http
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from portal.db import unit_of_work
from portal.desk.privacy.blueprint import bp
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.privacy import policy, queries, service
from portal.privacy.forms import DecisionForm, HearingForm, VersionedForm
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import GRANTS, REFUSALS, ErasedPart, RequestStatus
from portal.privacy.service import Tools
from portal.privacy.service.appealing import parent_of
from portal.privacy.views.data import as_file
from portal.privacy.views.reading import in_words
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime
from portal.web.step_up import step_up

Answer = BaseResponse | str | tuple[str, int]
_ID = re.compile(r"[0-9a-f]{32}")
DONE = {
    "decide": N_("Your decision is written down, and who asked is told"),
    "carry_out": N_("It is carried out"),
    "waits": N_("It waits until nothing stands in the way, and then goes by itself"),
    "hear": N_("The appeal is decided, and who asked is told"),
}


@dataclass(frozen=True)
class Again:
    """A form that came back."""

    form: DecisionForm
    sentence: str = ""


@bp.get("/desk/privacy/requests/<public_id>")
@audience(Audience.DESK, *policy.ROLES)
def show(public_id: str) -> str:
    """Everything about a request."""
    done = DONE.get(http.args.get("done", ""))
    return _page(at_hand(db.session, public_id), notice=_(done) if done else "")


@bp.post("/desk/privacy/requests/<public_id>/decide")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def decide(public_id: str) -> Answer:
    """Grant, grant in part, or refuse."""
    form = DecisionForm(http.form)

    def do(session: Session, actor: Actor, request: PrivacyRequest) -> str:
        service.decide(session, actor, now(), request, form.verdict(), row_version=form.version)
        return "decide"

    return _save(public_id, form, do)


@bp.post("/desk/privacy/requests/<public_id>/hear")
@audience(Audience.DESK, *policy.ROLES)
@step_up
def hear(public_id: str) -> Answer:
    """Decide an appeal; afterwards it is no longer this person's to see."""
    form = HearingForm(http.form)

    def do(session: Session, actor: Actor, request: PrivacyRequest) -> str:
        service.hear_appeal(session, actor, now(), request, form.verdict(), row_version=form.version)
        return "hear"

    return _save(public_id, form, do)


@bp.post("/desk/privacy/requests/<public_id>/carry-out")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def carry_out(public_id: str) -> Answer:
    """Do what was granted."""
    form = VersionedForm(http.form)

    def do(session: Session, actor: Actor, request: PrivacyRequest) -> str:
        if request.row_version != form.version:
            raise Conflict
        tools = Tools(runtime().store, runtime().keyring)
        return "carry_out" if service.carry_out(session, actor, now(), tools, request) else "waits"

    return _save(public_id, DecisionForm(), do)


@bp.post("/desk/privacy/requests/<public_id>/export")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def export(public_id: str) -> Response | str:
    """Open the data, as a page or as a file; it is written down before anything is shown."""
    with unit_of_work(db.session) as session:
        clear = service.note_export(session, current_actor(), now(), at_hand(session, public_id, lock=True))
    request = at_hand(db.session, public_id)
    if request.case is None:
        raise NotFound
    values = queries.case_export(db.session, runtime().keyring, request.case, clear=clear, internal=True)
    if http.form.get("format") == "json":
        return as_file(values, request.case.number)
    return render_template("privacy_desk/export.html", one=request, sections=in_words(values), clear=clear, made_at=now(), noindex=True)


def at_hand(session: Session, public_id: str, *, lock: bool = False) -> PrivacyRequest:
    """The request if the person may see it; raises ``NotFound`` otherwise, so that nobody learns that it exists."""
    request = queries.by_public_id(session, public_id, lock=lock) if _ID.fullmatch(public_id) else None
    if request is None or not policy.can_see(current_actor(), request, parent_of(session, request)):
        raise NotFound
    return request


def _save(public_id: str, form: DecisionForm, do: Callable[[Session, Actor, PrivacyRequest], str]) -> Answer:
    """Do the act in one transaction, or show the page again with what was typed: 422 for what was filled in, 409 for what moved."""
    try:
        with unit_of_work(db.session) as session:
            done = do(session, current_actor(), at_hand(session, public_id, lock=True))
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(at_hand(db.session, public_id), Again(form)), 422
    except Conflict as conflict:
        return _page(at_hand(db.session, public_id), Again(form, say(conflict.message))), 409
    if done == "hear":
        return redirect(url_for("privacy_desk.index"), 303)
    return redirect(url_for("privacy_desk.show", public_id=public_id, done=done), 303)


def _page(request: PrivacyRequest, again: Again | None = None, notice: str = "") -> str:
    actor = current_actor()
    hears = request.status is RequestStatus.APPEALED and policy.can_hear_appeal(actor, request, parent_of(db.session, request))
    decides = policy.can_decide(actor, request)
    form = again.form if again else HearingForm() if hears else DecisionForm()
    return render_template(
        "privacy_desk/request.html",
        one=request,
        form=form,
        sentence=again.sentence if again else "",
        may={
            "decide": decides and request.status is RequestStatus.RECEIVED,
            "carry_out": decides and request.status in (RequestStatus.GRANTED, RequestStatus.WAITING),
            "hear": hears,
            "export": decides and request.case is not None,
        },
        hindrance=queries.hindrance(db.session, request.case) if request.case else None,
        erased=queries.ledger_of(db.session, "case", request.case.number) if request.case else (),
        part_labels={part.value: part.label for part in ErasedPart},
        grants=GRANTS,
        refusals=REFUSALS,
        notice=notice,
        noindex=True,
    )

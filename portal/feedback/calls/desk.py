"""The call screen, what is suggested on it, and the receipt that is read aloud."""

import re

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.agencies import queries as agencies
from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.casework.errors import AlreadySubmitted, KeyReused
from portal.casework.queries import by_number
from portal.casework.texts import SUBJECT_MOST, tidy_line
from portal.db import unit_of_work
from portal.feedback import tokens
from portal.feedback.calls import service
from portal.feedback.calls.earlier import Earlier, look_up
from portal.feedback.calls.forms import CallForm
from portal.feedback.calls.taking import TAKEN_DOWN, judge
from portal.feedback.offer import offer
from portal.feedback.suggesting import Suggestion, suggestions
from portal.feedback.tokens import FormToken
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Invalid, Unavailable
from portal.kernel.spoken_code import aloud
from portal.web import held
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.runtime import runtime

bp = Blueprint("calls", __name__)
Answer = BaseResponse | str | tuple[str, int]
SALT = "call screen"
#: Names the screen that was just sent, so that its receipt can be shown.
SENT = "portal_call"
_SLUG = re.compile(r"[a-z0-9-]{1,60}")


@bp.get("/desk/calls/new")
@audience(Audience.DESK, *CASE_ROLES)
def new() -> str:
    """An empty screen; ``?channel=`` for a letter, ``?agency=`` for another agency than one's own."""
    channel = request.args.get("channel", "")
    subject = tidy_line(request.args.get("subject", ""))[:SUBJECT_MOST]
    values = {"agency": request.args.get("agency") or _own_slug(), "subject": subject}
    return _page(CallForm(data={**values, **({"channel": channel} if channel in TAKEN_DOWN else {})}), tokens.fresh())


@bp.post("/desk/calls/new")
@audience(Audience.DESK, *CASE_ROLES)
def take() -> Answer:
    """Store it, or look something up and give the page back with everything that was typed."""
    form = CallForm(request.form)
    token = tokens.read(runtime().settings.secret_key, request.form.get("form_token", ""), now(), SALT)
    if "similar" in request.form:
        return _page(form, token, found=_similar(form), looked=True)
    if "lookup" in request.form:
        return _looked_up(form, token)
    return _taken(form, token)


@bp.post("/desk/calls/similar")
@audience(Audience.DESK, *CASE_ROLES)
def similar() -> Response:
    """The same suggestions for the script: the words come in the body, so that they stand in no address and no log."""
    return jsonify([one.as_json() for one in suggestions(db.session, request.form.get("text", ""))])


@bp.get("/desk/calls/receipt")
@audience(Audience.DESK, *CASE_ROLES)
def receipt() -> Answer:
    """The code in groups to be read aloud, for half an hour and to who took the call."""
    token_id = held.get(runtime().keyring, SENT)
    found = service.receipt_of(db.session, current_actor(), now(), runtime().keyring, token_id) if token_id else None
    case = by_number(db.session, found.case_number) if found else None
    if found is None or case is None:
        return redirect(url_for("calls.new"), 303)
    mailed = case.identity is not None and bool(case.identity.email_enc)
    groups = aloud(found.code, language())
    return render_template("calls/receipt.html", receipt=found, case=case, groups=groups, mailed=mailed, noindex=True)


def _taken(form: CallForm, token: FormToken) -> Answer:
    taken = form.taken(language())
    try:
        judge(taken, now())
        _check_slug(taken.agency)
        with unit_of_work(db.session) as session:
            service.take_down(session, current_actor(), now(), runtime().keyring, taken, _home(), token.id)
    except Invalid as invalid:
        form.errors_from(invalid)
        for field in (form.kind, form.anonymity):
            if field.errors and not field.data:
                field.errors = [_("Choose “%(field)s”", field=field.label.text)]
        return _page(form, token), 422
    except (KeyReused, AlreadySubmitted):
        form.form_errors.append(_("This screen was sent already with other words. If this is a new matter, save it once more"))
        return _page(form, tokens.fresh()), 409
    response = redirect(url_for("calls.receipt"), 303)
    held.put(response, runtime().keyring, SENT, token.id)
    return response


def _looked_up(form: CallForm, token: FormToken) -> Answer:
    try:
        earlier = look_up(db.session, current_actor(), runtime().keyring, form.code.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(form, token), 422
    form.code.data = ""  # the code is not sent to and fro any more than it must
    return _page(form, token, earlier=earlier)


def _check_slug(slug: str) -> None:
    """What is no slug at all never reaches the database, which refuses some characters."""
    if slug and not _SLUG.fullmatch(slug):
        raise Invalid({"agency": []})


def _similar(form: CallForm) -> list[Suggestion]:
    return suggestions(db.session, f"{form.subject.data or ''} {form.body.data or ''}")


def _page(
    form: CallForm, token: FormToken, *, found: list[Suggestion] | None = None, looked: bool = False, earlier: Earlier | None = None
) -> str:
    offered = offer(db.session, now(), form.agency.data or "", only=False)
    form.agency.choices = offered.agencies
    form.topic.data = offered.topic(form.topic.data or "", form.agency.data or "")
    return render_template(
        "calls/new.html",
        form=form,
        topics=offered.topics,
        form_token=tokens.write(runtime().settings.secret_key, token, SALT),
        found=found or [],
        looked=looked,
        earlier=earlier,
        noindex=True,
    )


def _own_slug() -> str:
    """The agency where one works; the home agency if that is one of several."""
    actor, home = current_actor(), home_agency()
    mine = actor.agencies(*CASE_ROLES)
    if home is not None and home.id in mine:
        return home.slug
    first = next((agency for agency in agencies.addressable(db.session) if agency.id in mine), None)
    return first.slug if first else ""


def _home() -> Agency:
    home = home_agency()
    if home is None:
        raise Unavailable
    return home

"""The form: shown with who would receive the report, sent, shown again with everything that was typed, or answered with a code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.casework.errors import KeyReused
from portal.corruption import sending, service
from portal.corruption.forms import ReportForm
from portal.corruption.reception import Reception, reception, reference
from portal.corruption.rules import Place
from portal.corruption.sealing import KeptAway, details_of
from portal.corruption.service import Handed
from portal.corruption.service.intake import NOBODY
from portal.corruption.statement import UNSURE, validate
from portal.corruption.views.blueprint import bp
from portal.db import unit_of_work
from portal.files.rules import ACCEPT
from portal.files.service import Received
from portal.kernel.errors import Invalid, Unavailable
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web import form_token, held
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.form_token import FormToken, Freshness
from portal.web.forms import say
from portal.web.language import language
from portal.web.limits import limiter, network
from portal.web.runtime import runtime
from portal.web.sending import Sent, in_memory

SALT = "corruption form"
#: Of one network; a carrier's whole province fits.
SUBMISSIONS_NETWORK = "600 per 10 minutes"
#: Who outside takes reports, named on the form.
OUTSIDE_PLACES = (Place.NACC, Place.PACC, Place.OMBUDSMAN)
STALE = {
    Freshness.EXPIRED: N_("This page was open for longer than two hours. Nothing is lost: look it over and press send once more"),
    Freshness.UNKNOWN: N_("We could not recognise this page of the form. Nothing is lost: look it over and press send once more"),
}
REUSED = N_("You have already sent this form with other words. If this is a new report, send it once more and you will get a new code")
LOOK = N_("Not sent yet. You changed the agency: look who would read it, then send")


@dataclass(frozen=True)
class Attempt:
    """One sending: the form with its errors, its token and its files."""

    form: ReportForm
    token: FormToken
    handed: Handed


@bp.get("/feedback/corruption")
@audience(Audience.PUBLIC)
def new() -> str:
    """An empty form for the home agency, or for ``?agency=``."""
    return _page(ReportForm(data={"agency": request.args.get("agency") or _home().slug}), form_token.fresh())


@bp.post("/feedback/corruption")
@audience(Audience.PUBLIC)
@in_memory
@limiter.limit(SUBMISSIONS_NETWORK, key_func=network)
def send() -> Response | tuple[str, int]:
    """Words are judged first, then files; only then, in one transaction, they become a report."""
    sent = sending.read()
    attempt = _judged(sent)
    if "look" in sent.fields:
        return _again(_without_errors(attempt, sent.fields), 200)
    if attempt.form.errors:
        return _again(attempt, 413 if sent.too_large else 422)
    if not attempt.token.is_good:
        return _again(attempt, 422, _(STALE[attempt.token.freshness]))
    if attempt.form.listed_for.data != attempt.form.agency.data:
        return _again(attempt, 422, _(LOOK))
    return _handed_in(attempt)


def _judged(sent: Sent) -> Attempt:
    token = form_token.read(runtime().settings.secret_key, sent.fields.get("form_token", ""), now(), SALT)
    form = ReportForm(sent.fields)
    statement = form.statement(language())
    try:
        validate(statement)
        service.about_of(db.session, statement.agency)
    except Invalid as invalid:
        form.errors_from(invalid)
    handed, problems = sending.receive(sent, token)
    form.files.errors = [say(problem) for problem in problems]
    return Attempt(form, token, handed)


def _without_errors(attempt: Attempt, fields: MultiDict[str, str]) -> Attempt:
    """Only another list was asked for, so nothing is judged yet; who was ticked for another agency is ticked no more."""
    form = ReportForm(fields)
    form.files.errors = attempt.form.files.errors
    if form.listed_for.data != form.agency.data:
        form.kept.data, form.outside.data = [], False
    return replace(attempt, form=form)


def _handed_in(attempt: Attempt) -> Response | tuple[str, int]:
    form, keyring = attempt.form, runtime().integrity
    try:
        with unit_of_work(db.session) as session:
            statement = form.statement(language())
            receipt = service.hand_in(session, now(), keyring, statement, _home(), attempt.token.id, attempt.handed)
            digits, key = receipt.digits, receipt.report.key
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(attempt, 422)
    except KeyReused:
        token = form_token.fresh()
        handed = Handed(form_token.files_key(keyring, token), attempt.handed.received)
        return _again(replace(attempt, token=token, handed=handed), 409, _(REUSED))
    response = redirect(url_for("corruption.receipt"), 303)
    held.put(response, keyring, held.RECEIPT, digits)
    held.put(response, keyring, held.CASE, key)
    return response


def _again(attempt: Attempt, status: int, sentence: str | None = None) -> tuple[str, int]:
    """The form with everything that was typed; its files wait, encrypted."""
    waiting: list[Received] = []
    if attempt.handed.received or attempt.handed.kept:
        with unit_of_work(db.session) as session:
            rows = service.wait(session, now(), runtime().integrity, attempt.handed)
            waiting = [details_of(runtime().integrity, row) for row in rows]
    return _page(attempt.form, attempt.token, waiting, sentence), status


def _page(form: ReportForm, token: FormToken, waiting: Sequence[Received] = (), sentence: str | None = None) -> str:
    offered, home = agencies.addressable(db.session), _home()
    about = next((agency for agency in offered if agency.slug == form.agency.data), None)
    form.agency.choices = [*(SelectChoice(value=agency.slug, label=_name(agency)) for agency in offered), _unsure()]
    first = reception(db.session, about, home, KeptAway())
    form.kept.choices = _collectors(first)
    known = {choice.value for choice in form.agency.choices}
    form.listed_for.data = form.agency.data if form.agency.data in known else ""  # what an address made up is not written back
    elsewhere = reception(db.session, about, home, KeptAway(outside=True)) if about else None
    return render_template(
        "corruption/new.html",
        form=form,
        form_token=form_token.write(runtime().settings.secret_key, token, SALT),
        desk=_name(first.desk) if first else None,
        about=_name(about) if about else None,
        elsewhere=_name(elsewhere.desk) if elsewhere else None,
        nobody=say(Message(NOBODY)),
        places=OUTSIDE_PLACES,
        waiting=waiting,
        sentence=sentence,
        accept=ACCEPT,
        noindex=True,
    )


def _collectors(found: Reception | None) -> list[SelectChoice]:
    """By position, as the reporter knows them; where nothing is said of a position, as what they are."""
    keyring = runtime().integrity
    return [
        SelectChoice(
            value=reference(keyring, user.id),
            label=pick(language(), user.position_th, user.position_en) or _("Collector of corruption reports"),
        )
        for user in (found.collectors if found else ())
    ]


def _unsure() -> SelectChoice:
    return SelectChoice(value=UNSURE, label=_("I am not sure, or it is not in this list"))


def _name(agency: Agency) -> str:
    name = pick(language(), agency.name_th, agency.name_en)
    return _("%(agency)s (invented for demonstration)", agency=name) if agency.is_sample else name


def _home() -> Agency:
    home = home_agency()
    if home is None:
        raise Unavailable(Message(N_("This portal has no agency yet that could receive your words; please try again later")))
    return home

"""Opening a petition: written, looked at beside what is there already, and only then sent."""

import re

from flask import Response as FlaskResponse
from flask import jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.home import home_agency
from portal.agencies.joining.queries import read_along_everywhere, reading_along
from portal.agencies.models import Agency
from portal.agencies.options import value_of, values_everywhere
from portal.casework.errors import AlreadySubmitted, KeyReused
from portal.casework.options import FORM_OPEN
from portal.casework.search import KIND as CASE
from portal.db import unit_of_work
from portal.feedback import arriving, cookies, tokens
from portal.feedback.offer import label_of
from portal.feedback.petitions import service
from portal.feedback.petitions.forms import ProposalForm
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.options import OPEN_DAYS, PETITIONS_ON, REVIEW_DAYS, THRESHOLD
from portal.feedback.petitions.search import KIND as PETITION
from portal.feedback.petitions.service import SameAlready
from portal.feedback.petitions.views.blueprint import bp
from portal.feedback.preview import Preview, preview
from portal.feedback.suggesting import Suggestion, suggestions
from portal.feedback.tokens import FormToken
from portal.feedback.views.new import REUSED, STALE
from portal.kernel.errors import Invalid, Unavailable
from portal.kernel.receipt_code import read_code
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.limits import limiter, network
from portal.web.runtime import runtime

SALT = "petition"
KINDS = (PETITION, CASE)
#: The button of the second step.
SEND = "send"
#: As Flask-Limiter reads it: beyond it nothing is suggested while typing, and nothing else is lost.
SUGGESTED_NETWORK = "900 per 10 minutes"
_SLUG = re.compile(r"[a-z0-9-]{1,60}")


@bp.get("/petitions/new")
@audience(Audience.PUBLIC)
def new() -> str:
    """An empty form; ``?agency=`` chooses one."""
    return _page(ProposalForm(data={"agency": request.args.get("agency", "")}), tokens.fresh())


@bp.post("/petitions/new")
@audience(Audience.PUBLIC)
def send() -> Response | tuple[str, int]:
    """First the same page with what is there already and what the public would read; the button beneath them sends."""
    form = ProposalForm(request.form)
    token = tokens.read(runtime().settings.secret_key, request.form.get("form_token", ""), now(), SALT)
    try:
        _check_slug(form)
        service.judge(db.session, form.proposal(language()))
    except Invalid as invalid:
        return _refused(form, token, invalid)
    if not token.is_good:
        return _page(form, token, sentence=_(STALE[token.freshness])), 422
    if SEND not in request.form:
        return _page(form, token, shown=preview(form.title.data, form.text.data)), 200
    return _opened(form, token)


@bp.post("/petitions/similar")
@audience(Audience.PUBLIC)
@limiter.limit(SUGGESTED_NETWORK, key_func=network)
def similar() -> FlaskResponse:
    """What is public on the same matter, for the script: the words come in the body, so that they stand in no address and no log."""
    return jsonify([one.as_json() for one in suggestions(db.session, request.form.get("text", ""), KINDS)])


def _opened(form: ProposalForm, token: FormToken) -> Response | tuple[str, int]:
    arrival = arriving.of_form(request.form, token)
    try:
        with unit_of_work(db.session) as session:
            receipt = service.open_petition(session, now(), runtime().keyring, form.proposal(language()), _home(), token.id, arrival)
    except Invalid as invalid:
        return _refused(form, token, invalid)
    except KeyReused:
        return _page(form, tokens.fresh(), sentence=_(REUSED)), 409
    except AlreadySubmitted as already:
        said = _("You have already sent this: it is matter %(number)s. Follow it with your tracking code", number=already.case_number)
        return _page(form, tokens.fresh(), sentence=said), 409
    response = redirect(url_for("feedback.receipt"), 303)
    cookies.put(response, cookies.RECEIPT, read_code(receipt.code))
    cookies.put(response, cookies.CASE, receipt.case_number)
    return response


def _refused(form: ProposalForm, token: FormToken, invalid: Invalid) -> tuple[str, int]:
    form.errors_from(invalid)
    return _page(form, token, same=invalid.petition if isinstance(invalid, SameAlready) else None), 422


def _page(
    form: ProposalForm, token: FormToken, *, sentence: str | None = None, shown: Preview | None = None, same: Petition | None = None
) -> str:
    offered = _offered()
    governors = read_along_everywhere(db.session)
    named = [SelectChoice(one.slug, label_of(one, True, governed=one.id in governors)) for one in offered]
    form.agency.choices = [SelectChoice(value="", label=_("Choose")), *named]
    chosen = next((one for one in offered if one.slug == form.agency.data), None)
    return render_template(
        "petitions/new.html",
        form=form,
        form_token=tokens.write(runtime().settings.secret_key, token, SALT),
        sentence=sentence,
        shown=shown,
        same=same,
        chosen=chosen,
        read_by=reading_along(db.session, chosen.id) if chosen else [],
        found=_found(form) if request.method == "POST" else None,
        trap=arriving.TRAP,
        proof_bits=arriving.proof_bits(),
        numbers={option.key.rpartition(".")[2]: value_of(db.session, option, chosen.id if chosen else None) for option in _TOLD},
    )


_TOLD = (THRESHOLD, OPEN_DAYS, REVIEW_DAYS)


def _found(form: ProposalForm) -> list[Suggestion]:
    return suggestions(db.session, f"{form.title.data or ''} {form.text.data or ''}", KINDS)


def _offered() -> list[Agency]:
    """Agencies that take petitions at present; two queries, however many there are."""
    every = agencies.addressable(db.session)
    ids = [agency.id for agency in every]
    on, is_open = values_everywhere(db.session, PETITIONS_ON, ids), values_everywhere(db.session, FORM_OPEN, ids)
    return [agency for agency in every if on[agency.id] and is_open[agency.id]]


def _check_slug(form: ProposalForm) -> None:
    """What is no slug at all never reaches the database, which refuses some characters."""
    if form.agency.data and not _SLUG.fullmatch(form.agency.data):
        form.agency.data = ""


def _home() -> Agency:
    home = home_agency()
    if home is None:
        raise Unavailable
    return home

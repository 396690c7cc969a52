"""Objecting to a score: public, without an account, without a cookie before the receipt. In words: ``docs/rules/assessment.md``."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.casework.errors import AlreadySubmitted, KeyReused
from portal.db import unit_of_work
from portal.feedback import arriving, cookies, tokens
from portal.feedback.offer import days_of
from portal.feedback.preview import Preview, preview
from portal.feedback.tokens import FormToken
from portal.feedback.views.new import REUSED, STALE
from portal.kernel.errors import Invalid, NotFound, Unavailable
from portal.kernel.receipt_code import read_code
from portal.kernel.thai_text import pick
from portal.participation.objections import queries, service
from portal.participation.objections.entry import judge
from portal.participation.objections.forms import ObjectionForm
from portal.participation.rules.scales import LEVELS, Scale
from portal.participation.scales import scales_for
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language
from portal.web.runtime import runtime

bp = Blueprint("objections", __name__)
SALT = "objection"
ADDRESS = "/participation/<slug>/<int(max=9999):year>/object"


@bp.get(ADDRESS)
@audience(Audience.PUBLIC)
def new(slug: str, year: int) -> str:
    """An empty form; ``?scale=``, ``?level=`` and ``?check=`` fill in what is meant."""
    agency = _scored(slug, year)
    data = {name: request.args.get(name, "") for name in ("scale", "level", "check")}
    return _page(agency, year, ObjectionForm(data=data), tokens.fresh())


@bp.post(ADDRESS)
@audience(Audience.PUBLIC)
def send(slug: str, year: int) -> Response | tuple[str, int]:
    """The words are judged; only then, in one transaction, they become a case that is linked to the score."""
    agency, form = _scored(slug, year), ObjectionForm(request.form)
    token = tokens.read(runtime().settings.secret_key, request.form.get("form_token", ""), now(), SALT)
    try:
        _target, submission = judge(form.said(language()), agency, year, scales_for(year, agency.kind))
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(agency, year, form, token), 422
    if not token.is_good:
        return _page(agency, year, form, token, sentence=_(STALE[token.freshness])), 422
    if "preview" in request.form:
        return _page(agency, year, form, token, shown=preview(submission.subject, submission.body, submission.name)), 200
    return _handed_in(agency, year, form, token)


def _handed_in(agency: Agency, year: int, form: ObjectionForm, token: FormToken) -> Response | tuple[str, int]:
    arrival, said = arriving.of_form(request.form, token), form.said(language())
    keyring, home = runtime().keyring, _home()
    try:
        with unit_of_work(db.session) as session:
            receipt = service.object_to(session, now(), keyring, agency, year, said, home=home, token_id=token.id, arrival=arrival)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(agency, year, form, token), 422
    except KeyReused:
        return _page(agency, year, form, tokens.fresh(), sentence=_(REUSED)), 409
    except AlreadySubmitted as already:
        words = _("You have already sent this: it is matter %(number)s. Follow it with your tracking code", number=already.case_number)
        return _page(agency, year, form, tokens.fresh(), sentence=words), 409
    response = redirect(url_for("feedback.receipt"), 303)
    cookies.put(response, cookies.RECEIPT, read_code(receipt.code))
    cookies.put(response, cookies.CASE, receipt.case_number)
    return response


def _page(
    agency: Agency, year: int, form: ObjectionForm, token: FormToken, *, sentence: str | None = None, shown: Preview | None = None
) -> str:
    scales, home = scales_for(year, agency.kind), _home()
    form.scale.choices = [SelectChoice(scale.code, pick(language(), scale.title.th, scale.title.en)) for scale in scales]
    form.level.choices = [SelectChoice("", _("Choose")), *(SelectChoice(str(n), _level_name(scales, n)) for n in range(1, LEVELS + 1))]
    return render_template(
        "participation/object.html",
        agency=agency,
        year=year,
        form=form,
        checks=_checks(scales),
        form_token=tokens.write(runtime().settings.secret_key, token, SALT),
        sentence=sentence,
        shown=shown,
        home=home,
        days=days_of(db.session, now(), home),
        trap=arriving.TRAP,
        proof_bits=arriving.proof_bits(),
    )


def _level_name(scales: tuple[Scale, ...], number: int) -> str:
    """The number with what each scale calls it."""
    names = " / ".join(pick(language(), level.name.th, level.name.en) for level in (scale.level(number) for scale in scales))
    return f"{number}: {names}"


def _checks(scales: tuple[Scale, ...]) -> list[tuple[str, list[SelectChoice]]]:
    """In groups, one for each level of each scale."""
    groups = []
    for scale in scales:
        for level in scale.levels:
            found = [check for criterion in level.criteria for check in criterion.checks]
            choices = [SelectChoice(f"{scale.code}:{check.id}", pick(language(), check.words.th, check.words.en)) for check in found]
            groups.append((_("%(scale)s, level %(level)s", scale=scale.code, level=level.number), choices))
    return groups


def _scored(slug: str, year: int) -> Agency:
    """The agency, if it has a score of this year (B.E.); raises ``NotFound``."""
    agency = agencies.by_slug(db.session, slug)
    if agency is None or not queries.has_score(db.session, agency.id, year):
        raise NotFound
    return agency


def _home() -> Agency:
    home = home_agency()
    if home is None:
        raise Unavailable
    return home

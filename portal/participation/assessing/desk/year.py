"""One agency and year: the four values, every fact, confirming a level."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.fields import SelectChoice

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.thai_text import pick
from portal.participation.assessing.desk.blueprint import OF_YEAR, READERS, Answer, agency_at_hand, bp
from portal.participation.assessing.desk.listing import told_done
from portal.participation.assessing.dossiers import results_of, seen_facts
from portal.participation.assessing.forms import ConfirmForm
from portal.participation.claims.queries import latest
from portal.participation.confirmations.queries import latest_of
from portal.participation.confirmations.service import Typed, confirm
from portal.participation.objections.queries import of_score
from portal.participation.rules.scales import Scale
from portal.participation.scales import scales_for
from portal.participation.standing.desk import spoken
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language

#: Facts on one page before the rest is folded behind ``?show=all``.
SHOWN = 30


@bp.get(OF_YEAR)
@audience(Audience.DESK, *READERS)
def year(slug: str, year: int) -> str:
    """``?show=all`` lists every fact, not only what waits and the first ones."""
    return _page(agency_at_hand(slug), year)


@bp.post(OF_YEAR)
@audience(Audience.DESK, *READERS)
def confirm_level(slug: str, year: int) -> Answer:
    """Confirm the level of the scale in the form."""
    form, agency = ConfirmForm(request.form), agency_at_hand(slug)
    typed = Typed(form.level.data or "", form.reason.data or "", form.difference.data or "")
    try:
        with unit_of_work(db.session) as session:
            confirm(session, current_actor(), now(), session.get_one(Agency, agency.id), year, _code(form), typed)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(agency_at_hand(slug), year, form), 422
    return redirect(url_for("assessing.year", slug=slug, year=year, done="confirmed"), 303)


def _code(form: ConfirmForm) -> str:
    """What is no code of a scale never reaches the database, which refuses some characters."""
    code = form.scale.data or ""
    return code if code.isascii() and code.isalnum() else ""


def _page(agency: Agency, year: int, failed: ConfirmForm | None = None) -> str:
    session = db.session
    results = results_of(session, agency.id, year)
    if not results:
        raise NotFound
    seen, scales = seen_facts(session, agency.id, year), scales_for(year, agency.kind)
    shown = seen if request.args.get("show") == "all" else [one for place, one in enumerate(seen) if one.waits or place < SHOWN]
    return render_template(
        "participation/assess.html",
        agency=agency,
        year=year,
        scales=[scale for scale in scales if scale.code in results],
        results=results,
        claim=latest(session, agency.id, year),
        confirmed=latest_of(session, agency.id, year),
        objections=of_score(session, agency.id, year),
        seen=shown,
        count=len(seen),
        waiting=sum(one.waits for one in seen),
        forms={scale.code: _form(scale, failed) for scale in scales},
        failed=failed,
        words=check_words(scales),
        spoken=spoken,
        done=told_done(),
        noindex=True,
    )


def check_words(scales: Sequence[Scale]) -> dict[tuple[str, str], str]:
    """The wording of each check, by scale and id."""
    return {
        (scale.code, check.id): pick(language(), check.words.th, check.words.en)
        for scale in scales
        for level in scale.levels
        for criterion in level.criteria
        for check in criterion.checks
    }


def _form(scale: Scale, failed: ConfirmForm | None) -> ConfirmForm:
    form = failed if failed is not None and failed.scale.data == scale.code else ConfirmForm(MultiDict({"scale": scale.code}))
    names = [SelectChoice(str(level.number), f"{level.number}: {pick(language(), level.name.th, level.name.en)}") for level in scale.levels]
    form.level.choices = [SelectChoice("0", _("0: not yet on level 1")), *names]
    return form

"""The list of pages, and beginning one."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.db import unit_of_work
from portal.disclosures import policy, queries, service
from portal.disclosures.desk.blueprint import Answer, bp
from portal.disclosures.forms import NewForm
from portal.disclosures.models import Disclosure
from portal.disclosures.rules import DisclosureKind, PublishState
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.errors import Invalid
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db


@bp.get("/desk/disclosures")
@audience(Audience.DESK, *policy.ROLES)
def index() -> str:
    """Pages that the publisher may write, newest first; ``?state=`` narrows it."""
    code = request.args.get("state", "")
    state = PublishState(code) if code in set(PublishState) else None
    query = queries.desk_list(current_actor(), state)
    page = paginate(db.session, query, [(Disclosure.id, "desc")], per_page(), request.args.get("cursor"))
    return render_template("disclosures_desk/index.html", page=page, next_url=next_url(page), states=_states(state))


@bp.route("/desk/disclosures/new", methods=["GET", "POST"])
@audience(Audience.DESK, *policy.ROLES)
def new() -> Answer:
    """Begin a page."""
    form = NewForm(request.form if request.method == "POST" else None)
    own = agencies.by_ids(db.session, current_actor().agencies(*policy.ROLES))
    form.agency.choices = [SelectChoice(agency.slug, agency.name_th) for agency in own.values()]
    if request.method == "POST" and form.validate():
        try:
            slug = _begin(form, next(one.id for one in own.values() if one.slug == form.agency.data))
            return redirect(url_for("disclosures_desk.edit", slug=slug, text_language="th"), 303)
        except Invalid as invalid:
            form.errors_from(invalid)
    return render_template("disclosures_desk/new.html", form=form), 422 if form.error_list() else 200


def _states(chosen: PublishState | None) -> list[dict[str, object]]:
    """The views of the list."""
    index = "disclosures_desk.index"
    every: dict[str, object] = {"text": _("All"), "href": url_for(index), "current": chosen is None}
    rest = ({"text": _(one.label), "href": url_for(index, state=one.value), "current": one is chosen} for one in PublishState)
    return [every, *rest]


def _begin(form: NewForm, agency_id: int) -> str:
    """Create the draft and say its address."""
    text, settings = TextDraft(title=form.title.data), PageSettings(kind=DisclosureKind(form.kind.data))
    with unit_of_work(db.session) as session:
        agency = agencies.by_ids(session, [agency_id])[agency_id]
        page = service.create_draft(session, current_actor(), now(), agency, text, settings=settings, slug=form.slug.data or "")
        return page.slug

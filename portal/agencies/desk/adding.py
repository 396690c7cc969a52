"""Adding an agency at the top, or an agency or a unit below another."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.agencies import policy, queries, service
from portal.agencies.desk.blueprint import ADMINISTRATORS, Answer, bp, refused
from portal.agencies.forms import NewAgencyForm
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language


@bp.get("/desk/admin/agency-new")
@audience(Audience.DESK, *ADMINISTRATORS)
def new() -> str:
    """An empty form; ``?below=`` says where."""
    form = NewAgencyForm(data={"parent": request.args.get("below", ""), "level": AgencyLevel.DIVISION.value})
    return _page(form)


@bp.post("/desk/admin/agency-new")
@audience(Audience.DESK, *ADMINISTRATORS)
def add() -> Answer:
    """Add it."""
    form = NewAgencyForm(request.form)

    def act() -> None:
        parent, level, kind = _parent(form), AgencyLevel(form.level.data), AgencyKind(form.kind.data)
        service.create_below(db.session, current_actor(), now(), parent, level, kind, form.values)

    status = refused(form, act)
    return (_page(form), status) if status else redirect(url_for("agencies_desk.show", slug=form.text("slug").strip(), done="added"), 303)


def _parent(form: NewAgencyForm) -> Agency | None:
    slug = form.text("parent")
    agency = queries.by_slug(db.session, slug) if slug else None
    if slug and (agency is None or not policy.can_administer(current_actor(), agency)):
        raise Invalid({"parent": [Message(N_("Choose one from the list"))]})
    return agency


def _page(form: NewAgencyForm) -> str:
    form.parent.choices = places(_("Nothing: it stands at the top"), top=policy.can_add_below(current_actor(), None))
    return render_template("agencies_desk/new.html", form=form, noindex=True)


def places(nowhere: str, *, top: bool, but: frozenset[int] = frozenset()) -> list[SelectChoice]:
    """The open agencies that the actor administers, without those of ``but``; ``nowhere`` first where that may be chosen."""
    actor = current_actor()
    found = [one for one in queries.open_agencies(db.session) if policy.can_administer(actor, one) and one.id not in but]
    first = [SelectChoice(value="", label=nowhere)] if top else []
    return [*first, *(SelectChoice(value=one.slug, label=pick(language(), one.name_th, one.name_en)) for one in found)]

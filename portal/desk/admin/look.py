"""The colour of an agency, and whose identity the portal's own pages wear."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.agencies import face
from portal.agencies import queries as agencies
from portal.agencies.colours import OTHER, ColourForm
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime

DONE = {"colour": N_("The colour is set"), "home": N_("The portal wears this agency's identity")}
CHANGED = Message(N_("Somebody else has changed the colour since you opened the page; look at it again"))


@bp.get("/desk/admin/look")
@audience(Audience.DESK, *ADMINISTRATORS)
def look() -> str:
    """As it is now."""
    chosen = whose(portal=False)
    assert chosen.agency
    return _page(chosen, ColourForm.of(chosen.agency.colour))


@bp.post("/desk/admin/look")
@audience(Audience.DESK, *ADMINISTRATORS)
def look_sent() -> Response | tuple[str, int]:
    """Another colour; ``before`` is the one that the page showed."""
    form = ColourForm(request.form)
    form.take_offer(request.form.get("offered", ""))
    try:
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            if request.form.get("before", "") != agency.colour:
                raise Conflict(CHANGED)
            face.set_colour(session, current_actor(), now(), agency, form.wanted)
    except Invalid as invalid:
        form.errors_from(invalid)
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
    chosen = whose(portal=False)
    if form.errors:
        return _page(chosen, form), 409 if form.form_errors else 422
    return _back("colour", chosen.slug)


@bp.post("/desk/admin/look/home")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
def make_home() -> Response:
    """Let the portal's own pages wear this agency's identity."""
    with unit_of_work(db.session) as session:
        agency = agencies.by_slug(session, request.form.get("agency", ""))
        if agency is None or agency.is_closed:
            raise NotFound
        face.make_home(session, current_actor(), now(), agency)
    return _back("home", agency.slug)


def _back(done: str, slug: str) -> Response:
    return redirect(url_for("admin.look", agency=slug, done=done), 303)


def _page(chosen: Whose, form: ColourForm) -> str:
    home, done = agencies.home(db.session, runtime().settings.home_agency), DONE.get(request.args.get("done", ""))
    return render_template(
        "desk/admin/look.html",
        whose=chosen,
        form=form.offering(),
        other=OTHER,
        is_home=home is not None and chosen.agency is not None and home.id == chosen.agency.id,
        by_environment=bool(runtime().settings.home_agency),
        may_make_home=current_actor().has_role(Role.SYSTEM_ADMINISTRATOR),
        done=_(done) if done and request.method == "GET" else "",
        noindex=True,
    )

"""Where an agency works: one place a line."""

from flask import redirect, render_template, request, url_for
from wtforms import TextAreaField

from portal.agencies import areas
from portal.agencies.desk.blueprint import ADMINISTRATORS, Answer, agency_at_hand, bp, refused
from portal.agencies.forms import VersionedForm
from portal.kernel import places
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db


class AreaForm(VersionedForm):
    """Places, one a line."""

    area = TextAreaField(N_("Places, one a line"))


@bp.get("/desk/admin/agencies/<slug>/area")
@audience(Audience.DESK, *ADMINISTRATORS)
def area(slug: str) -> str:
    """What is written down."""
    agency = agency_at_hand(slug)
    return _page(slug, AreaForm(data={"area": areas.written(areas.area_of(db.session, agency.id))}))


@bp.post("/desk/admin/agencies/<slug>/area")
@audience(Audience.DESK, *ADMINISTRATORS)
def set_area(slug: str) -> Answer:
    """Write it anew."""
    form = AreaForm(request.form)
    agency_at_hand(slug)
    status = refused(
        form,
        lambda: areas.set_area(db.session, current_actor(), now(), agency_at_hand(slug), form.text("area"), row_version=form.version),
    )
    return (_page(slug, form), status) if status else redirect(url_for("agencies_desk.area", slug=slug, done="saved"), 303)


def _page(slug: str, form: AreaForm) -> str:
    agency = agency_at_hand(slug)
    return render_template(
        "agencies_desk/area.html",
        agency=agency,
        form=form,
        places=[places.by_code(code) for code in areas.area_of(db.session, agency.id)],
        done=request.args.get("done") == "saved",
        noindex=True,
    )

"""What an agency is there to do: the list, one mission, their order."""

from flask import redirect, render_template, request, url_for

from portal.agencies import queries, service
from portal.agencies.desk.blueprint import ADMINISTRATORS, Answer, agency_at_hand, bp, refused
from portal.agencies.forms import MissionForm, VersionedForm
from portal.agencies.models import Agency, Mission
from portal.agencies.rules import is_item_code
from portal.kernel.errors import NotFound
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db


@bp.get("/desk/admin/agencies/<slug>/missions")
@audience(Audience.DESK, *ADMINISTRATORS)
def missions(slug: str) -> str:
    """The list in its order, and a form for one more; ``?edit=`` fills it with one of them."""
    agency = agency_at_hand(slug)
    code = request.args.get("edit")
    mission = _mission(agency, code) if code else None
    return _page(agency, mission, MissionForm(obj=mission))


@bp.post("/desk/admin/agencies/<slug>/missions")
@audience(Audience.DESK, *ADMINISTRATORS)
def write_mission(slug: str) -> Answer:
    """Add a mission, or with ``?edit=`` change one."""
    form, code = MissionForm(request.form), request.args.get("edit")
    agency = agency_at_hand(slug)
    mission = _mission(agency, code) if code else None

    def act() -> None:
        fresh = agency_at_hand(slug)
        values = {name: form.text(name) for name in ("code", "text_th", "text_en")}
        service.write_mission(
            db.session,
            current_actor(),
            now(),
            fresh,
            _mission(fresh, code) if code else None,
            values,
            is_core=bool(form.is_core.data),
            row_version=form.version,
        )

    status = refused(form, act)
    return (_page(agency_at_hand(slug), mission, form), status) if status else _back(slug)


@bp.post("/desk/admin/agencies/<slug>/missions/<code>/<any(up, down, remove):verb>")
@audience(Audience.DESK, *ADMINISTRATORS)
def order_mission(slug: str, code: str, verb: str) -> Answer:
    """Change places with the neighbour, or go from the list."""
    form = VersionedForm(request.form)
    _mission(agency_at_hand(slug), code)

    def act() -> None:
        agency = agency_at_hand(slug)
        mission, actor = _mission(agency, code), current_actor()
        if verb == "remove":
            service.remove_mission(db.session, actor, now(), agency, mission, row_version=form.version)
        else:
            service.order_mission(db.session, actor, now(), agency, mission, up=verb == "up", row_version=form.version)

    status = refused(form, act)
    return (_page(agency_at_hand(slug), None, MissionForm(), form), status) if status else _back(slug)


def _mission(agency: Agency, code: str) -> Mission:
    mission = queries.mission(db.session, agency.id, code) if is_item_code(code) else None
    if mission is None:
        raise NotFound
    return mission


def _back(slug: str) -> Answer:
    return redirect(url_for("agencies_desk.missions", slug=slug, done="saved"), 303)


def _page(agency: Agency, mission: Mission | None, form: MissionForm, other: VersionedForm | None = None) -> str:
    rows = queries.missions(db.session, agency.id)
    return render_template(
        "agencies_desk/missions.html",
        agency=agency,
        rows=rows,
        mission=mission,
        form=form,
        other=other,
        done=request.args.get("done") == "saved",
        noindex=True,
    )

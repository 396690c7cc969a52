"""Public pages of agencies."""

from flask import Blueprint, Response, render_template

from portal.agencies import queries
from portal.agencies.joining.queries import joinings_now
from portal.agencies.rules import AgencyLevel
from portal.files.serving import send_stored
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("agencies", __name__)


@bp.get("/agencies")
@audience(Audience.PUBLIC)
@public_page
def index() -> str:
    """All agencies that can be written to, each with its units."""
    agencies = queries.open_agencies(db.session)
    units = {agency.id: [unit for unit in agencies if unit.parent_id == agency.id] for agency in agencies}
    heads = [agency for agency in agencies if agency.level is not AgencyLevel.DIVISION]
    return render_template("agencies/index.html", agencies=heads, units=units)


@bp.get("/agencies/<slug>")
@audience(Audience.PUBLIC)
@public_page
def show(slug: str) -> str:
    """One agency: contacts, missions, units, strategy. Of a closed one, that it was there and where its work goes on."""
    agency = queries.with_missions(db.session, slug)
    if agency is None:
        raise NotFound
    if agency.is_closed:
        successor = queries.successor_of(db.session, agency)
        return render_template("agencies/closed.html", agency=agency, successor=successor, noindex=agency.is_sample)
    nodes = queries.strategy_nodes(db.session, agency.id)
    return render_template(
        "agencies/show.html",
        agency=agency,
        joinings=joinings_now(db.session, [agency.id]),
        units=queries.children(db.session, agency.id),
        roots=[node for node in nodes if node.parent_id is None],
        below={node.id: [child for child in nodes if child.parent_id == node.id] for node in nodes},
        noindex=agency.is_sample,
    )


@bp.get("/files/seals/<public_id>")
@audience(Audience.PUBLIC)
def seal(public_id: str) -> Response:
    """An agency's seal; another picture has another address."""
    stored = queries.seal(db.session, public_id) if public_id.isalnum() else None
    if stored is None:
        raise NotFound
    return send_stored(runtime().store, stored, public=True)

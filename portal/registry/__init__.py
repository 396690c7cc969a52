"""Who is registered with the app: pages, handlers of events and timed jobs, keys, corners. Read by ``app`` and the command line."""

from flask import Flask

from portal.api.app import init_api
from portal.casework.exposed.holders import init_holders
from portal.plans.finding import init_records
from portal.registry.corners import CORNERS, HOLDERS, RECORDS
from portal.registry.jobs import DIGEST, HANDLERS, NEWS, TIMED
from portal.registry.keys import ROTATIONS
from portal.registry.pages import BLUEPRINTS
from portal.web.corners import init_corners

__all__ = ["BLUEPRINTS", "CORNERS", "DIGEST", "HANDLERS", "HOLDERS", "NEWS", "RECORDS", "ROTATIONS", "TIMED", "register"]


def register(app: Flask) -> None:
    """Register every blueprint, the corners, the finders of records, the holders of public words, and the API."""
    init_holders(HOLDERS)
    init_corners(app, CORNERS)
    init_records(app, RECORDS)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_api(app)

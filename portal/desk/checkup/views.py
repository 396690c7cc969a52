"""The checks as a page, for who looks after the whole portal."""

from typing import cast

from flask import Blueprint, current_app, render_template

from portal.desk.checkup.examine import examine
from portal.desk.checkup.findings import Patient
from portal.kernel.actor import Role
from portal.settings import Settings
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

bp = Blueprint("checkup", __name__)


@bp.get("/desk/admin/checkup")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
def index() -> str:
    """What is not fine stands first."""
    settings = cast(Settings, runtime().settings)
    migrations = str(current_app.extensions["migrate"].directory)
    found = list(examine(Patient(db.session, settings, migrations, runtime().keyring, now(), thorough=False)))
    return render_template(
        "desk/checkup/index.html", wrong=[one for one in found if not one.fine], fine=[one for one in found if one.fine], noindex=True
    )

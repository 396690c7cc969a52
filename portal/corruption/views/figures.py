"""The yearly numbers."""

from flask import render_template
from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.corruption.figures import yearly
from portal.corruption.rules import TOLD_FROM
from portal.corruption.views.blueprint import bp
from portal.kernel.thai_calendar import fiscal_year
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.page_cache import public_page

HOUR = 3600


@bp.get("/feedback/corruption/figures")
@audience(Audience.PUBLIC)
@public_page(seconds=HOUR)
def figures() -> str:
    """Finished fiscal years since the portal runs, which is when its trail begins."""
    began = db.session.scalar(select(func.min(AuditEntry.at))) or now()
    return render_template("corruption/figures.html", table=yearly(db.session, now(), fiscal_year(began)), least=TOLD_FROM)

"""The list: no words of any report, so that looking at it opens none."""

from dataclasses import dataclass

from flask import render_template, request, url_for

from portal.corruption import queries
from portal.corruption.desk.blueprint import bp
from portal.corruption.models import CorruptionReport
from portal.kernel.actor import Role
from portal.kernel.thai_calendar import office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

#: Closed reports on the page; older ones are found by nobody any more than by their own address.
CLOSED_MOST = 200
SHORT = 6  # letters of the key by which collectors speak of a report


@dataclass(frozen=True)
class Row:
    """A report as the list shows it."""

    report: CorruptionReport
    late: bool

    @property
    def name(self) -> str:
        """What collectors call it."""
        return short_name(self.report)

    @property
    def href(self) -> str:
        """Its page."""
        return url_for("corruption_desk.show", key=self.report.key)


def short_name(report: CorruptionReport) -> str:
    """The first letters of its random key."""
    return report.key[:SHORT].upper()


@bp.get("/desk/corruption")
@audience(Audience.DESK, Role.INTEGRITY)
def index() -> str:
    """Open reports by due day; ``?closed=1`` the concluded ones."""
    closed, today = request.args.get("closed") == "1", office_day(now())
    found = queries.visible(db.session, runtime().integrity, current_actor(), closed=closed)
    rows = [Row(report, not (closed or report.answered) and report.due_on < today) for report in found[:CLOSED_MOST]]
    return render_template(
        "corruption_desk/index.html", rows=rows, closed=closed, done=request.args.get("done") == "kept_away", noindex=True
    )

"""Reports open by themselves when their period has ended."""

from collections.abc import Sequence
from datetime import timedelta

from portal.agencies import queries as agencies
from portal.agencies.options import values_everywhere
from portal.casework.figures import Days
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import office_day
from portal.outbox.worker import JobContext, Timed
from portal.outcomes.options import REPORTS_A_YEAR
from portal.outcomes.reports import queries, service
from portal.outcomes.reports.rules import period_of

#: Ended periods that are looked at: a portal that stood still for a while makes up for it.
BACK = 2


def open_reports(context: JobContext) -> None:
    """For each agency that has heard anything in a period that ended lately, and has no report of it."""
    session, today = context.session, office_day(context.now)
    found = agencies.addressable(session)
    divided = values_everywhere(session, REPORTS_A_YEAR, [agency.id for agency in found])
    opened = queries.ends_by_agency(session, today - timedelta(days=800))
    for agency in found:
        period = period_of(today, int(divided[agency.id])).before()
        for _ in range(BACK):
            taken = any(first <= period.last and last >= period.first for first, last in opened.get(agency.id, ()))
            if not taken and queries.has_heard(session, agency.id, Days(period.first, period.last)):
                service.open_report(session, SYSTEM, context.now, agency, period)
            period = period.before()


TIMED: Sequence[Timed] = [Timed("outcomes.open_reports", timedelta(hours=6), open_reports)]

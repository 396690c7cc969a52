"""Reports open by themselves when their period has ended, and what is asked for at the desk is counted."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from portal.agencies import queries as agencies
from portal.agencies.options import values_everywhere
from portal.casework.figures import Days
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import office_day
from portal.outbox.worker import Alone, Handler, JobContext, Timed
from portal.outcomes.options import REPORTS_A_YEAR
from portal.outcomes.reports import drafting, queries, service
from portal.outcomes.reports.rules import period_of

#: Ended periods that are looked at: a portal that stood still for a while makes up for it.
BACK = 2
#: Between the counts of reports that open in the same night, so that mails come in between.
APART = timedelta(seconds=1)


def open_reports(context: JobContext) -> None:
    """For each agency that has heard anything in a period that ended lately, and has no report of it."""
    session, today = context.session, office_day(context.now)
    found = agencies.addressable(session)
    divided = values_everywhere(session, REPORTS_A_YEAR, [agency.id for agency in found])
    opened = queries.ends_by_agency(session, today - timedelta(days=800))
    turn = context.now
    for agency in found:
        period = period_of(today, int(divided[agency.id])).before()
        for _ in range(BACK):
            taken = any(first <= period.last and last >= period.first for first, last in opened.get(agency.id, ()))
            if not taken and queries.has_heard(session, agency.id, Days(period.first, period.last)):
                report = service.open_report(session, SYSTEM, context.now, agency, period)
                drafting.ask(session, SYSTEM, turn, report)
                turn += APART
            period = period.before()


HANDLERS: Mapping[str, Sequence[Handler]] = {drafting.ASKED: [Alone(drafting.count)]}
TIMED: Sequence[Timed] = [Timed("outcomes.open_reports", timedelta(hours=6), open_reports)]

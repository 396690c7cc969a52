"""Until when a request is answered, and until when an answer can be appealed."""

from datetime import date, datetime, timedelta

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day

REQUEST_DAYS = 30
REQUEST_BASIS = N_("PDPA section 30: within 30 days of receiving the request")
APPEAL_DAYS = 30


def due_on(received_at: datetime) -> date:
    """The last Bangkok day on which a decision is in time; the day of receipt is day 0."""
    return office_day(received_at) + timedelta(days=REQUEST_DAYS)


def appeal_until(decided_at: datetime) -> date:
    """The last Bangkok day on which the decision can be appealed."""
    return office_day(decided_at) + timedelta(days=APPEAL_DAYS)


def may_appeal(now: datetime, decided_at: datetime) -> bool:
    """True while the time to appeal runs."""
    return office_day(now) <= appeal_until(decided_at)

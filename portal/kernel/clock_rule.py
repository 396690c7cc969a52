"""When an answer is due: ``docs/rules/clock.md`` in code.

One case has one clock (นาฬิกาของเรื่อง); it starts with the day of receipt (day 0), and forwarding never resets it. Rules are data of
an agency; only the default stands here. Due dates are stored with the case, so a later rule changes no promise already given.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.kernel.workdays import add_working_days, next_working_day


@dataclass(frozen=True)
class DeadlineRule:
    """``days`` from receipt, counted in working days if ``working``; ``basis`` is shown to people as the legal ground."""

    days: int
    working: bool
    basis: str

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("a deadline cannot lie before the receipt")


DEFAULT_RULE = DeadlineRule(
    days=15,
    working=False,
    basis=N_("Royal Decree on Good Governance B.E. 2546, section 38: answer, or tell what is being done, within 15 days"),
)


def effective_day(received_at: datetime, holidays: Container[date], working: bool = False) -> date:
    """Day 0 of the clock: the Bangkok day of receipt; in working mode the first working day from it on."""
    day = office_day(received_at)
    return next_working_day(day, holidays) if working else day


def due_on(received_at: datetime, rule: DeadlineRule, holidays: Container[date]) -> date:
    """The last day on which an answer is in time; in calendar mode it may fall on a holiday and is not moved."""
    start = effective_day(received_at, holidays, rule.working)
    return add_working_days(start, rule.days, holidays) if rule.working else start + timedelta(days=rule.days)


def due_at(due_on: date) -> datetime:
    """The moment, in UTC, from which an answer is late: the midnight in Bangkok that ends the due day."""
    return datetime.combine(due_on + timedelta(days=1), time(), tzinfo=BANGKOK).astimezone(UTC)


def days_left(now: datetime, due_on: date) -> int:
    """Calendar days from today in Bangkok to the due day: 0 on the day itself, negative when late."""
    return (due_on - office_day(now)).days

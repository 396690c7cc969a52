"""When an answer is due: ``docs/rules/clock.md`` in code.

One case has one clock (นาฬิกาของเรื่อง); it starts with the day of receipt (day 0), and forwarding never resets it. Rules are data of
an agency; only the default stands here. Due dates are stored with the case, so a later rule changes no promise already given.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.kernel.workdays import add_working_days, is_working_day, next_working_day


@dataclass(frozen=True)
class DeadlineRule:
    """``days`` from receipt, counted in working days if ``working``; ``basis`` is shown to people as the legal ground.

    ``acknowledge_days`` are working days of the office whatever the rule counts in; ``final_days`` are counted as ``days`` are, None for no
    such time.
    """

    days: int
    working: bool
    basis: str
    acknowledge_days: int = 1
    final_days: int | None = None

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("a deadline cannot lie before the receipt")
        if self.final_days is not None and self.final_days < self.days:
            raise ValueError("a final answer is never due before the first")


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


def later(day: date, days: int, holidays: Container[date], *, working: bool) -> date:
    """The day ``days`` after ``day`` as a clock counts: working days, or days of the calendar."""
    return add_working_days(day, days, holidays) if working else day + timedelta(days=days)


def counted(after: date, last: date, holidays: Container[date], *, working: bool) -> int:
    """How many days a clock counts after ``after`` up to and with ``last``; 0 if that lies before."""
    days = (after + timedelta(days=n) for n in range(1, (last - after).days + 1))
    return sum(1 for day in days if not working or is_working_day(day, holidays))


def acknowledge_by(received_at: datetime, rule: DeadlineRule, holidays: Container[date]) -> date:
    """The last day on which an officer has taken the matter up in time: in working days, and never after the answer is due."""
    start = effective_day(received_at, holidays, working=True)
    return min(add_working_days(start, rule.acknowledge_days, holidays), due_on(received_at, rule, holidays))


def final_by(received_at: datetime, rule: DeadlineRule, holidays: Container[date]) -> date | None:
    """The last day for the final answer, None where the rule names none."""
    if rule.final_days is None:
        return None
    return later(effective_day(received_at, holidays, rule.working), rule.final_days, holidays, working=rule.working)


def due_at(due_on: date) -> datetime:
    """The moment, in UTC, from which an answer is late: the midnight in Bangkok that ends the due day."""
    return datetime.combine(due_on + timedelta(days=1), time(), tzinfo=BANGKOK).astimezone(UTC)


def days_left(now: datetime, due_on: date) -> int:
    """Calendar days from today in Bangkok to the due day: 0 on the day itself, negative when late."""
    return (due_on - office_day(now)).days

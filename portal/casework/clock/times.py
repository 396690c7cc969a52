"""The three times of a case and how each stands: acknowledgement, first answer, final answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.casework.models import Case
from portal.casework.rules import Status
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day


class Kept(StrEnum):
    """How a time stands."""

    OPEN = "open"
    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    OVER = "over"

    @property
    def label(self) -> str:
        """English source text; empty where the day says enough."""
        return KEPT_LABELS[self]


KEPT_LABELS = {
    Kept.OPEN: "",
    Kept.IN_TIME: N_("In time"),
    Kept.LATE: N_("Late"),
    Kept.OVERDUE: N_("Overdue"),
    Kept.OVER: N_("No longer open"),
}


@dataclass(frozen=True)
class Time:
    """By when, and on which day it was done."""

    label: str
    by: date
    done_on: date | None
    kept: Kept


def times_of(case: Case, today: date) -> list[Time]:
    """In their order; a time that was never promised is left out. ``today`` is a day in Bangkok."""
    acknowledged = office_day(case.acknowledged_at) if case.acknowledged_at else None
    answered = office_day(case.answered_at) if case.answered_at else None
    ended_at = (case.closed_at or case.outcome_at) if case.status in (Status.CLOSED, Status.DECLINED) else None
    found = [
        (N_("Taken up by an officer"), case.acknowledge_by, acknowledged),
        (N_("First answer"), case.first_due_on, answered),
        (N_("Final answer"), case.final_by, office_day(ended_at) if ended_at else None),
    ]
    waits = case.is_open or case.status is Status.ANSWERED
    return [Time(label, by, done, _kept(by, done, today, waits=waits)) for label, by, done in found if by is not None]


def _kept(by: date, done_on: date | None, today: date, *, waits: bool) -> Kept:
    if done_on is not None:
        return Kept.IN_TIME if done_on <= by else Kept.LATE
    if not waits:
        return Kept.OVER
    return Kept.OVERDUE if today > by else Kept.OPEN

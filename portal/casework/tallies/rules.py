"""What one case adds to the counters; values in, values out.

What depends on today (late, overdue, silent) is kept by the day on which it begins to count: right at midnight without a write.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from portal.casework.rules import CaseKind, Channel, Status
from portal.kernel.thai_calendar import office_day


class Dimension(StrEnum):
    """By what is counted; of each a case has one value or none."""

    ALL = "all"
    KIND = "kind"
    CHANNEL = "channel"
    TOPIC = "topic"
    UNIT = "unit"
    PROVINCE = "province"


class Measure(StrEnum):
    """What is counted. ``day`` of a cell is a number of days, a day's ordinal, or 0."""

    RECEIVED = "received"
    #: By calendar days to the first answer.
    IN_TIME = "in_time"
    ANSWERED_LATE = "answered_late"
    #: Open without an answer, by the first due day: late once it has passed.
    PENDING = "pending"
    #: Open, by the present due day: overdue once it has passed.
    OPEN = "open"
    #: Answered or closed, neither confirmed nor contested, by the day of the outcome: silence once the time to contest has passed.
    UNSPOKEN = "unspoken"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    #: Contested and answered anew.
    RENEWED = "renewed"
    #: Contested, and somebody outside let the outcome stand.
    UPHELD = "upheld"
    #: The due day was extended.
    EXTENDED = "extended"


#: After a contest these say that it was answered anew.
OUTCOMES = frozenset({Status.ANSWERED, Status.CLOSED, Status.DECLINED})
#: Of these the sender may still confirm the outcome.
CONFIRMABLE = frozenset({Status.ANSWERED, Status.CLOSED})


class Facts(NamedTuple):
    """What the counters ask of a case: columns of ``Case`` by their own names."""

    agency_id: int
    unit_id: int | None
    kind: CaseKind
    channel: Channel
    topic_id: int | None
    province: str | None
    fiscal_year: int
    received_at: datetime
    counted: bool
    status: Status
    is_open: bool
    first_due_on: date
    due_on: date
    days_to_answer: int | None
    answered_in_time: bool | None
    outcome_at: datetime | None
    confirmed_at: datetime | None
    escalation_level: int
    upheld_at: datetime | None
    extensions: int


class Cell(NamedTuple):
    """The key of a counter; ``month`` is the first Bangkok day of the month of receipt."""

    dimension: Dimension
    measure: Measure
    fiscal_year: int
    agency_id: int
    month: date
    value: str
    day: int


def cells_of(facts: Facts) -> list[Cell]:
    """The counters in which the case is counted once; none where it is merged or guarded."""
    if not facts.counted:
        return []
    month = office_day(facts.received_at).replace(day=1)
    measures = list(_measures(facts))
    return [
        Cell(dimension, measure, facts.fiscal_year, facts.agency_id, month, value, day)
        for dimension, value in _values(facts)
        for measure, day in measures
    ]


def moved(old: Facts | None, new: Facts | None) -> Counter[Cell]:
    """What the counters gain and lose when a case comes (no old), changes, or goes (no new)."""
    change: Counter[Cell] = Counter()
    change.update(cells_of(new) if new else ())
    change.subtract(cells_of(old) if old else ())
    return Counter({cell: number for cell, number in change.items() if number})


def _values(facts: Facts) -> Iterator[tuple[Dimension, str]]:
    yield Dimension.ALL, ""
    yield Dimension.KIND, facts.kind.value
    yield Dimension.CHANNEL, facts.channel.value
    if facts.topic_id is not None:
        yield Dimension.TOPIC, str(facts.topic_id)
    if facts.unit_id is not None:
        yield Dimension.UNIT, str(facts.unit_id)
    if facts.province:
        yield Dimension.PROVINCE, facts.province


def _measures(facts: Facts) -> Iterator[tuple[Measure, int]]:
    yield Measure.RECEIVED, 0
    if facts.answered_in_time is not None:
        yield Measure.IN_TIME if facts.answered_in_time else Measure.ANSWERED_LATE, facts.days_to_answer or 0
    elif facts.is_open:
        yield Measure.PENDING, facts.first_due_on.toordinal()
    if facts.is_open:
        yield Measure.OPEN, facts.due_on.toordinal()
    if facts.confirmed_at is not None:
        yield Measure.CONFIRMED, 0
    if facts.extensions:
        yield Measure.EXTENDED, 0
    if facts.escalation_level:
        yield from _after_contest(facts)
    elif facts.status in CONFIRMABLE and facts.confirmed_at is None and facts.outcome_at is not None:
        yield Measure.UNSPOKEN, office_day(facts.outcome_at).toordinal()


def _after_contest(facts: Facts) -> Iterator[tuple[Measure, int]]:
    yield Measure.CONTESTED, 0
    if facts.upheld_at is not None:
        yield Measure.UPHELD, 0
    elif facts.status in OUTCOMES:
        yield Measure.RENEWED, 0

"""When a box is due, who may witness, what a month of the record proves. In words: ``docs/rules/boxes.md``."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year_bounds, office_day
from portal.kernel.workdays import next_working_day

NAME_MOST, PLACE_MOST, ROLE_MOST, WORDS_MOST = 120, 300, 120, 500
RHYTHM_DAYS, RHYTHM_MOST = 30, 92
COUNT_MOST = 5_000
WITNESSES_MOST = 3
SLIPS_MOST = 500
#: How long the codes of a series hold, from the day of printing.
SERIES_LIFE = timedelta(days=730)
#: Mails: so long before the due day, and so often after it.
SOON = timedelta(days=3)
AGAIN = timedelta(days=7)
#: Later than this an opening counts as entered late.
ENTERED_WITHIN = timedelta(days=30)


class Sector(StrEnum):
    """Where a witness comes from: always from outside the agency."""

    COMMUNITY = "community"
    CIVIL_SOCIETY = "civil_society"
    BUSINESS = "business"
    ACADEMIC = "academic"
    MEDIA = "media"
    SERVICE_USER = "service_user"
    OTHER_AGENCY = "other_agency"

    @property
    def label(self) -> str:
        """English source text."""
        return SECTOR_LABELS[self]


class Seal(StrEnum):
    """What the seal on the box was like."""

    INTACT = "intact"
    BROKEN = "broken"
    NONE = "none"

    @property
    def label(self) -> str:
        """English source text."""
        return SEAL_LABELS[self]


class Correction(StrEnum):
    """What was put right: openings themselves never change."""

    COUNT = "count"
    TAKEN_BACK = "taken_back"


class State(StrEnum):
    """Where a box stands on a day."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    TAKEN_DOWN = "taken_down"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


SECTOR_LABELS = {
    Sector.COMMUNITY: N_("Community"),
    Sector.CIVIL_SOCIETY: N_("Civil-society organisation"),
    Sector.BUSINESS: N_("Private sector"),
    Sector.ACADEMIC: N_("School or university"),
    Sector.MEDIA: N_("Media"),
    Sector.SERVICE_USER: N_("Somebody who came for a service"),
    Sector.OTHER_AGENCY: N_("Another agency"),
}
SEAL_LABELS = {Seal.INTACT: N_("Seal intact"), Seal.BROKEN: N_("Seal broken"), Seal.NONE: N_("There was no seal")}
STATE_LABELS = {
    State.IN_TIME: N_("Opened in time"),
    State.DUE_SOON: N_("To be opened soon"),
    State.OVERDUE: N_("Overdue"),
    State.TAKEN_DOWN: N_("Taken down"),
}


def due_on(last: date, rhythm_days: int, holidays: Container[date]) -> date:
    """The working day by which a box is opened that was opened (or set up) on ``last``."""
    return next_working_day(last + timedelta(days=rhythm_days), holidays)


def state_on(today: date, due: date, taken_down_on: date | None) -> State:
    """The due day itself is in time."""
    if taken_down_on is not None:
        return State.TAKEN_DOWN
    if today > due:
        return State.OVERDUE
    return State.DUE_SOON if today >= due - SOON else State.IN_TIME


def reminder_round(today: date, due: date) -> int | None:
    """Which mail is owed: 0 before the due day, 1 after it, one more each week; None while none is."""
    if today > due:
        return 1 + (today - due - timedelta(days=1)) // AGAIN
    return 0 if today >= due - SOON else None


def is_late_entry(opened_at: datetime, recorded_at: datetime) -> bool:
    """Entered so late that the record says so."""
    return office_day(recorded_at) - office_day(opened_at) > ENTERED_WITHIN


@dataclass(frozen=True)
class Month:
    """A calendar month (its first day) of a box; ``opening`` is the number of the opening that proves it, None where there is none."""

    first: date
    opening: int | None


def months(
    fiscal_year: int, hangs_since: date, hangs_until: date | None, today: date, openings: Iterable[tuple[int, date, date]]
) -> Sequence[Month]:
    """The months of the year in which the box hung from the first to the last day, as far as they are over.

    ``openings`` are number, day, and day of entry of those that count.
    """
    proofs: dict[tuple[int, int], int] = {}
    for number, day, entered in openings:
        if entered - day <= ENTERED_WITHIN:
            proofs.setdefault((day.year, day.month), number)
    found = []
    for first in _months_of(fiscal_year):
        last = _next_month(first) - timedelta(days=1)
        if hangs_since <= first and (hangs_until is None or hangs_until >= last) and last < today:
            found.append(Month(first, proofs.get((first.year, first.month))))
    return found


def _months_of(fiscal_year: int) -> Iterable[date]:
    month, last = fiscal_year_bounds(fiscal_year)
    while month <= last:
        yield month
        month = _next_month(month)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)

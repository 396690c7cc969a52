"""Where a report stands, what may be done with it, when the first word is due; ``docs/rules/corruption.md`` in code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day

FRIDAY = 4
#: A code is shown again to a second press of the same form for so long.
READABLE_FOR = timedelta(hours=24)
CONTACT_KEPT_YEARS = 1
#: The least number of reports that is told to the public.
TOLD_FROM = 5


class ReportStatus(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"
    LOOKING_INTO = "looking_into"
    REFERRED = "referred"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """English source text."""
        return STATUS_LABELS[self]


class Result(StrEnum):
    """What came of it."""

    FOUNDED = "founded"
    UNFOUNDED = "unfounded"
    NOT_ENOUGH = "not_enough"
    NOT_OURS = "not_ours"
    REFERRED = "referred"

    @property
    def label(self) -> str:
        """English source text."""
        return RESULT_LABELS[self]


class Place(StrEnum):
    """Who outside can take it, or who above."""

    NACC = "nacc"
    PACC = "pacc"
    OMBUDSMAN = "ombudsman"
    AUDIT_OFFICE = "audit_office"
    ABOVE = "above"
    OTHER = "other"

    @property
    def label(self) -> str:
        """English source text."""
        return PLACE_LABELS[self]


class Act(StrEnum):
    """What collectors and reporters do."""

    BEGIN = "begin"
    REFER = "refer"
    CLOSE = "close"


class EntryKind(StrEnum):
    """Whose words an entry holds. The reporter reads the first three."""

    REPORTER = "reporter"
    COLLECTOR = "collector"
    STATUS = "status"
    NOTE = "note"
    HANDED = "handed"
    KEPT_AWAY = "kept_away"


@dataclass(frozen=True)
class Move:
    """From where an act leads to where."""

    sources: frozenset[ReportStatus]
    target: ReportStatus


_OPEN = frozenset({ReportStatus.RECEIVED, ReportStatus.LOOKING_INTO, ReportStatus.REFERRED})
MOVES: Mapping[Act, Move] = {
    Act.BEGIN: Move(frozenset({ReportStatus.RECEIVED, ReportStatus.REFERRED, ReportStatus.CLOSED}), ReportStatus.LOOKING_INTO),
    Act.REFER: Move(_OPEN, ReportStatus.REFERRED),
    Act.CLOSE: Move(_OPEN, ReportStatus.CLOSED),
}
FOR_REPORTER = frozenset({EntryKind.REPORTER, EntryKind.COLLECTOR, EntryKind.STATUS})

STATUS_LABELS = {
    ReportStatus.RECEIVED: N_("Received"),
    ReportStatus.LOOKING_INTO: N_("Being looked into"),
    ReportStatus.REFERRED: N_("Referred to another authority"),
    ReportStatus.CLOSED: N_("Concluded"),
}
RESULT_LABELS = {
    Result.FOUNDED: N_("There is something to it, action is taken"),
    Result.UNFOUNDED: N_("Nothing was found"),
    Result.NOT_ENOUGH: N_("Too little is known to go on"),
    Result.NOT_OURS: N_("Not within our power"),
    Result.REFERRED: N_("With the authority that it was referred to"),
}
PLACE_LABELS = {
    Place.NACC: N_("National Anti-Corruption Commission (NACC), telephone 1205"),
    Place.PACC: N_("Public Sector Anti-Corruption Commission (PACC), telephone 1206"),
    Place.OMBUDSMAN: N_("Ombudsman, telephone 1676"),
    Place.AUDIT_OFFICE: N_("State Audit Office"),
    Place.ABOVE: N_("The agency above"),
    Place.OTHER: N_("Another authority, named in the message"),
}


def possible(act: Act, status: ReportStatus) -> bool:
    """True if the act may be done at this status."""
    return status in MOVES[act].sources


def month_of(moment: datetime) -> date:
    """First day of the month in Bangkok: all that is stored in clear of a time."""
    return office_day(moment).replace(day=1)


def due_on(received_at: datetime, days: int) -> date:
    """The Friday at or before the day on which the promise ends; tells the week of receipt, never the day. ``days`` is 8 or more."""
    last = office_day(received_at) + timedelta(days=days)
    return last - timedelta(days=(last.weekday() - FRIDAY) % 7)


def years_before(day: date, years: int) -> date:
    """First day of the month so many years before."""
    return date(day.year - years, day.month, 1)

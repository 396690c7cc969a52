"""What every fact says of itself, and of whom the facts are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year_bounds


class Fact(Struct, frozen=True, kw_only=True, tag_field="kind", tag=True):
    """One record, as far as the scale looks at it. Days are Bangkok days.

    ``key`` names the record among those of its kind and agency and never changes; ``path`` is where anybody can open it, without
    host and language. Who reads it may see nothing that the page at ``path`` does not show.
    """

    key: str
    path: str
    name_th: str
    name_en: str = ""
    #: The day of the event itself.
    on: date
    #: The day on which the portal stored it; never set by hand.
    recorded_on: date
    #: False for what is not public and was not closed for a stated lawful reason either.
    public: bool = True
    #: The officer or the position that is published as responsible; empty counts as nobody.
    responsible: str = ""
    withdrawn: bool = False
    #: Somebody made it who also claims or confirms the score of this agency and year.
    by_scorer: bool = False


class Lasting(Fact, frozen=True, kw_only=True):
    """What goes on from ``on`` until ``until`` (its last day; None while no end is set): it counts in every year that it touches."""

    until: date | None = None

    def goes_on(self, day: date) -> bool:
        """True if it has begun and not ended on this day."""
        return self.on <= day and (self.until is None or day <= self.until)


class Mission(Struct, frozen=True, kw_only=True):
    """A mission of the agency (ภารกิจ), named by its code."""

    code: str
    name_th: str
    name_en: str = ""
    is_core: bool = False


class Sector(StrEnum):
    """Where somebody on a committee, a group or a round comes from."""

    STATE = "state"
    BUSINESS = "business"
    CIVIL_SOCIETY = "civil_society"
    COMMUNITY = "community"
    ACADEMIC = "academic"
    MEDIA = "media"

    @property
    def label(self) -> str:
        """English source text."""
        return SECTOR_LABELS[self]


SECTOR_LABELS = {
    Sector.STATE: N_("The state itself"),
    Sector.BUSINESS: N_("Private sector"),
    Sector.CIVIL_SOCIETY: N_("Civil-society organisation"),
    Sector.COMMUNITY: N_("Community"),
    Sector.ACADEMIC: N_("School or university"),
    Sector.MEDIA: N_("Media"),
}


class Subject(Struct, frozen=True, kw_only=True):
    """The agency and the fiscal year (B.E.) that are looked at.

    ``as_of`` is the day of the look: today, and never after the day on which the year is frozen. ``kind`` and ``level`` are the codes of
    ``portal.agencies.rules``.
    """

    agency: str
    name_th: str
    name_en: str = ""
    kind: str
    level: str
    fiscal_year: int
    as_of: date
    is_compulsory: bool = False
    is_sample: bool = False
    #: The first year of which the portal has a record of this agency: computed, never ranked.
    is_first_year: bool = False
    missions: tuple[Mission, ...] = ()


@dataclass(frozen=True)
class Look:
    """What an ``evidence.py`` is asked for: the facts of this fiscal year (B.E.), as they stood on ``as_of``.

    ``as_of`` is today while the year runs, and its last day afterwards; ``entered_by`` is the last day on which something could still be
    stored. ``whose`` maps each agency and each of its units to the agency that is scored, by id; ``scorers`` gives those whose own records
    do not count, by the id of the scored agency.
    """

    fiscal_year: int
    as_of: date
    entered_by: date
    whose: Mapping[int, int]
    scorers: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @property
    def first(self) -> date:
        """The first day of the year."""
        return fiscal_year_bounds(self.fiscal_year)[0]

    @property
    def last(self) -> date:
        """The last day of the year."""
        return fiscal_year_bounds(self.fiscal_year)[1]

    def scored(self, agency_id: int, user_id: int | None) -> bool:
        """True if this person scores the agency: ``Fact.by_scorer`` of what they made."""
        return user_id is not None and user_id in self.scorers.get(agency_id, frozenset())


#: Entered later than this after the event, a record waits for the assessor; what lasts begins anew with each fiscal year.
ENTERED_WITHIN = timedelta(days=30)
#: How long after a fiscal year something can still be entered for it.
FREEZE_DAYS = 60


def look_at(
    fiscal_year: int,
    today: date,
    whose: Mapping[int, int],
    scorers: Mapping[int, frozenset[int]] | None = None,
    freeze_days: int = FREEZE_DAYS,
) -> Look:
    """The look at a year on a day."""
    last = fiscal_year_bounds(fiscal_year)[1]
    return Look(fiscal_year, min(today, last), min(today, last + timedelta(days=freeze_days)), whose, scorers or {})

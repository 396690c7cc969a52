"""One year of an office: the law's days with what the portal and the agency have laid over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.agencies.calendar import own_days
from portal.agencies.models import OfficeHoliday
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BUDDHIST_OFFSET
from portal.kernel.workdays import is_working_day, named_office_holidays


class Source(StrEnum):
    """Who says so."""

    LAW = "law"
    PORTAL = "portal"
    OWN = "own"

    @property
    def label(self) -> str:
        """English source text."""
        return SOURCE_LABELS[self]


SOURCE_LABELS = {
    Source.LAW: N_("Table of public and government holidays"),
    Source.PORTAL: N_("Entered for the whole portal"),
    Source.OWN: N_("Entered here"),
}


@dataclass(frozen=True)
class YearDay:
    """One day. ``changes`` if it makes a difference: a day off on a Sunday makes none. ``covered`` if somebody else's word holds."""

    day: date
    name_th: str
    name_en: str
    is_closed: bool
    source: Source
    covered: bool = False

    @property
    def changes(self) -> bool:
        """False on Saturdays and Sundays, which are no working days anyway."""
        return is_working_day(self.day, ())


def office_year(session: Session, agency_id: int | None, year: int) -> list[YearDay]:
    """Every entry of a Buddhist year, oldest first. Of several for one day the agency's own holds, then the portal's, then the law's."""
    common = year - BUDDHIST_OFFSET
    english = named_office_holidays(common, "en")
    law = [YearDay(day, name, english[day], True, Source.LAW) for day, name in named_office_holidays(common, "th").items()]
    portal = _entered(own_days(session, None), common, Source.PORTAL if agency_id else Source.OWN)
    own = _entered(own_days(session, agency_id), common, Source.OWN) if agency_id else []
    layers = [law, portal, own]
    above = [{entry.day for later in layers[place + 1 :] for entry in later} for place in range(len(layers))]
    every = [_under(entry, entry.day in days) for layer, days in zip(layers, above, strict=True) for entry in layer]
    return sorted(every, key=lambda entry: (entry.day, list(Source).index(entry.source)))


def _entered(days: Sequence[OfficeHoliday], year: int, source: Source) -> list[YearDay]:
    return [YearDay(row.day, row.name_th, row.name_en, row.is_closed, source) for row in days if row.day.year == year]


def _under(entry: YearDay, covered: bool) -> YearDay:
    return YearDay(entry.day, entry.name_th, entry.name_en, entry.is_closed, entry.source, covered)

"""Everything that the page of a fiscal year tells, of one agency itself or of all together; a dozen questions, however many cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, joinedload

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.figures import Figure, Figures, figures_by, figures_by_agency, list_behind_figure, months_of
from portal.casework.figures.reading import numbers_of, summed
from portal.casework.figures.small import provinces_shown, topics_shown
from portal.casework.models import Case
from portal.casework.raising.queries import raised_to
from portal.casework.rules import CaseKind, Channel
from portal.casework.tallies.queries import Tally, tallies
from portal.casework.tallies.rules import Dimension, Measure
from portal.casework.topics.queries import topics_of
from portal.kernel import places
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.kernel.thai_text import sort_key

SILENT_SHOWN = 5


@dataclass(frozen=True)
class Line:
    """Figures of one value: a code for files and addresses, and names; of enums the English source (``translated``)."""

    code: str
    name_th: str
    name_en: str
    figures: Figures
    translated: bool = False


@dataclass(frozen=True)
class Period:
    """A month or a quarter, and the same one a year before."""

    code: str
    first_on: date
    now: Figures
    before: Figures


@dataclass(frozen=True)
class Place:
    """A province whose count may be told."""

    code: str
    name_th: str
    name_en: str
    received: int


@dataclass(frozen=True)
class Year:
    """The page. ``rest`` is what no province shows: no place known, or fewer than five."""

    agency: Agency | None
    fiscal_year: int
    whole: Period
    so_far: Period | None
    quarters: Sequence[Period]
    months: Sequence[Period]
    kinds: Sequence[Line]
    channels: Sequence[Line]
    units: Sequence[Line]
    topics: Sequence[Place]
    provinces: Sequence[Place]
    raised: Sequence[tuple[Agency, int]]

    @property
    def rest(self) -> int:
        """Received, and told of no province."""
        return self.whole.now.received - sum(place.received for place in self.provinces)

    @property
    def rest_of_topics(self) -> int:
        """Received, and told of no topic."""
        return self.whole.now.received - sum(topic.received for topic in self.topics)


def year_of(session: Session, agency: Agency | None, year: int, now: datetime) -> Year:
    """The year until now; of an agency what it holds itself."""
    ids = [agency.id] if agency else None
    by_month = {key[0]: tally for key, tally in tallies(session, Dimension.ALL, "month", agency_ids=ids, years=[year, year - 1]).items()}
    open_now = tallies(session, Dimension.ALL, agency_ids=ids, years=None, measures=[Measure.OPEN])[()]
    months, before = months_of(year), months_of(year - 1)

    def period(code: str, places_: range, open_: Tally | None = None) -> Period:
        tally, earlier = (summed(by_month.get(names[place], Tally()) for place in places_) for names in (months, before))
        return Period(code, months[places_.start], numbers_of(tally, year, now, open_), numbers_of(earlier, year - 1, now))

    over = sum(month <= office_day(now).replace(day=1) for month in months) - 1 if year == fiscal_year(now) else 0
    return Year(
        agency=agency,
        fiscal_year=year,
        whole=period("year", range(12), open_now),
        so_far=period("so-far", range(over)) if over > 0 else None,
        quarters=[period(f"q{number + 1}", range(3 * number, 3 * number + 3)) for number in range(4)],
        months=[period(f"{months[place]:%Y-%m}", range(place, place + 1)) for place in range(12)],
        kinds=_kinds(session, ids, year, now),
        channels=_channels(session, ids, year, now),
        units=_units(session, agency, year, now) if agency else [],
        topics=_topics(session, agency, year) if agency else [],
        provinces=_provinces(session, agency, year),
        raised=raised_to(session, agency.id, year) if agency else [],
    )


def _kinds(session: Session, ids: list[int] | None, year: int, now: datetime) -> list[Line]:
    found = figures_by(session, Dimension.KIND, ids, year, now)
    lines = [Line(kind.value, kind.label, kind.label, found[kind.value], translated=True) for kind in CaseKind if kind.value in found]
    return sorted(lines, key=_most_first)


def _channels(session: Session, ids: list[int] | None, year: int, now: datetime) -> list[Line]:
    found = figures_by(session, Dimension.CHANNEL, ids, year, now)
    lines = [Line(one.value, one.label, one.label, found[one.value], translated=True) for one in Channel if one.value in found]
    return sorted(lines, key=_most_first)


def _units(session: Session, agency: Agency, year: int, now: datetime) -> list[Line]:
    """In Thai dictionary order: how much a unit received is no merit and no fault."""
    found = figures_by(session, Dimension.UNIT, [agency.id], year, now)
    units = agencies.by_ids(session, [int(code) for code in found])
    lines = [Line(unit.slug, unit.name_th, unit.name_en, found[str(id_)]) for id_, unit in units.items()]
    return sorted(lines, key=lambda line: sort_key(line.name_th))


def _topics(session: Session, agency: Agency, year: int) -> list[Place]:
    shown = topics_shown(session, agency.id, year)
    topics = [topic for topic in topics_of(session, [agency.id]) if topic.id in shown]
    return sorted((Place(one.slug, one.name_th, one.name_en, shown[one.id]) for one in topics), key=lambda one: (-one.received, one.code))


def _provinces(session: Session, agency: Agency | None, year: int) -> list[Place]:
    shown = provinces_shown(session, year).of(agency.id if agency else None)
    table = [(place, shown[place.code]) for place in places.provinces() if place.code in shown]
    return [
        Place(place.code, place.label_th, place.name_en, count) for place, count in sorted(table, key=lambda one: (-one[1], one[0].code))
    ]


def _most_first(line: Line) -> tuple[int, str]:
    return -line.figures.received, line.code


def by_agency(session: Session, year: int, now: datetime) -> list[tuple[Agency, Figures, bool]]:
    """Each agency that received anything, by name, and whether it is in its first year."""
    found = figures_by_agency(session, year, now)
    known = agencies.by_ids(session, list(found))
    begun = tallies(session, Dimension.ALL, "agency_id", "fiscal_year", agency_ids=None, years=None, measures=[Measure.RECEIVED])
    first = dict(sorted(begun, reverse=True))  # of each agency the last pair stays, which has its first year
    return [(one, found[one.id], first[one.id] >= year) for one in agencies.in_order(known.values())]


def years_counted(session: Session, now: datetime, ids: list[int] | None) -> list[int]:
    """Fiscal years with cases and the present one, newest first."""
    begun = tallies(session, Dimension.ALL, "fiscal_year", agency_ids=ids, years=None, measures=[Measure.RECEIVED])
    return sorted({fiscal_year(now), *(key[0] for key in begun)}, reverse=True)


def longest_silent(session: Session, agency: Agency | None, now: datetime, most: int = SILENT_SHOWN) -> Sequence[Case]:
    """Overdue for longest."""
    query = list_behind_figure(Figure.OVERDUE, [agency.id] if agency else None, fiscal_year(now), now)
    query = query.options(joinedload(Case.agency), joinedload(Case.unit))
    return session.scalars(query.order_by(Case.due_on, Case.id).limit(most)).all()

"""The figures of a province in one fiscal year; a dozen questions, however many agencies and cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.areas import area_of
from portal.agencies.joining.queries import in_province
from portal.agencies.models import Agency
from portal.casework.figures import Figures, figures_by
from portal.casework.figures.reading import numbers_of, summed
from portal.casework.figures.small import provinces_shown, topics_shown_by
from portal.casework.rules import CaseKind
from portal.casework.tallies.queries import Tally, tallies
from portal.casework.tallies.rules import Dimension, Measure
from portal.casework.topics.queries import topics_of
from portal.figures.year import Line, Place
from portal.kernel.thai_text import sort_key


@dataclass(frozen=True)
class OfAgency:
    """One agency of the province with its figures, and its topics from five on."""

    agency: Agency
    figures: Figures
    topics: Sequence[Place] = ()


@dataclass(frozen=True)
class ProvinceYear:
    """The page. ``placed`` is what the whole country received whose place lies here; None where nothing may be told of it."""

    province: Agency
    fiscal_year: int
    whole: Figures
    before: Figures
    agencies: Sequence[OfAgency]
    kinds: Sequence[Line]
    elsewhere: Sequence[tuple[Agency, int]]
    placed: int | None


def province_year(session: Session, province: Agency, year: int, now: datetime) -> ProvinceYear:
    """The year until now, of those who are in the province now."""
    inside = in_province(session, province)
    ids = [agency.id for agency in inside]
    by_agency = tallies(session, Dimension.ALL, "agency_id", "fiscal_year", agency_ids=ids, years=[year, year - 1])
    open_now = tallies(session, Dimension.ALL, "agency_id", agency_ids=ids, years=None, measures=[Measure.OPEN])
    topics = _topics(session, ids, year)

    def whole(of: int) -> Tally:
        return summed(by_agency.get((one, of), Tally()) for one in ids)

    lines = [
        OfAgency(one, numbers_of(by_agency.get((one.id, year), Tally()), year, now, open_now.get((one.id,))), topics[one.id])
        for one in inside
    ]
    placed, elsewhere = _elsewhere(session, province, set(ids), year)
    return ProvinceYear(
        province=province,
        fiscal_year=year,
        whole=numbers_of(whole(year), year, now, summed(open_now.values())),
        before=numbers_of(whole(year - 1), year - 1, now),
        agencies=[line for line in lines if not line.agency.is_closed or line.figures.received or line.figures.overdue],
        kinds=_kinds(session, ids, year, now),
        elsewhere=elsewhere,
        placed=placed,
    )


def _kinds(session: Session, ids: list[int], year: int, now: datetime) -> list[Line]:
    found = figures_by(session, Dimension.KIND, ids, year, now)
    lines = [Line(kind.value, kind.label, kind.label, found[kind.value], translated=True) for kind in CaseKind if kind.value in found]
    return sorted(lines, key=lambda line: (-line.figures.received, line.code))


def _topics(session: Session, ids: list[int], year: int) -> Mapping[int, list[Place]]:
    """What the page of each agency shows."""
    shown = topics_shown_by(session, ids, year)
    found: dict[int, list[Place]] = {agency_id: [] for agency_id in ids}
    for topic in topics_of(session, ids):
        if (count := shown[topic.agency_id].get(topic.id)) is not None:
            found[topic.agency_id].append(Place(topic.slug, topic.name_th, topic.name_en, count))
    return {agency_id: sorted(places, key=lambda one: (-one.received, one.code)) for agency_id, places in found.items()}


def _elsewhere(session: Session, province: Agency, inside: set[int], year: int) -> tuple[int | None, list[tuple[Agency, int]]]:
    """What the table of all agencies and provinces shows of this province, without the agencies that are in it."""
    area = area_of(session, province.id)
    if len(area) != 1 or len(area[0]) != len("10"):
        return None, []  # of a part of a province, or several, nothing is counted
    table, code = provinces_shown(session, year), area[0]
    shown = {row: table.numbers[row, code] for row, column in table.shown.cells if column == code and row not in inside}
    found = agencies.by_ids(session, shown)
    rows = sorted(((found[row], count) for row, count in shown.items()), key=lambda pair: sort_key(pair[0].name_th))
    return table.of(None).get(code), rows

"""The figures of a province as lines of a file; what is hidden is in no line."""

import csv
import io
from collections.abc import Iterator

from portal.casework.figures import Figure, Figures
from portal.figures.province.reading import ProvinceYear

HEAD = ("fiscal_year", "part", "agency", "code", "name_th", "name_en", "figure", "number")
Line = tuple[int | str | float, ...]
DAYS = ("median_days", "ninth_days")


def as_csv(year: ProvinceYear) -> str:
    """With a byte order mark, so that spreadsheets read Thai."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows((year.fiscal_year, *line) for line in _lines(year))
    return "\ufeff" + made.getvalue()


def _lines(year: ProvinceYear) -> Iterator[Line]:
    yield from _of(("province", "", "", "", ""), year.whole, list(Figure))
    for one in year.agencies:
        names = (one.agency.name_th, one.agency.name_en)
        yield from _of(("agency", one.agency.slug, "", *names), one.figures, list(Figure))
        for topic in one.topics:
            yield "topic", one.agency.slug, topic.code, topic.name_th, topic.name_en, Figure.RECEIVED.value, topic.received
    for line in year.kinds:
        yield from _of(("kind", "", line.code, "", ""), line.figures, list(Figure))
    for agency, count in year.elsewhere:
        yield "placed_here", agency.slug, "", agency.name_th, agency.name_en, Figure.RECEIVED.value, count
    if year.placed is not None:
        yield "placed_here", "", "", "", "", Figure.RECEIVED.value, year.placed


def _of(head: tuple[str, ...], figures: Figures, counted: list[Figure]) -> Iterator[Line]:
    for figure in counted:
        yield *head, figure.value, getattr(figures, figure.value)
    for name in DAYS:
        if (days := getattr(figures, name)) is not None:
            yield *head, name, days

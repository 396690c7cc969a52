"""The figures of a year as lines, for CSV, JSON and the API: each count once, with codes; what is hidden is in no line."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from portal.casework.figures import Figure, Figures
from portal.figures.year import Year

#: Of a period that lies behind only what was received in it is told; overdue looks at today.
COUNTS = tuple(figure for figure in Figure if figure is not Figure.OVERDUE)


@dataclass(frozen=True)
class Count:
    """One number: part (year, quarter, month, kind, channel, unit, topic, province), its code and names, what is counted, the number."""

    fiscal_year: int
    part: str
    code: str
    name_th: str
    name_en: str
    figure: str
    number: int | float


def counts_of(year: Year) -> list[Count]:
    """Every number of the page."""
    return [Count(year.fiscal_year, *line) for line in _lines(year)]


def _lines(year: Year) -> Iterator[tuple[str, str, str, str, str, int | float]]:
    yield from _of("year", "", "", "", year.whole.now)
    yield "year", "", "", "", Figure.OVERDUE.value, year.whole.now.overdue
    for part, periods in (("quarter", year.quarters), ("month", year.months)):
        for period in periods:
            if period.now.received:
                yield from _of(part, period.code, "", "", period.now)
    for part, lines in (("kind", year.kinds), ("channel", year.channels), ("unit", year.units)):
        for line in lines:
            names = ("", "") if line.translated else (line.name_th, line.name_en)
            yield from _of(part, line.code, *names, line.figures)
    for part, places in (("topic", year.topics), ("province", year.provinces)):
        for place in places:
            yield part, place.code, place.name_th, place.name_en, Figure.RECEIVED.value, place.received


def _of(part: str, code: str, name_th: str, name_en: str, figures: Figures) -> Iterator[tuple[str, str, str, str, str, int | float]]:
    for figure in COUNTS:
        yield part, code, name_th, name_en, figure.value, getattr(figures, figure.value)
    for name in ("median_days", "ninth_days"):
        if (days := getattr(figures, name)) is not None:
            yield part, code, name_th, name_en, name, days


def as_csv(counts: Sequence[Count]) -> str:
    """With a byte order mark, so that spreadsheets read Thai."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(Count.__dataclass_fields__)
    writer.writerows(asdict(count).values() for count in counts)
    return "\ufeff" + made.getvalue()


def as_json(year: Year, counts: Sequence[Count], url: str) -> str:
    """The same, with where it comes from."""
    head = {"agency": year.agency.slug if year.agency else None, "fiscal_year": year.fiscal_year, "url": url}
    return json.dumps({**head, "counts": [asdict(count) for count in counts]}, ensure_ascii=False, indent=1) + "\n"

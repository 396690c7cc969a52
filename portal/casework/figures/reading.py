"""The figures, from the counters that are kept up to date: as quick at a million cases as at a hundred."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework.figures.numbers import Figures, median_of, ninth_of
from portal.casework.rules import Channel
from portal.casework.tallies.queries import Tally, tallies
from portal.casework.tallies.rules import Dimension, Measure
from portal.kernel.thai_calendar import office_day


def figures(
    session: Session, agency_ids: Collection[int] | None, fiscal_year: int, now: datetime, channel: Channel | None = None
) -> Figures:
    """All figures of a fiscal year, for some agencies or for every one, perhaps of one channel alone. Two queries."""
    dimension, value = (Dimension.ALL, None) if channel is None else (Dimension.CHANNEL, channel.value)
    year = tallies(session, dimension, agency_ids=agency_ids, years=[fiscal_year], value=value)[()]
    open_now = tallies(session, dimension, agency_ids=agency_ids, years=None, value=value, measures=[Measure.OPEN])[()]
    return numbers_of(year, fiscal_year, now, open_now)


def figures_by(
    session: Session, dimension: Dimension, agency_ids: Collection[int] | None, fiscal_year: int, now: datetime
) -> dict[str, Figures]:
    """What ``figures`` says of each value under which anything was received, by the value of the counters. Two queries."""
    years = tallies(session, dimension, "value", agency_ids=agency_ids, years=[fiscal_year])
    open_now = tallies(session, dimension, "value", agency_ids=agency_ids, years=None, measures=[Measure.OPEN])
    return {key[0]: numbers_of(tally, fiscal_year, now, open_now.get(key)) for key, tally in years.items()}


def figures_by_agency(session: Session, fiscal_year: int, now: datetime) -> dict[int, Figures]:
    """What ``figures`` says of each agency by itself, by its id. Two queries."""
    years = tallies(session, Dimension.ALL, "agency_id", agency_ids=None, years=[fiscal_year])
    open_now = tallies(session, Dimension.ALL, "agency_id", agency_ids=None, years=None, measures=[Measure.OPEN])
    return {key[0]: numbers_of(tally, fiscal_year, now, open_now.get(key)) for key, tally in years.items()}


def figures_by_channel(session: Session, agency_id: int, fiscal_year: int, now: datetime) -> dict[Channel, Figures]:
    """What ``figures`` says of each channel through which the agency received anything, for a list of them. Two queries."""
    return {Channel(code): found for code, found in figures_by(session, Dimension.CHANNEL, [agency_id], fiscal_year, now).items()}


def summed(parts: Iterable[Tally]) -> Tally:
    """All of them together."""
    whole = Tally()
    for part in parts:
        whole.merge(part)
    return whole


def numbers_of(tally: Tally, fiscal_year: int, now: datetime, open_now: Tally | None = None) -> Figures:
    """The counters as they read today. ``open_now`` is of every year, for what is overdue; without it overdue is 0."""
    today, waits = office_day(now), tally.waits()
    return Figures(
        fiscal_year=fiscal_year,
        received=tally.plain[Measure.RECEIVED],
        answered=sum(count for _, count in waits),
        in_time=tally.total(Measure.IN_TIME),
        late=tally.late_on(today),
        overdue=open_now.overdue_on(today) if open_now else 0,
        contested=tally.plain[Measure.CONTESTED],
        renewed=tally.plain[Measure.RENEWED],
        upheld=tally.plain[Measure.UPHELD],
        confirmed=tally.plain[Measure.CONFIRMED],
        extended=tally.plain[Measure.EXTENDED],
        silent=tally.silent_on(today),
        median_days=median_of(waits),
        ninth_days=ninth_of(waits),
    )

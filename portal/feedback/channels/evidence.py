"""Evidence of the channels: the register of each agency, and what came by each in every quarter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.agencies.models import Agency
from portal.casework.evidence import entered_late, in_year, quarter_name, quarter_of, told_of
from portal.casework.models import Case
from portal.casework.rules import Channel
from portal.casework.tallies.queries import tallies
from portal.casework.tallies.rules import Dimension, Measure
from portal.feedback.channels.models import AgencyChannel
from portal.kernel.evidence import ChannelFact, ChannelInput, Fact, Look
from portal.kernel.thai_calendar import office_day, quarter

#: Agency, channel, quarter.
Place = tuple[int, str, int]
Register = Mapping[tuple[int, str], AgencyChannel]


def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
    """Entries of the register that had begun, and what stands in the figures of each channel; four queries.

    An entry is as it is described now, with the collector of now, because the register keeps no versions: only the days of opening and
    closing, and of storing, tell of an earlier time. Who entered it is not kept either.
    """
    found: dict[int, list[Fact]] = {agency.id: [] for agency in agencies}
    by_id = {agency.id: agency for agency in agencies}
    register: dict[tuple[int, str], AgencyChannel] = {}
    for entry in _entries(session, list(by_id), look):
        register[entry.agency_id, entry.channel.value] = entry
        found[entry.agency_id].append(_entry(by_id[entry.agency_id], entry))
    received, late = _received(session, look), _late(session, look)
    for place, number in sorted(received.items()):
        those, last_entry = late.get(place, (0, None))
        parts = ((number - those, None), (those, last_entry))
        found[place[0]] += [_input(by_id[place[0]], look, place, part, register, entry) for part, entry in parts if part > 0]
    return found


def collector_of(entry: AgencyChannel) -> str:
    """The person or position that is published as collector, empty where there is none."""
    person = entry.named_collector
    return person.name_th if person is not None else entry.collector_position_th


def _entries(session: Session, agency_ids: Sequence[int], look: Look) -> list[AgencyChannel]:
    begun = select(AgencyChannel).where(AgencyChannel.agency_id.in_(agency_ids), AgencyChannel.open_from <= look.as_of)
    rows = session.scalars(begun.options(joinedload(AgencyChannel.collector)).order_by(AgencyChannel.id))
    return [row for row in rows if office_day(row.recorded_at or row.updated_at) <= look.entered_by]


def _entry(agency: Agency, entry: AgencyChannel) -> ChannelFact:
    collector = collector_of(entry)
    return ChannelFact(
        key=entry.channel.value, path=f"/agencies/{agency.slug}/channels/{entry.channel.value}",
        name_th=entry.name_th, name_en=entry.name_en, on=entry.open_from, until=entry.open_until,
        recorded_on=office_day(entry.recorded_at or entry.updated_at), responsible=collector,
        channel=entry.channel.value, audience=entry.audience.value, is_formal=entry.is_formal, collector=collector,
    )  # fmt: skip


def _received(session: Session, look: Look) -> Counter[Place]:
    found: Counter[Place] = Counter()
    cells = tallies(
        session,
        Dimension.CHANNEL,
        "agency_id",
        "value",
        "month",
        agency_ids=look.whose,
        years=[look.fiscal_year],
        measures=[Measure.RECEIVED],
    )
    for (agency_id, channel, month), tally in cells.items():
        found[look.whose[agency_id], channel, quarter(month)] += tally.plain[Measure.RECEIVED]
    return found


def _late(session: Session, look: Look) -> dict[Place, tuple[int, datetime]]:
    """Of these how many were entered late, and when the last one was."""
    those = select(Case.agency_id, Case.channel, quarter_of(look), Case.recorded_at).where(in_year(look), entered_late()).subquery()
    by = (those.c.agency_id, those.c.channel, those.c.quarter)
    found: dict[Place, tuple[int, datetime]] = {}
    for agency_id, channel, of, number, last in session.execute(select(*by, func.count(), func.max(those.c.recorded_at)).group_by(*by)):
        place = look.whose[agency_id], channel.value, of
        before, entry = found.get(place, (0, last))
        found[place] = before + number, max(entry, last)
    return found


def _input(agency: Agency, look: Look, place: Place, number: int, register: Register, last_entry: datetime | None) -> ChannelInput:
    """What came by a channel that the register does not describe has nobody who is responsible."""
    _, channel, of = place
    entry = register.get((agency.id, channel))
    (quarter_th, quarter_en), told = quarter_name(of, look.fiscal_year), told_of(look, of, number, last_entry)
    label = Channel(channel).label
    return ChannelInput(
        key=f"{channel}-{look.fiscal_year}-{of}{told.key}", path=f"/agencies/{agency.slug}/channels/{channel}?year={look.fiscal_year}",
        name_th=(f"{entry.name_th}: {quarter_th}" if entry else quarter_th) + told.name_th,
        name_en=f"{(entry.name_en if entry else '') or label}: {quarter_en}{told.name_en}",
        on=told.on, recorded_on=told.recorded_on, responsible=collector_of(entry) if entry else "", channel=channel,
        is_formal=entry.is_formal if entry else False, quarter=of, received=number,
    )  # fmt: skip

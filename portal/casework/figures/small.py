"""What may be told of provinces and topics in one fiscal year: counts from five on, from which no smaller one can be computed."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.casework.figures.hiding import NONE, Cell, Shown, may_be_shown
from portal.casework.tallies.queries import Tally, tallies
from portal.casework.tallies.rules import Dimension, Measure


@dataclass(frozen=True)
class Provinces:
    """Who may see what: by agency and province, and of all agencies together."""

    numbers: Mapping[Cell, int]
    shown: Shown

    def of(self, agency_id: int | None) -> dict[str, int]:
        """Cases by code of province that may be shown, of one agency itself or of all together."""
        if agency_id is None:
            whole: Counter[str] = Counter()
            for (_, code), number in self.numbers.items():
                whole[code] += number
            return {code: whole[code] for code in sorted(self.shown.columns)}
        return {code: self.numbers[row, code] for row, code in sorted(self.shown.cells) if row == agency_id}


def provinces_shown(session: Session, fiscal_year: int) -> Provinces:
    """Of every agency at once, because what one shows may tell of another. Two queries."""
    received = [Measure.RECEIVED]
    placed = tallies(session, Dimension.PROVINCE, "agency_id", "value", agency_ids=None, years=[fiscal_year], measures=received)
    whole = tallies(session, Dimension.ALL, "agency_id", agency_ids=None, years=[fiscal_year], measures=received)
    numbers: dict[Cell, int] = {(agency_id, code): _received(tally) for (agency_id, code), tally in placed.items()}
    somewhere: Counter[int] = Counter()
    for (agency_id, _), number in numbers.items():
        somewhere[agency_id] += number
    for (agency_id,), tally in whole.items():
        numbers[agency_id, NONE] = _received(tally) - somewhere[agency_id]
    return Provinces(numbers, may_be_shown(numbers, sums=True))


def topics_shown(session: Session, agency_id: int, fiscal_year: int) -> dict[int, int]:
    """Cases by id of the topic that may be shown. Two queries."""
    return topics_shown_by(session, [agency_id], fiscal_year)[agency_id]


def topics_shown_by(session: Session, agency_ids: Collection[int], fiscal_year: int) -> dict[int, dict[int, int]]:
    """The same of many agencies, each by itself: topics belong to one agency. Two queries, however many."""
    received = [Measure.RECEIVED]
    found = tallies(session, Dimension.TOPIC, "agency_id", "value", agency_ids=agency_ids, years=[fiscal_year], measures=received)
    whole = tallies(session, Dimension.ALL, "agency_id", agency_ids=agency_ids, years=[fiscal_year], measures=received)
    by_agency: dict[int, dict[str, int]] = {agency_id: {} for agency_id in agency_ids}
    for (agency_id, value), tally in found.items():
        by_agency[agency_id][value] = _received(tally)
    return {one: _topics_shown(one, _received(whole.get((one,), Tally())), counts) for one, counts in by_agency.items()}


def _topics_shown(agency_id: int, whole: int, counts: Mapping[str, int]) -> dict[int, int]:
    numbers: dict[Cell, int] = {(agency_id, value): count for value, count in counts.items()}
    numbers[agency_id, NONE] = whole - sum(counts.values())
    return {int(value): numbers[agency_id, value] for _, value in sorted(may_be_shown(numbers, sums=False).cells)}


def _received(tally: Tally) -> int:
    return tally.plain[Measure.RECEIVED]

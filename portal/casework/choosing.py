"""What the address of a list of cases asks for. A wrong filter must not pass for an answer: it is not found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.figures import Days, Figure, Narrow, quarter_days
from portal.casework.figures.small import provinces_shown, topics_shown
from portal.casework.rules import CaseKind, Channel
from portal.casework.topics.models import Topic
from portal.casework.topics.queries import by_slug as topic_by_slug
from portal.kernel import places
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year
from portal.kernel.thai_text import fold_digits

_YEAR = re.compile(r"2[45][0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Common years of days in an address.
COUNTED_YEARS = range(1942, 2156)


@dataclass(frozen=True)
class Chosen:
    """The filters of the address. ``figure`` asks for the list behind a number instead of the published answers.

    ``own``: of the agency itself, without those below it, as its page of figures counts. ``channel`` narrows such a list to one channel of
    one agency (``docs/rules/channels.md``), ``days`` to what it received on these days (``docs/rules/considered.md``), ``topic``, ``unit``
    and ``province`` as ``docs/rules/figures.md`` says.
    """

    agency: Agency | None
    kind: CaseKind | None
    year: int | None
    figure: Figure | None
    channel: Channel | None = None
    days: Days | None = None
    topic: Topic | None = None
    unit: Agency | None = None
    province: str | None = None
    quarter: int | None = None
    own: bool = False

    @property
    def is_own(self) -> bool:
        """Only what the agency itself holds is counted."""
        return bool(self.own or self.channel or self.days or self.topic or self.unit or self.province)

    @property
    def narrow(self) -> Narrow:
        """For the criterion."""
        return Narrow(
            kind=self.kind,
            topic_id=self.topic.id if self.topic else None,
            unit_id=self.unit.id if self.unit else None,
            province=self.province,
        )

    @property
    def counted_days(self) -> Days | None:
        """Days that stand for the year."""
        return quarter_days(self.year, self.quarter) if self.quarter and self.year else self.days


def read(session: Session, args: Mapping[str, str], now: datetime) -> Chosen:
    """Raises ``NotFound`` for what is no agency, kind, year, list, or a count that stays hidden."""
    names = ("agency", "kind", "year", "list", "channel", "from", "until", "topic", "unit", "province", "quarter", "own")
    given = {name: args.get(name, "").strip() for name in names}
    found = next((one for one in agencies.all_agencies(session) if one.slug == given["agency"]), None) if given["agency"] else None
    year, days = fold_digits(given["year"]), (given["from"], given["until"])
    if any(_wrong(given, year, found)):
        raise NotFound
    figure = Figure(given["list"]) if given["list"] else None
    chosen = Chosen(
        found,
        CaseKind(given["kind"]) if given["kind"] else None,
        int(year) if year else fiscal_year(now) if given["quarter"] else None,
        figure,
        Channel(given["channel"]) if given["channel"] else None,
        _days(*days),
        topic_by_slug(session, found.id, given["topic"]) if found and given["topic"] else None,
        agencies.by_slug(session, given["unit"]) if given["unit"] else None,
        given["province"] or None,
        int(given["quarter"]) if given["quarter"] else None,
        bool(given["own"]),
    )
    if (given["topic"] and not chosen.topic) or (given["unit"] and not chosen.unit) or _is_hidden(session, chosen, now):
        raise NotFound
    return chosen


def _wrong(given: Mapping[str, str], year: str, found: Agency | None) -> list[object]:
    days, overdue = (given["from"], given["until"]), given["list"] == Figure.OVERDUE
    small = given["topic"] or given["province"]
    return [
        given["agency"] and not found,
        given["kind"] and given["kind"] not in list(CaseKind),
        year and not _YEAR.fullmatch(year),
        given["list"] and given["list"] not in list(Figure),
        given["channel"] and (given["channel"] not in list(Channel) or not found or not given["list"]),
        any(days) and (_days(*days) is None or year or not found or not given["list"] or overdue),
        (given["topic"] or given["unit"] or given["own"]) and (not found or not given["list"]),
        given["own"] and given["own"] != "1",
        given["quarter"] and (given["quarter"] not in ("1", "2", "3", "4") or not given["list"] or overdue or any(days)),
        given["province"] and (not given["list"] or len(given["province"]) != 2 or not places.is_code(given["province"])),
        # Of these only whole years are told, and each by itself, or a part would tell of the rest.
        small and (overdue or given["quarter"] or any(days) or given["channel"] or given["unit"] or (given["topic"] and given["province"])),
    ]


def _is_hidden(session: Session, chosen: Chosen, now: datetime) -> bool:
    year = chosen.year or fiscal_year(now)
    if chosen.topic and chosen.agency:
        return chosen.topic.id not in topics_shown(session, chosen.agency.id, year)
    if chosen.province:
        return chosen.province not in provinces_shown(session, year).of(chosen.agency.id if chosen.agency else None)
    return False


def _days(first: str, last: str) -> Days | None:
    """Two days of ISO 8601, the earlier first, in years that can be counted; None for anything else."""
    if not (_DAY.fullmatch(first) and _DAY.fullmatch(last)):
        return None
    try:
        found = Days(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None
    return found if found.first <= found.last and found.last.year in COUNTED_YEARS and found.first.year in COUNTED_YEARS else None

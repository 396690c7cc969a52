"""A report's figures as plain data: what a version keeps, what the page, the CSV and the JSON are written from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework.rules import Channel
from portal.feedback.channels.models import AgencyChannel
from portal.feedback.channels.rules import ChannelAudience
from portal.kernel.messages import N_
from portal.outcomes.reports import counting
from portal.outcomes.reports.counting import Place, Totals, Ways
from portal.outcomes.reports.rules import Period
from portal.outcomes.rules import FEW, Outcome, columns, gathered
from portal.outcomes.themes.models import Theme

#: Channels that the agency has not described have no audience that it could name.
NOT_DESCRIBED = "not_described"
NO_THEME = "no_theme"
Figures = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One question over all that was heard."""

    name: str
    #: For whoever waits.
    label: str
    ask: Callable[[Session, Place], Any]


STEPS: Sequence[Step] = (
    Step("total", N_("What was heard, month by month"), counting.totals),
    Step("ways", N_("Kinds and channels"), counting.by_kind_and_channel),
    Step("days", N_("Days until the first answer"), counting.median_days),
    Step("decided", N_("Themes and decisions"), counting.by_theme_and_outcome),
    Step("examples", N_("Published examples of each theme"), counting.examples),
    Step("changes", N_("What the opinions changed"), counting.improvements),
)


def assemble(session: Session, agency_id: int, period: Period, now: datetime, reached: Callable[[int], None] = lambda _: None) -> Figures:
    """Everything that may be told of the period as of ``now``; eight questions, however much was heard. Holds nothing that is hidden.

    ``reached`` is told the number of each step, from 1, before it is taken.
    """
    place, found = Place(agency_id, period, now), dict[str, Any]()
    for number, step in enumerate(STEPS, 1):
        reached(number)
        found[step.name] = step.ask(session, place)
    return _told(session, place, **found)


def _told(
    session: Session, place: Place, *, total: Totals, ways: Ways, days: float | None, changes: Iterable[tuple[Any, ...]], **decisions: Any
) -> Figures:
    period, (kinds, channels) = place.period, ways
    return {
        "as_of": place.now.isoformat(),
        "first_on": period.first.isoformat(),
        "last_on": period.last.isoformat(),
        "heard": total.received,
        "not_taken_up": total.declined,
        "taken_back": total.withdrawn,
        "considered": total.considered,
        "answered": total.answered,
        "in_time": total.in_time,
        "late": total.late,
        "unanswered": total.unanswered,
        "median_days": days,
        "kinds": {kind.value: count for kind, count in kinds.items() if count},
        "channels": {channel.value: count for channel, count in channels.items() if count},
        "audiences": _audiences(session, place.agency_id, channels),
        "months": [{"first_on": first.isoformat(), "count": count} for first, count in zip(period.months, total.months, strict=True)],
        **_decisions(counting.themes(session, place), **decisions),
        "improvements": [_improvement(row) for row in changes],
    }


def _audiences(session: Session, agency_id: int, channels: Mapping[Channel, int]) -> dict[str, int]:
    """How the register describes the channels through which something came."""
    rows = session.execute(select(AgencyChannel.channel, AgencyChannel.audience).where(AgencyChannel.agency_id == agency_id))
    described: dict[Channel, ChannelAudience] = dict(rows.all())
    found: dict[str, int] = {}
    for channel, count in channels.items():
        if count:
            name = described[channel].value if channel in described else NOT_DESCRIBED
            found[name] = found.get(name, 0) + count
    return found


def _summed(parts: Iterable[Mapping[Outcome, int]]) -> dict[Outcome, int]:
    whole = dict.fromkeys(Outcome, 0)
    for counts in parts:
        for outcome, count in counts.items():
            whole[outcome] += count
    return whole


def _decisions(
    names: Mapping[int, Theme], decided: Mapping[int | None, Mapping[Outcome, int]], examples: Mapping[int | None, list[str]]
) -> dict[str, Any]:
    """Outcomes over all and by theme. Themes with five opinions or more stand by themselves, the largest first; all else, also what has no
    theme, in ``rest``. Numbers of outcomes stand under groups of codes; by theme the groups are the same or wider (``rules.columns``)."""
    told = gathered({theme_id: sum(counts.values()) for theme_id, counts in decided.items()})
    ordered = sorted(told.shown.items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or 0))
    whole, rest = _summed(decided.values()), _summed(decided[theme_id] for theme_id in told.keys)
    over_all = gathered(whole)
    groups = [(outcome,) for outcome in Outcome if outcome in over_all.shown] + ([over_all.keys] if over_all.keys else [])
    by_theme = columns([*(decided[theme_id] for theme_id, _ in ordered), rest], groups)

    def about(theme_id: int | None) -> dict[str, Any]:
        return {**named(names.get(theme_id) if theme_id else None), "examples": examples.get(theme_id, [])}

    return {
        "outcomes": [{"of": _codes(group), "count": _count(whole, group)} for group in groups],
        "columns": [_codes(group) for group in by_theme],
        "themes": [
            {**about(theme_id), "count": count, "outcomes": [_count(decided[theme_id], group) for group in by_theme]}
            for theme_id, count in ordered
        ],
        "rest": {
            "of": [about(theme_id) for theme_id in told.keys],
            "count": told.together,
            "outcomes": [_count(rest, group) for group in by_theme],
        }
        if told.keys
        else None,
    }


def _codes(group: Iterable[Outcome]) -> list[str]:
    return [outcome.value for outcome in group]


def _count(counts: Mapping[Outcome, int], group: Iterable[Outcome]) -> int:
    return sum(counts[outcome] for outcome in group)


def named(theme: Theme | None) -> dict[str, str]:
    """A theme as the figures hold it; an empty slug stands for opinions without a theme."""
    return {"slug": theme.slug, "name_th": theme.name_th, "name_en": theme.name_en} if theme else {"slug": "", "name_th": "", "name_en": ""}


def _improvement(row: tuple[Any, ...]) -> dict[str, Any]:
    slug, title_th, title_en, kind, state, opinions = row
    told = opinions if opinions >= FEW or not opinions else None
    return {"slug": slug, "title_th": title_th, "title_en": title_en, "kind": kind.value, "state": state.value, "opinions": told}


def numbers_of(figures: Figures) -> list[str]:
    """The published cases that the report names."""
    themes = [*figures["themes"], *(figures["rest"]["of"] if figures["rest"] else ())]
    return [number for theme in themes for number in theme["examples"]]


Line = tuple[str, str, str, str, int | float | str]


def lines(figures: Figures) -> Iterator[Line]:
    """Every figure once, for a table: part, code, name in Thai and English where it is the agency's own, number."""
    for name in ("heard", "not_taken_up", "taken_back", "considered", "answered", "in_time", "late", "unanswered"):
        yield "total", name, "", "", figures[name]
    yield "total", "median_days", "", "", "" if figures["median_days"] is None else figures["median_days"]
    for part in ("kinds", "channels", "audiences"):
        for code, count in figures[part].items():
            yield part, code, "", "", count
    for month in figures["months"]:
        yield "months", month["first_on"][:7], "", "", month["count"]
    for one in figures["outcomes"]:
        yield "outcomes", "+".join(one["of"]), "", "", one["count"]
    for theme in figures["themes"]:
        yield from _theme_lines(figures, theme["slug"] or NO_THEME, theme["name_th"], theme["name_en"], theme)
    if rest := figures["rest"]:
        yield from _theme_lines(figures, "+".join(one["slug"] or NO_THEME for one in rest["of"]), "", "", rest)
    for one in figures["improvements"]:
        yield "improvements", one["slug"], one["title_th"], one["title_en"], f"1-{FEW - 1}" if one["opinions"] is None else one["opinions"]


def _theme_lines(figures: Figures, code: str, name_th: str, name_en: str, row: Mapping[str, Any]) -> Iterator[Line]:
    yield "themes", code, name_th, name_en, row["count"]
    for group, count in zip(figures["columns"], row["outcomes"], strict=True):
        yield f"theme {code}", "+".join(group), name_th, name_en, count

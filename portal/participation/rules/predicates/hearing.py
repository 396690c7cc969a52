"""Which activities count as listening (``docs/rules/scale.md``, "Gaming")."""

from collections.abc import Iterable, Iterator, Sequence

from portal.kernel.evidence import Activity
from portal.participation.rules.predicates.base import Held


def heard(held: Held) -> list[Activity]:
    """Activities that were held, count, and were listening."""
    there = done(held.counting(Activity))
    bad = {one.key for one in [*officers_only(there, held.gaming.least_outside), *too_small(there), *twice(there)]}
    return [one for one in there if one.key not in bad]


def done(activities: Iterable[Activity]) -> list[Activity]:
    """Those that were held."""
    return [one for one in activities if one.is_done and not one.is_cancelled]


def officers_only(held: Sequence[Activity], least: int) -> list[Activity]:
    """Those at which fewer than ``least`` people from outside the state took part."""
    return [one for one in held if one.people < least]


def too_small(held: Sequence[Activity]) -> list[Activity]:
    """Surveys below their own minimum."""
    return [one for one in held if one.people < one.least_people]


def twice(held: Sequence[Activity]) -> list[Activity]:
    """Those all of whose records an earlier activity of another mission produced already: one forum does not serve two missions."""
    return [one for one, owned in _owned(held) if owned and not any(owned)]


def shared(held: Sequence[Activity]) -> list[Activity]:
    """Those one of whose records an earlier activity of another mission produced already."""
    return [one for one, owned in _owned(held) if not all(owned)]


def _owned(held: Sequence[Activity]) -> Iterator[tuple[Activity, list[bool]]]:
    """Each activity, the one held first first, and of each of its records whether it counts for its mission."""
    first: dict[str, str] = {}
    for one in sorted(held, key=lambda activity: (activity.on, activity.planned_on, activity.key)):
        yield one, [first.setdefault(record, one.mission) == one.mission for record in one.records]

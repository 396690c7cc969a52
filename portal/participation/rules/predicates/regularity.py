"""Level 2 of 2549, how regularly and by which ways people were heard."""

from collections.abc import Iterable

from msgspec import Struct

from portal.kernel.evidence import Activity, Box, BoxOpened, ChannelInput
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import quarter
from portal.participation.rules.predicates.amounts import QUARTERS, Count, Share, found, needed, quarters_over
from portal.participation.rules.predicates.base import Held, lacks, missing, predicate, said
from portal.participation.rules.predicates.hearing import heard
from portal.participation.rules.predicates.places import of_channels, of_plan
from portal.participation.rules.results import Finding
from portal.participation.rules.saying import month


def _inputs(held: Held) -> list[ChannelInput]:
    return [one for one in held.counting(ChannelInput) if one.received > 0]


class Quarters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many of the four."""

    quarters: Count


@predicate(Quarters)
def every_quarter(held: Held, given: Quarters) -> Finding:
    """In so many quarters somebody was heard: by a channel or at an activity. Only quarters that are over are asked for."""
    over = range(1, quarters_over(held.subject) + 1)
    inputs, activities = _inputs(held), heard(held)
    there = {one.quarter for one in inputs} | {quarter(one.on) for one in activities}
    silent, need = [one for one in over if one not in there], max(0, len(over) - (QUARTERS - given.quarters))
    text = N_("Somebody was heard in %(have)d of %(all)d quarters that are over (needed: %(need)d)")
    gaps = [missing(N_("Nobody was heard in quarter %(quarter)d"), of_plan(held.subject), quarter=one) for one in silent]
    have = len(over) - len(silent)
    return found(have >= need, said(text, have=have, all=len(over), need=need), [*inputs, *activities], gaps)


class Ways(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At least so many ways altogether, formal ones, informal ones."""

    least: Count = 0
    formal: Count = 0
    informal: Count = 0


@predicate(Ways)
def channels_with_input(held: Held, given: Ways) -> Finding:
    """Something came in by so many ways: channels that received something, and methods of activities that were listening."""
    inputs, activities = _inputs(held), heard(held)
    formal, informal = _ways(inputs, activities, formal=True), _ways(inputs, activities, formal=False)
    parts = (
        (formal + informal < given.least, N_("Nothing came in by a channel or an activity yet")),
        (formal < given.formal, N_("Nothing came in by a formal way yet")),
        (informal < given.informal, N_("Nothing came in by an informal way yet")),
    )
    gaps = [missing(text, of_channels(held.subject)) for lacks, text in parts if lacks]
    told = said(N_("Ways by which something came in: %(formal)d formal, %(informal)d informal"), formal=formal, informal=informal)
    return found(not gaps, told, [*inputs, *activities], gaps)


def _ways(inputs: Iterable[ChannelInput], activities: Iterable[Activity], *, formal: bool) -> int:
    channels = {one.channel for one in inputs if one.is_formal == formal}
    methods = {one.method for one in activities if one.is_formal == formal}
    return len(channels) + len(methods)


class BoxMonths(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``share`` per cent of all months in which a box hung."""

    share: Share = 100


@predicate(BoxMonths)
def boxes_opened(held: Held, given: BoxMonths) -> Finding:
    """Each box was opened in each whole month that is over. Boxes are an example in the source: who has none is not failed for it."""
    boxes = held.to_answer(Box)
    if not boxes:
        return found(True, said(N_("The agency has no suggestion box; none is asked for")))
    openings = held.counting(BoxOpened)
    opened = {(one.box, one.on.replace(day=1)) for one in openings}
    asked = [(box, first) for box in boxes for first in box.months]
    shut = [(box, first) for box, first in asked if (box.key, first) not in opened]
    have, need = len(asked) - len(shut), needed(given.share, len(asked))
    told = said(
        N_("Boxes were opened in %(have)d of %(all)d months, all boxes added up (needed: %(need)d)"), have=have, all=len(asked), need=need
    )
    gaps = [lacks(box, N_("Was not opened in %(month)s"), month=month(first)) for box, first in shut]
    return found(have >= need, told, openings, gaps)

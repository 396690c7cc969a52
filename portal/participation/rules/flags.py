"""What looks like gaming, shown to everybody (``docs/rules/scale.md``, "Gaming").

What a flag takes from the evidence is taken in ``weighing`` and ``predicates.hearing``; here it is only told.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from portal.kernel.evidence import Activity, CaseQuarter, ChannelInput, Fact, Lasting
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year_bounds
from portal.participation.rules.predicates.base import refs, said
from portal.participation.rules.predicates.hearing import done, officers_only, shared, too_small
from portal.participation.rules.results import COUNTING, Flag, Standing
from portal.participation.rules.saying import day, named
from portal.participation.rules.scales import Gaming

#: Sums that the portal makes itself are dated on the last day of their quarter; that says nothing of anybody.
SUMS = (CaseQuarter, ChannelInput)
OF_THE_YEAR = COUNTING | {Standing.LATE}


def flags_of(weighed: Sequence[tuple[Fact, Standing]], fiscal_year: int, gaming: Gaming) -> tuple[Flag, ...]:
    """All flags of a dossier, in the order of the table."""
    held = done(fact for fact, standing in weighed if isinstance(fact, Activity) and standing in COUNTING)
    events = [fact for fact, standing in weighed if standing in OF_THE_YEAR and not isinstance(fact, SUMS)]
    return (
        *_activities(held, gaming),
        *_last_day(events, fiscal_year_bounds(fiscal_year)[1], gaming),
        *_in_bulk(events, gaming),
        *_by_scorer([fact for fact, standing in weighed if standing is Standing.BY_SCORER]),
    )


def _activities(held: Sequence[Activity], gaming: Gaming) -> Iterator[Flag]:
    twice = N_("“%(activity)s” names a record that an earlier activity of another mission produced; it counts for that one")
    few = N_("At “%(activity)s” %(people)d people from outside the state took part; without at least %(least)d it is no listening")
    small = N_("The survey “%(activity)s” has %(people)d answers and does not count below its own minimum of %(least)d")
    for one in shared(held):
        yield _flag("one_record_twice", twice, one)
    for one in officers_only(held, gaming.least_outside):
        yield _flag("officers_only", few, one, people=one.people, least=gaming.least_outside)
    for one in too_small(held):
        yield _flag("survey_too_small", small, one, people=one.people, least=one.least_people)


def _flag(code: str, text: str, one: Activity, **values: int) -> Flag:
    return Flag(code=code, said=said(text, activity=named(one.name_th, one.name_en), **values), refs=refs([one]))


def _last_day(events: Sequence[Fact], last: date, gaming: Gaming) -> Iterator[Flag]:
    there = [one for one in events if one.on == last]
    if len(there) >= gaming.last_day and len(there) * 100 >= gaming.last_day_share * len(events):
        text = N_("%(count)d of %(all)d records are dated on the last day of the fiscal year")
        yield Flag(code="last_day", said=said(text, count=len(there), all=len(events)), refs=refs(there))


def _in_bulk(events: Sequence[Fact], gaming: Gaming) -> Iterator[Flag]:
    """Of past events only: what is planned ahead, and what lasts, is properly entered together."""
    stored: dict[date, list[Fact]] = defaultdict(list)
    for one in events:
        if one.on < one.recorded_on and not isinstance(one, Lasting):
            stored[one.recorded_on].append(one)
    for on, there in sorted(stored.items()):
        if len(there) >= gaming.bulk and len({one.on for one in there}) > 1:
            text = N_("%(count)d records of different days were entered on one day, %(day)s")
            yield Flag(code="entered_in_bulk", said=said(text, count=len(there), day=day(on)), refs=refs(there))


def _by_scorer(made: Sequence[Fact]) -> Iterator[Flag]:
    if made:
        text = N_("%(count)d records were made by somebody who scores and do not count")
        yield Flag(code="by_scorer", said=said(text, count=len(made)), refs=refs(made))

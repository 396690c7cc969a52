"""Level 3 of 2549: what was heard has a collector, is classified, assigned, answered, considered, and improves something."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from portal.kernel.evidence import CaseQuarter, ChannelFact, ImprovementFact, OpinionReportFact
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import NO_RECORDS, Count, Share, due_by_now, found, needed
from portal.participation.rules.predicates.base import Held, NoThresholds, lacks, missing, predicate, said
from portal.participation.rules.predicates.places import IMPROVEMENTS, REPORTS, of_channels
from portal.participation.rules.results import Finding, Missing, Said


@predicate(NoThresholds)
def collector_for_every_channel(held: Held, given: NoThresholds) -> Finding:
    """Each channel that is open on the day of the look has somebody named to collect what comes."""
    asked = [one for one in held.to_answer(ChannelFact) if one.goes_on(held.subject.as_of)]
    if not asked:
        return found(False, NO_RECORDS, missing=[missing(N_("Enter the channels of the agency"), of_channels(held.subject))])
    counting = {one.key for one in held.counting(ChannelFact)}
    there = [one for one in asked if one.key in counting and one.collector.strip()]
    gaps = [lacks(one, N_("Nobody is named to collect what comes")) for one in asked if one not in there]
    told = said(N_("%(have)d of %(need)d channels have a named collector"), have=len(there), need=len(asked))
    return found(not gaps, told, there, gaps)


NOBODY_WROTE = Said(N_("Nothing was received, so nothing was left lying"))


class PartOfCases(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``share`` per cent of what was received."""

    share: Share


@predicate(PartOfCases)
def classified_and_assigned(held: Held, given: PartOfCases) -> Finding:
    """Of what was received so much has a topic, and so much has a unit or an officer."""
    quarters, counting = held.belonging(CaseQuarter), held.counting(CaseQuarter)
    received = sum(one.received for one in quarters)
    if not received:
        return found(True, NOBODY_WROTE)
    classified, assigned = sum(one.classified for one in counting), sum(one.assigned for one in counting)
    need = needed(given.share, received)
    text = N_("Of %(all)d received %(classified)d are classified and %(assigned)d assigned (needed of each: %(need)d)")
    told = said(text, all=received, classified=classified, assigned=assigned, need=need)
    gaps = [*_by_quarter(quarters, "classified"), *_by_quarter(quarters, "assigned")]
    return found(classified >= need and assigned >= need, told, counting, gaps)


_LEFT = {
    "classified": N_("Quarter %(quarter)d: %(count)d are not classified"),
    "assigned": N_("Quarter %(quarter)d: %(count)d are not assigned"),
}


def _by_quarter(quarters: Iterable[CaseQuarter], part: str) -> Sequence[Missing]:
    left = ((one, one.received - int(getattr(one, part))) for one in quarters)
    return [missing(_LEFT[part], one.path, quarter=one.quarter, count=count) for one, count in left if count > 0]


class InTime(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Per cent answered within ``days`` calendar days, of what is due, and per cent that ended with result and reason, of what ended."""

    days: Count
    share: Share
    with_reason: Share


@predicate(InTime)
def answered_in_time(held: Held, given: InTime) -> Finding:
    """What was received is answered in time and ends with a disposition and a reason. What still waits within its days is not due."""
    quarters, counting = held.belonging(CaseQuarter), held.counting(CaseQuarter)
    good, due = sum(_in_time(one, given.days) for one in counting), sum(_due(one, given.days) for one in quarters)
    reasons, ended = sum(one.ended_with_reason for one in counting), sum(one.ended for one in quarters)
    if not due + ended:
        return found(True, said(N_("No answer was due")), counting)
    need = needed(given.share, due)
    text = N_(
        "%(have)d of %(all)d were answered within %(days)d days (needed: %(need)d). %(reasons)d of %(ended)d ended with result and reason"
    )
    told = said(text, have=good, all=due, days=given.days, need=need, reasons=reasons, ended=ended)
    gaps = [gap for one in quarters for gap in _unanswered(one, given)]
    return found(good >= need and reasons >= needed(given.with_reason, ended), told, counting, gaps)


def _in_time(one: CaseQuarter, days: int) -> int:
    return sum(count for after, count in one.answered_after if after <= days)


def _due(one: CaseQuarter, days: int) -> int:
    return sum(count for _, count in one.answered_after) + sum(count for since, count in one.waiting_for if since > days)


def _unanswered(one: CaseQuarter, given: InTime) -> Sequence[Missing]:
    late, bare = _due(one, given.days) - _in_time(one, given.days), one.ended - one.ended_with_reason
    parts = (
        (late, N_("Quarter %(quarter)d: %(count)d were answered late or wait beyond their days")),
        (bare, N_("Quarter %(quarter)d: %(count)d ended without result and reason")),
    )
    return [missing(text, one.path, quarter=one.quarter, count=count) for count, text in parts if count > 0]


class HowMany(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many in a year."""

    count: Count


@predicate(HowMany)
def opinion_reports(held: Held, given: HowMany) -> Finding:
    """So many reports on how opinions were considered were published, each about at least one opinion."""
    there = [one for one in held.counting(OpinionReportFact) if one.opinions > 0]
    need = due_by_now(given.count, held.subject)
    told = said(
        N_("Published reports: %(have)d (needed by now: %(need)d, in the year: %(all)d)"), have=len(there), need=need, all=given.count
    )
    return found(len(there) >= need, told, there, [missing(N_("Publish a report on how opinions were considered"), REPORTS)])


def _linked(held: Held) -> list[ImprovementFact]:
    return [one for one in held.counting(ImprovementFact) if one.has_opinions and not one.is_abandoned]


@predicate(HowMany)
def improvements_linked(held: Held, given: HowMany) -> Finding:
    """So many improvements are planned or done that people's opinions stand behind."""
    there, need = _linked(held), due_by_now(given.count, held.subject)
    told = said(N_("Improvements linked to opinions: %(have)d (needed by now: %(need)d)"), have=len(there), need=need)
    return found(len(there) >= need, told, there, [missing(N_("Plan an improvement and link it to the opinions behind it"), IMPROVEMENTS)])


@predicate(HowMany)
def improvement_done_with_measures(held: Held, given: HowMany) -> Finding:
    """So many improvements that opinions stand behind are done, with figures before and after."""
    ended = [one for one in _linked(held) if one.is_done]
    there, need = [one for one in ended if one.has_before and one.has_after], due_by_now(given.count, held.subject)
    told = said(N_("Improvements done with figures before and after: %(have)d (needed by now: %(need)d)"), have=len(there), need=need)
    gaps = [lacks(one, N_("Has no figures before and after")) for one in ended if one not in there]
    return found(len(there) >= need, told, there, gaps or [missing(N_("Carry out an improvement that people asked for"), IMPROVEMENTS)])

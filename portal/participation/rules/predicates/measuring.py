"""Level 4 of 2550: measured together, acknowledged together, reported to the executives (r9), for every issue."""

from collections.abc import Callable
from datetime import timedelta

from portal.kernel.evidence import Consensus, ExecutiveReport, RoundOfMeasuring
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count, Share
from portal.participation.rules.predicates.base import Held, lacks, predicate
from portal.participation.rules.predicates.issues import IssuesAsked, Shown, each_issue
from portal.participation.rules.predicates.judging import by_now, days_of, lacking
from portal.participation.rules.results import Finding, Missing


class RoundsDoneAsked(IssuesAsked, frozen=True, kw_only=True):
    """Rounds on at least ``count`` different days, and none left undone for more than ``within`` days; None asks for no such thing."""

    count: Count
    within: Count | None = None


class QuorumAsked(RoundsDoneAsked, frozen=True, kw_only=True):
    """Acknowledged by at least ``quorum`` per cent of the members, and by one at least."""

    quorum: Share = 0


class ReportsAsked(IssuesAsked, frozen=True, kw_only=True):
    """With ``answered`` an executive received it and gave a directive, or noted it."""

    answered: bool = False


def _rounds(held: Held, issue: Consensus) -> list[RoundOfMeasuring]:
    return [one for one in held.counting(RoundOfMeasuring) if one.issue == issue.issue]


def _is_done(one: RoundOfMeasuring) -> bool:
    return one.agency_entered_on is not None and one.member_entered_on is not None


def _enough(held: Held, issue: Consensus, given: RoundsDoneAsked, text: str, good: Callable[[RoundOfMeasuring], bool]) -> Shown:
    found = [one for one in _rounds(held, issue) if good(one)]
    have, need = days_of(found), by_now(given.count, held.subject)
    return found, (lacks(issue, text, have=have, need=need),) if have < need else ()


@predicate(RoundsDoneAsked)
def rounds_done(held: Held, given: RoundsDoneAsked) -> Finding:
    """The agency and a member of the public side both entered each round, or the member verified it; what was planned is done."""

    def look(issue: Consensus) -> Shown:
        found, few = _enough(held, issue, given, N_("Rounds measured together: %(have)s (needed by now: %(need)s)"), _is_done)
        overdue = [one for one in held.to_answer(RoundOfMeasuring) if one.issue == issue.issue and _is_overdue(held, one, given.within)]
        return found, (*few, *(lack for one in overdue for lack in _sides(one)))

    return each_issue(held, RoundOfMeasuring, given, N_("Issues measured together: %(have)s of %(all)s"), look)


def _is_overdue(held: Held, one: RoundOfMeasuring, within: int | None) -> bool:
    return within is not None and not _is_done(one) and held.subject.as_of - one.planned_on > timedelta(days=within)


def _sides(one: RoundOfMeasuring) -> tuple[Missing, ...]:
    return lacking(
        one,
        (one.agency_entered_on is not None, N_("The agency has entered nothing for this round")),
        (one.member_entered_on is not None, N_("No member of the public side has entered or verified this round")),
    )


@predicate(QuorumAsked)
def acknowledged_by_quorum(held: Held, given: QuorumAsked) -> Finding:
    """The results of each round were acknowledged together; exactly half is a quorum of one half."""

    def has_quorum(one: RoundOfMeasuring) -> bool:
        heard = one.acknowledged_on is not None and one.acknowledged_by > 0
        return heard and 100 * one.acknowledged_by >= given.quorum * one.members

    def look(issue: Consensus) -> Shown:
        found, few = _enough(held, issue, given, N_("Rounds acknowledged together: %(have)s (needed by now: %(need)s)"), has_quorum)
        return found, (*few, *(_not_acknowledged(one) for one in _rounds(held, issue) if _waits(held, one, given) and not has_quorum(one)))

    return each_issue(held, RoundOfMeasuring, given, N_("Issues acknowledged together: %(have)s of %(all)s"), look)


def _waits(held: Held, one: RoundOfMeasuring, given: RoundsDoneAsked) -> bool:
    """Measured, and so long ago that it should have been acknowledged."""
    if given.within is None or one.agency_entered_on is None:
        return False
    return held.subject.as_of - one.agency_entered_on > timedelta(days=given.within)


def _not_acknowledged(one: RoundOfMeasuring) -> Missing:
    return lacks(one, N_("Acknowledged by %(have)s of %(members)s members"), have=one.acknowledged_by, members=one.members)


@predicate(ReportsAsked)
def executive_reports(held: Held, given: ReportsAsked) -> Finding:
    """Results of each issue were reported to an executive, who received the report and answered it."""

    def look(issue: Consensus) -> Shown:
        theirs = [one for one in held.counting(ExecutiveReport) if one.issue == issue.issue]
        good = [one for one in theirs if not given.answered or not _report_lacks(one)]
        none = () if theirs else (lacks(issue, N_("Nothing has been reported to an executive")),)
        return good or theirs, () if good else (*none, *(lack for one in theirs for lack in _report_lacks(one)))

    return each_issue(held, ExecutiveReport, given, N_("Issues reported to an executive: %(have)s of %(all)s"), look)


def _report_lacks(one: ExecutiveReport) -> tuple[Missing, ...]:
    return lacking(
        one,
        (one.received_on is not None, N_("No executive has received it")),
        (one.answer in ("directive", "noted"), N_("No executive has given a directive or noted it")),
    )


@predicate(IssuesAsked)
def variances_explained(held: Held, given: IssuesAsked) -> Finding:
    """Where a figure misses its target, it is explained; also in rounds that are hidden or entered late."""

    def look(issue: Consensus) -> Shown:
        every = [one for one in held.to_answer(RoundOfMeasuring) if one.issue == issue.issue]
        open_ones = [one for one in every if one.unexplained > 0]
        none = () if any(_is_done(one) for one in _rounds(held, issue)) else (lacks(issue, N_("It has not been measured yet")),)
        return every, (
            *none,
            *(lacks(one, N_("Differences without an explanation: %(count)s"), count=one.unexplained) for one in open_ones),
        )

    return each_issue(held, RoundOfMeasuring, given, N_("Issues without unexplained differences: %(have)s of %(all)s"), look)

"""Level 3 of 2550: targets, indicators and the method of measuring are set together (r8), for every issue.

In use are the indicators that both sides approved, and those that are measured. One that is only proposed asks for nothing, as long as
the issue has another.
"""

from datetime import date

from portal.kernel.evidence import Consensus, JointIndicator
from portal.kernel.messages import N_
from portal.participation.rules.predicates.base import Held, lacks, predicate
from portal.participation.rules.predicates.issues import IssuesAsked, Shown, each_issue
from portal.participation.rules.predicates.judging import lacking
from portal.participation.rules.results import Finding, Missing


class TargetsAsked(IssuesAsked, frozen=True, kw_only=True):
    """With ``details`` every part of target, indicator and method; without, that there is a target and a method."""

    details: bool = False


def in_use(held: Held, issue: str) -> list[JointIndicator]:
    """The indicators of an issue that are in use; where none is, all that there are."""
    every = [one for one in held.counting(JointIndicator) if one.issue == issue]
    return [one for one in every if approved_on(one) is not None or one.first_measured_on is not None] or every


def approved_on(one: JointIndicator) -> date | None:
    """The day on which the later side approved; None while one has not."""
    if one.agency_approved_on is None or one.civil_society_approved_on is None:
        return None
    return max(one.agency_approved_on, one.civil_society_approved_on)


def _none(issue: Consensus, found: list[JointIndicator]) -> tuple[Missing, ...]:
    return () if found else (lacks(issue, N_("It has no indicator yet")),)


@predicate(TargetsAsked)
def joint_targets(held: Held, given: TargetsAsked) -> Finding:
    """Each issue has indicators in use, and each of these says what is aimed at and how it is measured."""

    def look(issue: Consensus) -> Shown:
        found = in_use(held, issue.issue)
        return found, (*_none(issue, found), *(lack for one in found for lack in _parts(one, given.details)))

    return each_issue(held, JointIndicator, given, N_("Issues with target, indicator and method: %(have)s of %(all)s"), look)


def _parts(one: JointIndicator, details: bool) -> tuple[Missing, ...]:
    method = (one.has_source, one.has_collector, one.has_frequency, one.has_verification)
    if not details:
        return lacking(one, (one.has_target, TARGET), (any(method), N_("No method of measuring is written down")))
    return lacking(
        one,
        (one.has_baseline, N_("Target: no baseline")),
        (one.has_target, TARGET),
        (one.target_on is not None, N_("Target: no date by which it is to be reached")),
        (one.has_formula, N_("Indicator: no formula")),
        (one.has_unit, N_("Indicator: no unit")),
        (one.has_direction, N_("Indicator: it is not said whether more or less is better")),
        (one.has_source, N_("Method: no source of the data")),
        (one.has_collector, N_("Method: nobody is named to collect")),
        (one.has_frequency, N_("Method: it is not said how often")),
        (one.has_verification, N_("Method: it is not said how it is verified")),
    )


TARGET = N_("Target: no value")


@predicate(IssuesAsked)
def approved_by_both(held: Held, given: IssuesAsked) -> Finding:
    """The agency and civil society have both approved each indicator in use."""

    def look(issue: Consensus) -> Shown:
        found = in_use(held, issue.issue)
        sides = (
            lacking(
                one,
                (one.agency_approved_on is not None, N_("The agency has not approved it")),
                (one.civil_society_approved_on is not None, N_("Civil society has not approved it")),
            )
            for one in found
        )
        return found, (*_none(issue, found), *(lack for some in sides for lack in some))

    return each_issue(held, JointIndicator, given, N_("Issues whose indicators both sides approved: %(have)s of %(all)s"), look)


@predicate(IssuesAsked)
def approved_in_order(held: Held, given: IssuesAsked) -> Finding:
    """Both approvals lie on the day of the consensus or later, and before the day of the first measurement."""

    def look(issue: Consensus) -> Shown:
        found = in_use(held, issue.issue)
        return found, (*_none(issue, found), *(lack for one in found for lack in _out_of_order(one, issue)))

    return each_issue(held, JointIndicator, given, N_("Issues whose indicators were approved in order: %(have)s of %(all)s"), look)


def _out_of_order(one: JointIndicator, issue: Consensus) -> tuple[Missing, ...]:
    last = approved_on(one)
    days = [day for day in (one.agency_approved_on, one.civil_society_approved_on) if day is not None]
    measured_first = one.first_measured_on is not None and (last is None or last >= one.first_measured_on)
    return lacking(
        one,
        (last is not None, N_("Not approved by both sides yet")),
        (all(day >= issue.on for day in days), N_("Approved before the consensus was public")),
        (not measured_first, N_("Measured before both sides had approved it")),
    )

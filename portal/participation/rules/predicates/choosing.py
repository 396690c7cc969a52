"""Level 2 of 2550: issues chosen together, and accepted (r7)."""

from portal.kernel.evidence import Consensus, GroupConsultation, JointIndicator, Mission, Shortlist
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count, Share
from portal.participation.rules.predicates.base import Held, lacks, missing, predicate, said
from portal.participation.rules.predicates.groups import fit_groups
from portal.participation.rules.predicates.issues import IssuesAsked, Shown, chosen, each_issue
from portal.participation.rules.predicates.judging import days_of, during, judged, lacking
from portal.participation.rules.predicates.sides import Sides
from portal.participation.rules.results import Finding, Missing


class ConsultationsAsked(Sides, frozen=True, kw_only=True):
    """Consultations on at least ``count`` different days; with ``minutes`` those whose minutes are public."""

    count: Count
    minutes: bool = False


class ShortlistAsked(IssuesAsked, frozen=True, kw_only=True):
    """At least so many issues to choose from."""

    least: Count


class ConsensusAsked(IssuesAsked, frozen=True, kw_only=True):
    """At least ``share`` per cent of all positions in favour, and with ``answered`` no objection without an answer."""

    share_in_favour: Share = 0
    answered: bool = False


@predicate(ConsultationsAsked)
def group_consultations(held: Held, given: ConsultationsAsked) -> Finding:
    """Before an issue was chosen, its group consulted people; where none is chosen yet, some group has."""

    groups = {group.key: group for group in fit_groups(held, given)}
    every = [one for one in held.counting(GroupConsultation) if one.group in groups and during(groups[one.group], one)]
    good = [one for one in every if not _consultation_lacks(one, given)]
    issues = chosen(held, given)
    before = [days_of([one for one in good if one.group == issue.group and one.on <= issue.on]) for issue in issues]
    have = min(before) if issues else max((days_of([one for one in good if one.group == key]) for key in groups), default=0)
    few = [lacks(issue, WANTING, count=given.count - days) for issue, days in zip(issues, before, strict=True) if days < given.count]
    none = [] if issues else [missing(N_("Consultations that are wanting: %(count)s"), count=given.count - have)]
    wanting = [*(lack for one in every for lack in _consultation_lacks(one, given)), *few, *none]
    sentence = said(N_("Consultations: %(have)s of %(need)s"), have=have, need=given.count)
    return judged(held, GroupConsultation, sentence, good or every, wanting, passes=have >= given.count)


def _consultation_lacks(one: GroupConsultation, given: ConsultationsAsked) -> tuple[Missing, ...]:
    minutes = one.has_minutes or not given.minutes
    return lacking(one, (minutes, N_("The minutes are not public")), (one.people > 0, N_("Nobody was consulted")))


FEW = N_("In favour: %(have)s %%; %(need)s %% are asked for")
WANTING = N_("Consultations wanting before it was chosen: %(count)s")


@predicate(ShortlistAsked)
def shortlist(held: Held, given: ShortlistAsked) -> Finding:
    """Each issue was chosen from several."""

    def look(issue: Consensus) -> Shown:
        lists = [one for one in held.counting(Shortlist) if one.group == issue.group and one.on <= issue.on]
        long = [one for one in lists if one.issues >= given.least]
        return long or lists, () if long else (
            lacks(issue, N_("No list of at least %(least)s issues from which it was chosen"), least=given.least),
        )

    return each_issue(held, Shortlist, given, N_("Issues chosen from a list: %(have)s of %(all)s"), look)


@predicate(IssuesAsked)
def chosen_issue(held: Held, given: IssuesAsked) -> Finding:
    """Each issue belongs to the strategy, or to a core mission of the agency."""

    def look(issue: Consensus) -> Shown:
        core = any(_is_core(mission, issue.core_mission) for mission in held.subject.missions)
        pointed = bool(issue.strategy.strip()) or core
        return (issue,), lacking(issue, (pointed, N_("It points neither to the strategy nor to a core mission")))

    return each_issue(held, Consensus, given, N_("Issues of the strategy or a core mission: %(have)s of %(all)s"), look)


def _is_core(mission: Mission, code: str) -> bool:
    return mission.is_core and mission.code == code


@predicate(ConsensusAsked)
def consensus(held: Held, given: ConsensusAsked) -> Finding:
    """Each issue was accepted: more for it than against, by a share of all who took a position, and objections were answered."""

    def look(issue: Consensus) -> Shown:
        every = issue.in_favour + issue.against + issue.undecided
        enough = 100 * issue.in_favour >= given.share_in_favour * every
        open_ones = issue.objections - issue.objections_answered if given.answered else 0
        share = 100 * issue.in_favour // every if every else 0
        few = () if enough else (lacks(issue, FEW, have=share, need=given.share_in_favour),)
        unanswered = (lacks(issue, N_("Objections without an answer: %(count)s"), count=open_ones),) if open_ones > 0 else ()
        accepted = lacking(issue, (issue.in_favour > issue.against, N_("Not more were in favour than against")))
        return (issue,), (*accepted, *few, *unanswered)

    return each_issue(held, Consensus, given, N_("Issues that were accepted: %(have)s of %(all)s"), look)


@predicate(IssuesAsked)
def published_before_targets(held: Held, given: IssuesAsked) -> Finding:
    """The record of consensus was public before anybody approved a target; on the same day is early enough."""

    def look(issue: Consensus) -> Shown:
        days = [
            day
            for one in held.counting(JointIndicator)
            if one.issue == issue.issue
            for day in (one.agency_approved_on, one.civil_society_approved_on)
            if day is not None
        ]
        return (issue,), lacking(issue, (not days or issue.on <= min(days), N_("A target was approved before the consensus was public")))

    return each_issue(held, Consensus, given, N_("Issues published before their targets: %(have)s of %(all)s"), look)

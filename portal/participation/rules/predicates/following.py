"""Level 5 of 2549: the public follows progress and success (r5)."""

from datetime import timedelta

from msgspec import Struct

from portal.kernel.evidence import Mechanism, MonitoringFinding, MonitoringRound
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count, Share, needed
from portal.participation.rules.predicates.base import Held, NoThresholds, lacks, missing, predicate, refs, said, verdict_of
from portal.participation.rules.predicates.judging import by_now, days_of, during, judged, lacking, nothing
from portal.participation.rules.results import Finding, Missing, Verdict


class MechanismAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At least ``members`` people from the public; with ``mandate`` it is written down what they may look at."""

    members: Count = 1
    mandate: bool = False


class RoundsAsked(MechanismAsked, frozen=True, kw_only=True):
    """Rounds on at least ``count`` different days."""

    count: Count


class AnsweredAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At least ``share`` per cent answered within ``days`` calendar days of the finding; younger ones are not due yet."""

    days: Count
    share: Share = 100


def _lacks(one: Mechanism, given: MechanismAsked) -> tuple[Missing, ...]:
    few = one.public_members < given.members
    wanting = (lacks(one, N_("Members from the public: %(have)s of %(need)s"), have=one.public_members, need=given.members),) if few else ()
    return (*wanting, *lacking(one, (one.has_mandate or not given.mandate, N_("No mandate is written down"))))


def _fit(held: Held, given: MechanismAsked) -> dict[str, Mechanism]:
    return {one.key: one for one in held.counting(Mechanism) if not _lacks(one, given)}


def _by_public(held: Held, given: MechanismAsked) -> list[MonitoringRound]:
    """Rounds that public members entered themselves, while their mechanism was in office."""
    fit = _fit(held, given)
    rounds = [one for one in held.counting(MonitoringRound) if one.mechanism in fit and during(fit[one.mechanism], one)]
    return [one for one in rounds if one.by_public_member]


@predicate(MechanismAsked)
def monitoring_mechanism(held: Held, given: MechanismAsked) -> Finding:
    """A mechanism with members from the public, and a mandate."""
    fit = list(_fit(held, given).values())
    every = held.counting(Mechanism)
    flawed = [lack for one in every for lack in _lacks(one, given)] or [missing(N_("A mechanism that counts"))]
    return judged(held, Mechanism, said(N_("Mechanisms: %(have)s"), have=len(fit)), fit or every, flawed, passes=bool(fit))


@predicate(RoundsAsked)
def public_rounds(held: Held, given: RoundsAsked) -> Finding:
    """Rounds that public members entered by their own accounts."""
    good = _by_public(held, given)
    have, need = days_of(good), by_now(given.count, held.subject)
    by_officers = [one for one in held.counting(MonitoringRound) if not one.by_public_member]
    flawed = [lacks(one, N_("No member from the public entered it")) for one in by_officers]
    wanting = [*flawed, missing(N_("Rounds that are wanting: %(count)s"), count=need - have)]
    sentence = said(N_("Rounds: %(have)s (needed by now: %(need)s, in the year: %(all)s)"), have=have, need=need, all=given.count)
    return judged(held, MonitoringRound, sentence, good, wanting, passes=have >= need)


@predicate(MechanismAsked)
def progress_and_success(held: Held, given: MechanismAsked) -> Finding:
    """The rounds of the public look at the progress of the work and at its success; one round may look at both."""
    rounds = _by_public(held, given)
    progress, success = sum(one.covers_progress for one in rounds), sum(one.covers_success for one in rounds)
    looks = ((progress, N_("A round that looks at progress")), (success, N_("A round that looks at the final success")))
    sentence = said(N_("Rounds that look at progress: %(progress)s, at success: %(success)s"), progress=progress, success=success)
    shown = [one for one in rounds if one.covers_progress or one.covers_success]
    return judged(held, MonitoringRound, sentence, shown, [missing(text) for there, text in looks if not there])


@predicate(NoThresholds)
def all_public(held: Held, given: NoThresholds) -> Finding:
    """Every round and every finding of the year can be opened by anybody, or was closed for a stated lawful reason."""
    rounds, findings = held.to_answer(MonitoringRound), held.to_answer(MonitoringFinding)
    if not rounds:
        return nothing()
    hidden = sum(not one.public for one in (*rounds, *findings))
    sentence = said(N_("Public: %(have)s of %(all)s"), have=len(rounds) + len(findings) - hidden, all=len(rounds) + len(findings))
    wanting = (missing(N_("Rounds and findings that are not public: %(count)s"), count=hidden),) if hidden else ()
    return Finding(verdict=verdict_of(not hidden), said=sentence, refs=refs([one for one in rounds if one.public]), missing=wanting)


@predicate(AnsweredAsked)
def findings_answered(held: Held, given: AnsweredAsked) -> Finding:
    """The agency answers the findings in time, also those that are hidden, late or nobody's."""
    every = held.to_answer(MonitoringFinding)
    if not every:
        return nothing()
    term = timedelta(days=given.days)
    due = [one for one in every if one.answered_on is not None or held.subject.as_of - one.on > term]
    late = [one for one in due if one.answered_on is None or one.answered_on - one.on > term]
    have = len(due) - len(late)
    sentence = said(N_("Answered within %(days)s days: %(have)s of %(all)s"), days=given.days, have=have, all=len(due))
    passes = have >= needed(given.share, len(due))
    wanting = () if passes else tuple(lacks(one, NO_ANSWER if one.answered_on is None else LATE_ANSWER) for one in late)
    return Finding(verdict=Verdict.PASSED if passes else Verdict.FAILED, said=sentence, refs=refs(every), missing=wanting)


NO_ANSWER, LATE_ANSWER = N_("Not answered, and the time is over"), N_("Answered too late")


@predicate(MechanismAsked)
def finding_led_somewhere(held: Held, given: MechanismAsked) -> Finding:
    """A finding of such a round led to a change, or to a refusal with reasons."""
    rounds = {one.key for one in _by_public(held, given)}
    theirs = [one for one in held.counting(MonitoringFinding) if one.round in rounds]
    good = [one for one in theirs if one.outcome == "changed" or (one.outcome == "refused" and one.has_reasons)]
    sentence = said(N_("Findings that led to a change or a reasoned refusal: %(have)s of %(all)s"), have=len(good), all=len(theirs))
    flawed = [lacks(one, N_("It has led neither to a change nor to a reasoned refusal")) for one in theirs]
    wanting = flawed or [missing(N_("A finding of a round that members from the public entered"))]
    return judged(held, MonitoringFinding, sentence, good or theirs, wanting, passes=bool(good))

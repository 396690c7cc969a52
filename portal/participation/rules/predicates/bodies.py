"""Level 4 of 2549: people from outside the state join in setting direction and deciding (r4).

All that is asked of a body is asked of one and the same: the seats of one and the meetings of another do not add up.
"""

from collections.abc import Sequence

from portal.kernel.evidence import Committee, CommitteeMeeting, Resolution
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count
from portal.participation.rules.predicates.base import Held, lacks, missing, predicate, said
from portal.participation.rules.predicates.judging import by_now, days_of, during, judged, lacking
from portal.participation.rules.predicates.sides import Sides, best, seats_lack, seats_said
from portal.participation.rules.results import Finding, Missing


class BodyAsked(Sides, frozen=True, kw_only=True):
    """With ``founded`` the body has an order and a term, or a law prescribes it."""

    founded: bool = False


class MeetingsAsked(BodyAsked, frozen=True, kw_only=True):
    """Meetings on at least ``count`` different days."""

    count: Count


class ResolutionAsked(BodyAsked, frozen=True, kw_only=True):
    """With ``answered`` the agency has said whether it adopts the resolution, and if not, why."""

    answered: bool = False


def body_lacks(body: Committee, given: BodyAsked) -> tuple[Missing, ...]:
    """What this body lacks."""
    seats = seats_lack(body, given)
    if not given.founded or body.law.strip():
        return seats
    return (*lacking(body, (bool(body.order.strip()), NO_ORDER), (body.until is not None, N_("It has no term"))), *seats)


NO_ORDER = N_("No order set it up, and no law prescribes it")


def _fit(held: Held, given: BodyAsked) -> list[Committee]:
    return [body for body in held.counting(Committee) if not body_lacks(body, given)]


def _of_unfit(held: Held, given: BodyAsked) -> Sequence[Missing]:
    found = [lack for body in held.counting(Committee) for lack in body_lacks(body, given)]
    return found or [missing(N_("An advisory committee, or a body that a law prescribes"))]


@predicate(BodyAsked)
def advisory_body(held: Held, given: BodyAsked) -> Finding:
    """An advisory committee, or a body that a law prescribes, on which people from outside the state sit."""
    fit = _fit(held, given)
    shown = fit or held.counting(Committee)
    return judged(held, Committee, said(N_("Bodies: %(have)s"), have=len(fit)), shown, () if fit else _of_unfit(held, given))


@predicate(BodyAsked)
def outside_seats(held: Held, given: BodyAsked) -> Finding:
    """Enough seats of one body are held by people from outside the state, from enough sectors."""
    fit = _fit(held, given)
    shown = best(fit or held.counting(Committee), given)
    return judged(held, Committee, seats_said(shown, given), fit or [*shown], () if fit else _of_unfit(held, given))


@predicate(MeetingsAsked)
def body_meetings(held: Held, given: MeetingsAsked) -> Finding:
    """One body met often enough within its term, with minutes, a quorum, and people from outside the state present."""
    meetings = held.counting(CommitteeMeeting)
    by_body = [[one for one in meetings if one.body == body.key and during(body, one)] for body in _fit(held, given)]
    good = max(([one for one in some if not _meeting_lacks(one)] for some in by_body), key=days_of, default=[])
    have, need = days_of(good), by_now(given.count, held.subject)
    flawed = [lack for some in by_body for one in some for lack in _meeting_lacks(one)]
    wanting = [*flawed, missing(N_("Meetings that are wanting: %(count)s"), count=need - have)]
    sentence = said(N_("Meetings: %(have)s (needed by now: %(need)s, in the year: %(all)s)"), have=have, need=need, all=given.count)
    shown = good if have >= need else [one for some in by_body for one in some]
    return judged(held, CommitteeMeeting, sentence, shown, wanting if by_body else _of_unfit(held, given), passes=have >= need)


def _meeting_lacks(one: CommitteeMeeting) -> tuple[Missing, ...]:
    return lacking(
        one,
        (one.has_minutes, N_("The minutes are not public")),
        (one.had_quorum, N_("There was no quorum")),
        (one.outside > 0, N_("Nobody from outside the state was there")),
    )


@predicate(ResolutionAsked)
def policy_resolution(held: Held, given: ResolutionAsked) -> Finding:
    """A body resolved, within its term, what set or changed a policy, and the policy is linked."""
    bodies = {body.key: body for body in _fit(held, given)}
    theirs = [one for one in held.counting(Resolution) if one.body in bodies and during(bodies[one.body], one)]
    good = [one for one in theirs if not _resolution_lacks(one, given)]
    flawed = [lack for one in theirs for lack in _resolution_lacks(one, given)]
    none = [missing(N_("A resolution of such a body"))] if bodies else _of_unfit(held, given)
    sentence = said(N_("Resolutions: %(have)s of %(all)s"), have=len(good), all=len(theirs))
    return judged(held, Resolution, sentence, good or theirs, flawed or none, passes=bool(good))


def _resolution_lacks(one: Resolution, given: ResolutionAsked) -> tuple[Missing, ...]:
    linked = lacking(one, (bool(one.policy_path.strip()), N_("No policy is linked that it set or changed")))
    if not given.answered or one.answer == "adopted":
        return linked
    if one.answer != "not_adopted":
        return (*linked, lacks(one, N_("The agency has not said whether it adopts the resolution")))
    return (*linked, *lacking(one, (one.has_reasons, N_("Not adopted, and no reasons are given"))))

"""Level 1 of 2550: a joint working group of the state and civil society (r6)."""

from datetime import date

from portal.kernel.evidence import JointGroup, Subject
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year_bounds
from portal.participation.rules.predicates.amounts import Count
from portal.participation.rules.predicates.base import Held, lacks, missing, predicate, said
from portal.participation.rules.predicates.judging import judged, lacking
from portal.participation.rules.predicates.sides import Sides, best, seats_lack, seats_said
from portal.participation.rules.results import Finding, Missing

#: What the source lets such a group push forward.
MANDATES = frozenset({"reform", "performance", "public_service"})


class GroupAsked(Sides, frozen=True, kw_only=True):
    """With ``ordered`` an order set it up; a group that was dissolved must have worked at least ``days`` days of the year."""

    ordered: bool = False
    days: Count = 0


def fit_groups(held: Held, given: Sides) -> list[JointGroup]:
    """Groups with a mandate on which both sides sit as is asked."""
    return [group for group in held.counting(JointGroup) if group.mandate in MANDATES and not seats_lack(group, given)]


def days_in_year(subject: Subject, first: date, until: date | None) -> int:
    """How many days of the year something went on, up to the day of the look."""
    start = max(first, fiscal_year_bounds(subject.fiscal_year)[0])
    return (min(until or subject.as_of, subject.as_of) - start).days + 1


@predicate(GroupAsked)
def joint_group(held: Held, given: GroupAsked) -> Finding:
    """A joint working group with a mandate, and where that is asked with an order and not dissolved at once."""

    groups = held.counting(JointGroup)
    fit = [group for group in groups if not _group_lacks(held.subject, group, given)]
    flawed = [lack for group in groups for lack in _group_lacks(held.subject, group, given)] or [NONE]
    return judged(held, JointGroup, said(N_("Joint working groups: %(have)s"), have=len(fit)), fit or groups, flawed, passes=bool(fit))


NONE = missing(N_("A joint working group that counts"))


def _group_lacks(subject: Subject, group: JointGroup, given: GroupAsked) -> tuple[Missing, ...]:
    stated = lacking(
        group,
        (group.mandate in MANDATES, N_("It is not said what it pushes forward: reform, performance or public services")),
        (bool(group.order.strip()) or not given.ordered, N_("No order set it up")),
    )
    stands = group.until is None or group.until >= subject.as_of
    worked = days_in_year(subject, group.on, group.until)
    if stands or worked >= given.days:
        return (*stated, *seats_lack(group, given))
    short = lacks(group, N_("Dissolved after %(have)s days in this year; %(need)s are asked for"), have=worked, need=given.days)
    return (*stated, short, *seats_lack(group, given))


@predicate(Sides)
def both_sides(held: Held, given: Sides) -> Finding:
    """On a group with a mandate the state and people from outside it sit together, and have accepted."""

    fit = fit_groups(held, given)
    groups = [group for group in held.counting(JointGroup) if group.mandate in MANDATES]
    flawed = [lack for group in groups for lack in seats_lack(group, given)] or [NONE]
    shown = best(fit or groups, given)
    return judged(held, JointGroup, seats_said(shown, given), fit or groups, flawed, passes=bool(fit))

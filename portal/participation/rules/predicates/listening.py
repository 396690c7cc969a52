"""Level 2 of 2549, the plan: approved, with an activity for each mission, with resources, and carried out."""

from collections.abc import Sequence

from msgspec import Struct

from portal.kernel.evidence import Activity, ListeningPlanFact
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import NO_RECORDS, Count, Share, due_by_now, found, is_running, needed
from portal.participation.rules.predicates.base import Held, NoThresholds, lacks, missing, predicate, said
from portal.participation.rules.predicates.hearing import done, heard
from portal.participation.rules.predicates.places import of_agency, of_plan
from portal.participation.rules.results import Finding, Missing, Said
from portal.participation.rules.saying import day, named


def _approved(held: Held) -> list[ListeningPlanFact]:
    as_of = held.subject.as_of
    return [plan for plan in held.counting(ListeningPlanFact) if plan.approved_on is not None and plan.approved_on <= as_of]


@predicate(NoThresholds)
def approved_plan(held: Held, given: NoThresholds) -> Finding:
    """A listening plan was approved, by the head of the agency or by an executive."""
    plans = _approved(held)
    if plans and plans[0].approved_on:
        by = N_("Approved by the head of the agency on %(day)s") if plans[0].by_head else N_("Approved by an executive on %(day)s")
        return found(True, said(by, day=day(plans[0].approved_on)), plans)
    waiting = held.belonging(ListeningPlanFact)
    if not waiting:
        return found(False, NO_RECORDS, missing=[missing(N_("Make a listening plan"), of_plan(held.subject))])
    return found(False, said(N_("The plan is not approved")), missing=[lacks(waiting[0], N_("Waits for approval"))])


class PartOfMissions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``share`` per cent of the missions."""

    share: Share


@predicate(PartOfMissions)
def activity_per_mission(held: Held, given: PartOfMissions) -> Finding:
    """Each mission has an activity that is planned, or was held and was listening."""
    missions = held.subject.missions
    if not missions:
        said_none = said(N_("The agency has entered no missions"))
        return found(False, said_none, missing=[missing(N_("Enter the missions of the agency"), of_agency(held.subject))])
    planned = [one for one in held.counting(Activity) if not one.is_done and not one.is_cancelled]
    serving = sorted([*planned, *heard(held)], key=lambda one: (one.on, one.key))
    served = {one.mission for one in serving}
    bare = [one for one in missions if one.code not in served]
    have, need = len(missions) - len(bare), needed(given.share, len(missions))
    text = N_("%(have)d of %(all)d missions have an activity (needed: %(need)d)")
    wanted = N_("Plan an activity for the mission “%(mission)s”")
    gaps = [missing(wanted, of_plan(held.subject), mission=named(one.name_th, one.name_en)) for one in bare]
    codes = {one.code for one in missions}
    evidence = [one for one in serving if one.mission in codes]
    return found(have >= need, said(text, have=have, all=len(missions), need=need), evidence, gaps)


class Resources(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was set aside, or with ``spent`` what was spent of it."""

    spent: bool


@predicate(Resources)
def resources_and_spending(held: Held, given: Resources) -> Finding:
    """The plan sets aside money or days of staff; with ``spent`` the plan says how much was used, once something was held."""
    plans = _approved(held) or held.counting(ListeningPlanFact)
    if not plans:
        return found(False, NO_RECORDS, missing=[missing(N_("Make a listening plan"), of_plan(held.subject))])
    return _spent(held, plans[0]) if given.spent else _set_aside(plans[0])


def _set_aside(plan: ListeningPlanFact) -> Finding:
    passes = bool(plan.budget or plan.staff_days)
    told = _money(N_("%(baht)s baht and %(days)s days of staff are set aside"), plan.budget, plan.staff_days)
    return found(passes, told, [plan], [lacks(plan, N_("Sets aside neither money nor days of staff"))])


def _spent(held: Held, plan: ListeningPlanFact) -> Finding:
    if is_running(held.subject) and not done(held.belonging(Activity)):
        return found(True, said(N_("No activity was held yet")), [plan])
    if plan.budget_spent is None and plan.staff_days_spent is None:
        return found(False, said(N_("Nobody wrote what was spent")), missing=[lacks(plan, N_("Does not say what was spent"))])
    return found(True, _money(N_("%(baht)s baht and %(days)s days of staff were spent"), plan.budget_spent, plan.staff_days_spent), [plan])


def _money(text: str, baht: float | None, days: float | None) -> Said:
    return said(text, baht=f"{baht or 0:,.2f}".removesuffix(".00"), days=f"{days or 0:,.1f}".removesuffix(".0"))


class PartOfPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``share`` per cent of the activities."""

    share: Share


@predicate(PartOfPlan)
def planned_done(held: Held, given: PartOfPlan) -> Finding:
    """Of the activities that were due by the day of the look, so many were held and were listening. Cancelled ones were not held."""
    due = [one for one in held.belonging(Activity) if one.is_done or one.planned_on <= held.subject.as_of]
    if not due:
        nothing = said(N_("No activity was due yet")) if is_running(held.subject) else NO_RECORDS
        return found(is_running(held.subject), nothing, missing=[missing(N_("Plan activities"), of_plan(held.subject))])
    good = heard(held)
    keys, need = {one.key for one in good}, needed(given.share, len(due))
    told = said(N_("%(have)d of %(all)d due activities were held (needed: %(need)d)"), have=len(good), all=len(due), need=need)
    return found(len(good) >= need, told, good, [_undone(one) for one in due if one.key not in keys])


def _undone(one: Activity) -> Missing:
    if one.is_cancelled:
        return lacks(one, N_("Was cancelled"))
    if one.is_done:
        return lacks(one, N_("Was held and does not count as listening"))
    return lacks(one, N_("Was due on %(day)s"), day=day(one.planned_on))


@predicate(PartOfPlan)
def activities_complete(held: Held, given: PartOfPlan) -> Finding:
    """Of the activities that were held, so many have a notice before their day, participants and a public summary."""
    there = done(held.counting(Activity))
    if not there:
        nothing = said(N_("No activity was held yet")) if is_running(held.subject) else NO_RECORDS
        return found(is_running(held.subject), nothing, missing=[missing(N_("Hold the activities of the plan"), of_plan(held.subject))])
    whole, need = [one for one in there if not _gaps(one)], needed(given.share, len(there))
    text = N_("%(have)d of %(all)d activities have notice, day, participants and summary (needed: %(need)d)")
    told = said(text, have=len(whole), all=len(there), need=need)
    return found(len(whole) >= need, told, whole, [gap for one in there for gap in _gaps(one)])


def _gaps(one: Activity) -> Sequence[Missing]:
    parts = (
        (one.notice_on is None or one.notice_on > one.on, N_("Was not announced beforehand")),
        (one.people + one.officers == 0, N_("Does not say how many took part")),
        (not one.has_summary, N_("Has no public summary")),
    )
    return [lacks(one, text) for wanting, text in parts if wanting]


class HowMany(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many in a year."""

    count: Count


@predicate(HowMany)
def governor_consulted(held: Held, given: HowMany) -> Finding:
    """People were consulted about the strategy (r14): an activity of the plan that was held and was listening."""
    there, need = [one for one in heard(held) if one.about_strategy], due_by_now(given.count, held.subject)
    told = said(N_("Consultations about the strategy: %(have)d (needed by now: %(need)d)"), have=len(there), need=need)
    return found(len(there) >= need, told, there, [missing(N_("Consult people about the strategy"), of_plan(held.subject))])

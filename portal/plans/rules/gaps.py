"""What is late, empty or unspent: read off the days and the fields, never set by hand."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year_bounds
from portal.plans.rules.methods import Method
from portal.plans.rules.states import ActivityState, PlanState


class Planned(Protocol):
    """What these rules read of an activity."""

    state: ActivityState
    method: Method
    planned_on: date
    held_on: date | None
    notice_on: date | None
    people: int
    least_people: int
    owner_id: int | None
    budget: Decimal | None
    staff_days: Decimal | None
    budget_spent: Decimal | None
    staff_days_spent: Decimal | None
    summary_th: str
    issue_th: str
    participants_th: str
    result_th: str
    change_th: str


class Gap(StrEnum):
    """What an activity lacks."""

    LATE = "late"
    NO_OWNER = "no_owner"
    NO_NOTICE = "no_notice"
    NOBODY_CAME = "nobody_came"
    TOO_FEW = "too_few"
    NO_SUMMARY = "no_summary"
    NO_PARTS = "no_parts"
    UNSPENT = "unspent"

    @property
    def label(self) -> str:
        """English source text."""
        return GAP_LABELS[self]


class PlanGap(StrEnum):
    """What a plan lacks."""

    NOT_APPROVED = "not_approved"
    APPROVED_LATE = "approved_late"
    NO_RESOURCES = "no_resources"
    MISSION_EMPTY = "mission_empty"

    @property
    def label(self) -> str:
        """English source text."""
        return PLAN_GAP_LABELS[self]


GAP_LABELS = {
    Gap.LATE: N_("Late: the planned day has passed"),
    Gap.NO_OWNER: N_("Nobody is named as responsible"),
    Gap.NO_NOTICE: N_("Not announced beforehand"),
    Gap.NOBODY_CAME: N_("Nobody from outside the state took part"),
    Gap.TOO_FEW: N_("Fewer answers than the survey needs"),
    Gap.NO_SUMMARY: N_("No summary of what was said"),
    Gap.NO_PARTS: N_("Not all of the four parts are written"),
    Gap.UNSPENT: N_("What it cost is not noted"),
}
PLAN_GAP_LABELS = {
    PlanGap.NOT_APPROVED: N_("The year has begun and the plan is not approved"),
    PlanGap.APPROVED_LATE: N_("The plan was approved after the year had begun"),
    PlanGap.NO_RESOURCES: N_("Neither money nor days of staff are planned"),
    PlanGap.MISSION_EMPTY: N_("A mission has no activity"),
}


def gaps_of(activity: Planned, today: date) -> list[Gap]:
    """What the activity lacks on this day. What is cancelled lacks nothing; a summary is asked for once it was held."""
    if activity.state is ActivityState.CANCELLED:
        return []
    held = activity.state is ActivityState.DONE
    planned, spent = (activity.budget, activity.staff_days), (activity.budget_spent, activity.staff_days_spent)
    parts = (activity.issue_th, activity.participants_th, activity.result_th, activity.change_th)
    found = (
        (Gap.LATE, not held and activity.planned_on < today),
        (Gap.NO_OWNER, activity.owner_id is None),
        (Gap.NO_NOTICE, held and activity.notice_on is None),
        (Gap.NOBODY_CAME, held and activity.people == 0),
        (Gap.TOO_FEW, held and 0 < activity.people < activity.least_people),
        (Gap.NO_SUMMARY, held and not activity.summary_th),
        (Gap.NO_PARTS, held and not all(parts)),
        (Gap.UNSPENT, held and any(planned) and all(one is None for one in spent)),
    )
    return [gap for gap, holds in found if holds]


def plan_gaps(
    fiscal_year: int,
    state: PlanState,
    approved_on: date | None,
    activities: Sequence[Planned],
    missions_without: Collection[object],
    today: date,
) -> list[PlanGap]:
    """What the plan as a whole lacks on this day."""
    first = fiscal_year_bounds(fiscal_year)[0]
    live = [one for one in activities if one.state is not ActivityState.CANCELLED]
    found = (
        (PlanGap.NOT_APPROVED, state is not PlanState.APPROVED and today >= first),
        (PlanGap.APPROVED_LATE, approved_on is not None and approved_on > first),
        (PlanGap.NO_RESOURCES, bool(live) and not any(one.budget or one.staff_days for one in live)),
        (PlanGap.MISSION_EMPTY, bool(missions_without)),
    )
    return [gap for gap, holds in found if holds]

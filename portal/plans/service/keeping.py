"""The one door: row, history, revision, trail and public revision together."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework.texts import optional, required
from portal.db.revision import raise_public_revision
from portal.disclosures.numbers import plain
from portal.index import service as index
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.outbox.service import announce
from portal.plans import search
from portal.plans.models import ListeningPlan, PlanActivity, PlanEvent, PlanRevision
from portal.plans.rules import PUBLIC, WORDS_MOST, PlanAct, PlanState

CHANGED = Message(N_("Somebody else has changed this since you opened the page; look at it again"))
#: By these a public plan becomes one that only its writers see.
LEAVING = (PlanAct.TAKE_BACK, PlanAct.SEND_BACK)
#: What cannot be changed in an approved plan without a numbered revision. Who does it, and English words, can.
PLANNED_COLUMNS = (
    "mission", "title_th", "method", "groups_th", "channel", "about_strategy", "planned_on", "budget", "staff_days", "least_people",
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why an approved plan is changed, as it was typed."""

    th: str = ""
    en: str = ""


def take(row: ListeningPlan | PlanActivity, version: int) -> None:
    """Raises ``Conflict`` if somebody changed the row since it was shown."""
    if row.row_version != version:
        raise Conflict(CHANGED)


def snapshot(activity: PlanActivity) -> dict[str, Any]:
    """The planned part as plain data: codes, ISO days, numbers as text."""
    return {name: _plain(getattr(activity, name)) for name in PLANNED_COLUMNS if name != "mission"} | {"mission": activity.mission.code}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def write(session: Session, actor: Actor, now: datetime, plan: ListeningPlan, act: PlanAct, activity: PlanActivity | None = None) -> None:
    """After the row is changed. A plan that only its writers see leaves the public pages alone."""
    plan.updated_at = now
    state, number = plan.state.value, None
    if activity is not None:
        activity.updated_at, state, number = now, activity.state.value, activity.number
    kinds = {"actor_kind": actor.kind, "actor_id": actor.user_id}
    session.add(PlanEvent(plan_id=plan.id, activity_number=number, at=now, act=act, state=state, **kinds))
    session.flush()
    session.expire(plan, ["handed_in_by", "approved_by"])  # the ids may have moved under what was loaded
    name = f"{plan.agency.slug}/{plan.fiscal_year}" + (f"/{number}" if number else "")
    audit.record(session, actor, now, f"plan.{act.value}", "plan", name, agency_id=plan.agency_id, detail={"to": state})
    if plan.state in PUBLIC:
        _let_find(session, now, plan, act, activity)
    elif act in LEAVING:
        _hide(session, plan)
    if plan.state in PUBLIC or act in LEAVING:
        raise_public_revision(session)


def _let_find(session: Session, now: datetime, plan: ListeningPlan, act: PlanAct, activity: PlanActivity | None) -> None:
    """The search reads again what changed; of a plan that has just become public all of it."""
    announce(session, search.PLAN_CHANGED, now, plan_id=plan.id)
    changed = plan.activities if act is PlanAct.HAND_IN else [activity] if activity is not None else []
    for one in changed:
        announce(session, search.ACTIVITY_CHANGED, now, activity_id=one.id)


def _hide(session: Session, plan: ListeningPlan) -> None:
    """Nobody finds any more what nobody may read, from this act on."""
    index.remove(session, search.PLAN, search.key_of(plan))
    for one in plan.activities:
        index.remove(session, search.ACTIVITY, search.key_of(plan, one))


def revise(
    session: Session,
    actor: Actor,
    now: datetime,
    plan: ListeningPlan,
    activity: PlanActivity,
    before: dict[str, Any],
    reason: Reason,
) -> None:
    """Number the change if the plan is approved and what is planned did change; raises ``Invalid`` at "reason_th" without a reason."""
    after = snapshot(activity)
    if plan.state is not PlanState.APPROVED or before == after:
        return
    asked = Message(N_("The plan is approved: write in Thai why it is changed; everybody reads it"))
    texts = {
        "reason_th": required("reason_th", reason.th, asked, WORDS_MOST),
        "reason_en": optional("reason_en", reason.en, WORDS_MOST),
    }
    session.flush()
    last = session.scalar(select(func.max(PlanRevision.number)).where(PlanRevision.plan_id == plan.id)) or 0
    row = PlanRevision(
        plan_id=plan.id, activity_id=activity.id, number=last + 1, before=before, after=after, at=now, by_id=actor.user_id, **texts
    )
    session.add(row)

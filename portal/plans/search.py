"""What public plans offer to the search: each plan with its missions and activities, and each activity with what came of it."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.kernel.facts import SearchDocument
from portal.kernel.thai_text import pick
from portal.plans.models import ListeningPlan, PlanActivity
from portal.plans.rules import PUBLIC

PLAN, ACTIVITY = "plan", "plan_activity"
#: After these the index reads a plan, or an activity, again.
PLAN_CHANGED, ACTIVITY_CHANGED = "plan.changed", "plan.activity_changed"
TITLES = {"th": "แผนรับฟังความคิดเห็น ปีงบประมาณ {year}: {agency}", "en": "Listening plan, fiscal year {year}: {agency}"}
OF_PLAN = {"th": "กิจกรรมในแผนรับฟังความคิดเห็น ปีงบประมาณ {year}", "en": "Activity of the listening plan, fiscal year {year}"}
#: What was said and what came of it, in the order of the page.
WORDS = ("groups", "summary", "issue", "participants", "result", "change", "cancelled")


def key_of(plan: ListeningPlan, activity: PlanActivity | None = None) -> str:
    """Under which the index holds it."""
    return f"{plan.agency.slug}/{plan.fiscal_year}" + (f"/{activity.number}" if activity else "")


def plan_of(session: Session, plan_id: int) -> tuple[str, list[SearchDocument]] | None:
    """Key and documents of a plan by its id, as events name it; none of one that only its writers see."""
    plan = session.get(ListeningPlan, plan_id)
    if plan is None:
        return None
    return key_of(plan), [_plan(plan, language) for language in _languages(plan)] if plan.state in PUBLIC else []


def activity_of(session: Session, activity_id: int) -> tuple[str, list[SearchDocument]] | None:
    """The same of an activity; in English where it has an English title."""
    one = session.get(PlanActivity, activity_id)
    if one is None:
        return None
    languages = ("th", "en") if one.title_en else ("th",)
    return key_of(one.plan, one), [_activity(one, language) for language in languages] if one.plan.state in PUBLIC else []


def plan_ids(session: Session) -> Sequence[int]:
    """Ids of all public plans."""
    return session.scalars(_plans().order_by(ListeningPlan.id)).all()


def plans_of(session: Session, agency_id: int, above: int, most: int) -> Sequence[int]:
    """Ids of an agency's public plans above one, in order."""
    mine = _plans().where(ListeningPlan.agency_id == agency_id, ListeningPlan.id > above)
    return session.scalars(mine.order_by(ListeningPlan.id).limit(most)).all()


def activity_ids(session: Session) -> Sequence[int]:
    """Ids of all activities of public plans."""
    return session.scalars(_activities().order_by(PlanActivity.id)).all()


def activities_of(session: Session, agency_id: int, above: int, most: int) -> Sequence[int]:
    """Ids of activities of an agency's public plans above one, in order."""
    mine = _activities().where(ListeningPlan.agency_id == agency_id, PlanActivity.id > above)
    return session.scalars(mine.order_by(PlanActivity.id).limit(most)).all()


def _plans() -> Select[int]:
    return select(ListeningPlan.id).where(ListeningPlan.state.in_(PUBLIC))


def _activities() -> Select[int]:
    return select(PlanActivity.id).join(PlanActivity.plan).where(ListeningPlan.state.in_(PUBLIC))


def _languages(plan: ListeningPlan) -> tuple[str, ...]:
    return ("th", "en") if plan.agency.name_en else ("th",)


def _plan(plan: ListeningPlan, language: str) -> SearchDocument:
    missions = list(dict.fromkeys(pick(language, one.mission.text_th, one.mission.text_en) for one in plan.activities))
    return SearchDocument(
        kind=PLAN,
        key=key_of(plan),
        language=language,
        title=TITLES[language].format(year=plan.fiscal_year, agency=_agency(plan, language)),
        text="\n".join([*missions, *(pick(language, one.title_th, one.title_en) for one in plan.activities)]),
        url_path=f"/plans/{key_of(plan)}",
        agency_id=plan.agency_id,
        agency_name=_agency(plan, language),
        at=plan.updated_at,
    )


def _activity(one: PlanActivity, language: str) -> SearchDocument:
    mission = pick(language, one.mission.text_th, one.mission.text_en)
    words = (pick(language, getattr(one, f"{name}_th"), getattr(one, f"{name}_en")) for name in WORDS)
    return SearchDocument(
        kind=ACTIVITY,
        key=key_of(one.plan, one),
        language=language,
        title=pick(language, one.title_th, one.title_en),
        text="\n".join(part for part in (OF_PLAN[language].format(year=one.plan.fiscal_year), mission, *words) if part),
        url_path=f"/plans/{key_of(one.plan, one)}",
        agency_id=one.plan.agency_id,
        agency_name=_agency(one.plan, language),
        at=one.updated_at,
    )


def _agency(plan: ListeningPlan, language: str) -> str:
    return pick(language, plan.agency.name_th, plan.agency.name_en)

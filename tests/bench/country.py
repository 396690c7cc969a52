"""A country of agencies as rows of the rooms, written past the services: for what is measured at its size.

Each has missions, channels, a box and improvements. Cases and activities are many at a few agencies and few at most: half of the agencies
have six cases or fewer, one in a hundred has more than three hundred.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.casework.models import Case
from portal.casework.rules import OPEN, Anonymity, AnswerBy, CaseKind, Channel, Disposition, Status
from portal.casework.tallies.counting import add
from portal.casework.tallies.rules import Cell, Dimension, Measure
from portal.db import unit_of_work
from portal.feedback.boxes.models import Box, BoxOpening, BoxWitness
from portal.feedback.boxes.rules import Seal, Sector
from portal.feedback.channels.models import AgencyChannel
from portal.feedback.channels.rules import ChannelAudience
from portal.kernel.thai_calendar import office_day
from portal.outcomes.improvements.models import Improvement, ImprovementCase
from portal.outcomes.improvements.rules import ImprovementKind, ImprovementState
from portal.plans.models import ActivityRecord, ListeningPlan, PlanActivity
from portal.plans.rules import ActivityState, Method, PlanState

AGENCIES = 8_327
YEAR = 2570
NOW = datetime(2027, 8, 20, 3, tzinfo=UTC)
BEGAN = date(2026, 10, 1)
#: Agencies that are written at once, so that writing them takes less memory than what is measured.
AT_ONCE = 200
CASES_MOST, ACTIVITIES_MOST = 5_000, 60
CHANNELS = (Channel.WEB, Channel.TELEPHONE, Channel.BOX)


def build(session: Session, count: int, seed: int = 2550) -> list[int]:
    """So many agencies; their ids. The same seed gives the same country."""
    rng = Random(seed)
    first = max(session.scalars(select(Agency.id)), default=0) + 1
    ids = list(range(first, first + count))
    for start in range(0, count, AT_ONCE):
        with unit_of_work(session):
            _write(session, ids[start : start + AT_ONCE], rng)
    return ids


def _write(session: Session, ids: Sequence[int], rng: Random) -> None:
    write = session.connection().execute
    owner = session.scalar(select(User.id).order_by(User.id).limit(1))
    write(insert(Agency), [_agency(one) for one in ids])
    write(insert(Mission), [_mission(one, number) for one in ids for number in (1, 2, 3)])
    write(insert(AgencyChannel), [_channel(one, channel) for one in ids for channel in CHANNELS])
    boxes = select(AgencyChannel.agency_id, AgencyChannel.id).where(AgencyChannel.channel == Channel.BOX, AgencyChannel.agency_id.in_(ids))
    write(insert(Box), [_box(*row) for row in session.execute(boxes).all()])
    hung = session.scalars(select(Box.id).where(Box.agency_id.in_(ids))).all()
    write(insert(BoxOpening), [_opening(box, month) for box in hung for month in range(10)])
    opened = session.scalars(select(BoxOpening.id).where(BoxOpening.box_id.in_(hung))).all()
    write(insert(BoxWitness), [{"opening_id": one, "name": "นางบุญมา", "sector": Sector.COMMUNITY, "role": ""} for one in opened])
    write(insert(Improvement), [_improvement(one, number) for one in ids for number in (1, 2)])
    cases = [case for one in ids for case in _cases(one, rng)]
    write(insert(Case), cases)
    add(session, Counter(_cell(case) for case in cases))
    _link(session, ids)
    _plan(session, ids, owner, rng)


def _link(session: Session, ids: Sequence[int]) -> None:
    """Every tenth case stands behind the first improvement of its agency."""
    improved = dict(session.execute(select(Improvement.agency_id, Improvement.id).where(Improvement.agency_id.in_(ids))).all())
    cases = session.execute(select(Case.id, Case.agency_id).where(Case.agency_id.in_(ids), Case.id % 10 == 0)).all()
    rows = [{"improvement_id": improved[agency_id], "case_id": case_id, "linked_at": NOW} for case_id, agency_id in cases]
    if rows:
        session.connection().execute(insert(ImprovementCase), rows)


def _plan(session: Session, ids: Sequence[int], owner: int | None, rng: Random) -> None:
    """Three agencies of four have a plan; half of the activities that were held name a record."""
    write = session.connection().execute
    write(insert(ListeningPlan), [_listening_plan(one, owner) for one in ids if rng.random() < 3 / 4])
    missions: dict[int, list[int]] = {}
    for agency_id, mission_id in session.execute(select(Mission.agency_id, Mission.id).where(Mission.agency_id.in_(ids))):
        missions.setdefault(agency_id, []).append(mission_id)
    plans = session.execute(select(ListeningPlan.id, ListeningPlan.agency_id).where(ListeningPlan.agency_id.in_(ids))).all()
    activities = [row for plan_id, agency_id in plans for row in _activities(plan_id, agency_id, missions[agency_id], owner, rng)]
    write(insert(PlanActivity), activities)
    held = select(PlanActivity.id, PlanActivity.unit_id).where(PlanActivity.unit_id.in_(ids), PlanActivity.state == ActivityState.DONE)
    records = [_record(*row) for row in session.execute(held).all() if row.id % 2]
    write(insert(ActivityRecord), records)


def _cases(one: int, rng: Random) -> Iterator[dict[str, Any]]:
    for number in range(min(CASES_MOST, int(3 * rng.paretovariate(1)))):
        days, after = rng.randrange(323), rng.choice((1, 3, 5, 8, 12, 14, 14, 20))
        yield _case(one, number, _moment(days), _moment(days + after) if days + after < 323 and rng.random() < 0.95 else None, after, rng)


def _case(one: int, number: int, at: datetime, answered: datetime | None, after: int, rng: Random) -> dict[str, Any]:
    ended = answered is not None and rng.random() < 0.9
    status = Status.CLOSED if ended else Status.ANSWERED if answered else Status.ASSIGNED
    return {
        "agency_id": one, "number": f"B{one}-{YEAR}-{number:06d}", "fiscal_year": YEAR, "kind": rng.choice(list(CaseKind)),
        "channel": rng.choice(CHANNELS), "language": "th", "status": status, "is_open": status in OPEN, "counted": True,
        "subject": "ถนนชำรุด", "body": "ขอให้ซ่อมถนนหน้าตลาด",
        "anonymity": Anonymity.ANONYMOUS, "answer_by": AnswerBy.CODE, "received_at": at, "recorded_at": at,
        "due_on": (at + timedelta(days=15)).date(), "first_due_on": (at + timedelta(days=15)).date(), "due_basis": "15 days",
        "unit_id": one if rng.random() < 0.97 else None, "acknowledged_at": at, "answered_at": answered,
        "days_to_answer": after if answered else None, "answered_in_time": after <= 15 if answered else None, "outcome_at": answered,
        "closed_at": answered if ended else None, "disposition": Disposition.ANSWERED if ended else None, "receipt_key_id": "bench",
        "receipt_hash": f"{rng.getrandbits(256):064x}", "row_version": 1,
    }  # fmt: skip


def _cell(case: dict[str, Any]) -> Cell:
    """The counter that evidence of channels reads; nothing here asks for the others."""
    month = office_day(case["received_at"]).replace(day=1)
    return Cell(Dimension.CHANNEL, Measure.RECEIVED, YEAR, case["agency_id"], month, case["channel"].value, 0)


def _mission(one: int, number: int) -> dict[str, Any]:
    return {"agency_id": one, "code": f"m{number}", "text_th": f"ภารกิจที่ {number}", "position": number, "is_core": number == 1}


def _listening_plan(one: int, owner: int | None) -> dict[str, Any]:
    return {
        "agency_id": one, "fiscal_year": YEAR, "state": PlanState.APPROVED, "handed_in_at": _moment(3), "handed_in_by_id": owner,
        "approval_number": "1/2569", "approved_on": BEGAN, "approved_at": _moment(4), "approved_by_id": owner, "by_head": True,
        "created_at": _moment(1), "updated_at": _moment(4), "row_version": 1,
    }  # fmt: skip


def _activities(plan_id: int, one: int, missions: Sequence[int], owner: int | None, rng: Random) -> Iterator[dict[str, Any]]:
    """One for each mission at least, through the year."""
    for number in range(min(ACTIVITIES_MOST, int(3 * rng.paretovariate(1.1)))):
        days = rng.randrange(20, 360)
        at, is_held = _moment(days), days < 320 and rng.random() < 0.85
        held = {"held_on": at.date(), "notice_on": _moment(days - 10).date(), "told_at": at, "people": rng.randrange(5, 90), "officers": 3}
        nothing = {name: 0 if name in ("people", "officers") else None for name in held}
        yield {
            "plan_id": plan_id, "number": number + 1, "mission_id": missions[number % 3], "method": rng.choice(list(Method)),
            "state": ActivityState.DONE if is_held else ActivityState.PLANNED, "title_th": f"เวทีครั้งที่ {number + 1}",
            "planned_on": at.date(), "unit_id": one, "owner_id": owner, "budget": 20_000, "staff_days": 4, "least_people": 10,
            "summary_th": "ชาวบ้านขอเพิ่มจุดรับน้ำ" if is_held else "", "created_at": _moment(1), "updated_at": at, "row_version": 1,
            **(held if is_held else nothing),
        }  # fmt: skip


def _record(activity_id: int, agency_id: int) -> dict[str, Any]:
    path = f"/boxes/bench-{agency_id}-1#opening-{activity_id % 10 + 1}"
    return {"activity_id": activity_id, "path": path, "name_th": "การเปิดตู้", "linked_at": NOW}


def _agency(one: int) -> dict[str, Any]:
    return {
        "id": one, "slug": f"bench-{one}", "code": f"B{one}", "level": AgencyLevel.LOCAL, "kind": AgencyKind.LOCAL,
        "name_th": f"องค์กรที่ {one}", "name_en": f"Body {one}", "is_sample": True, "updated_at": NOW, "row_version": 1,
    }  # fmt: skip


def _channel(one: int, channel: Channel) -> dict[str, Any]:
    return {
        "agency_id": one, "channel": channel, "name_th": channel.value, "audience": ChannelAudience.GENERAL_PUBLIC,
        "is_formal": channel is not Channel.BOX, "collector_position_th": "หัวหน้าศูนย์", "open_from": BEGAN,
        "recorded_at": _moment(0), "updated_at": _moment(0), "row_version": 1,
    }  # fmt: skip


def _box(agency_id: int, channel_id: int) -> dict[str, Any]:
    return {
        "agency_id": agency_id, "channel_id": channel_id, "number": 1, "slug": f"bench-{agency_id}-1", "name_th": "ตู้หน้าอาคาร",
        "place_th": "หน้าอาคาร", "set_up_on": BEGAN, "recorded_at": _moment(0), "updated_at": _moment(0), "row_version": 1,
    }  # fmt: skip


def _opening(box_id: int, month: int) -> dict[str, Any]:
    at = _moment(30 * month + 9)
    return {
        "box_id": box_id, "number": month + 1, "opened_at": at, "due_on": at.date(), "recorded_at": at, "seal": Seal.INTACT, "slips": 0,
    }  # fmt: skip


def _improvement(one: int, number: int) -> dict[str, Any]:
    return {
        "agency_id": one, "slug": f"bench-{one}-improvement-{number}", "kind": ImprovementKind.SERVICE, "state": ImprovementState.PLANNED,
        "title_th": "ลดเวลารอ", "problem_th": "รอนาน", "action_th": "เพิ่มช่อง", "unit_id": one, "created_at": _moment(40),
        "updated_at": _moment(40), "row_version": 1,
    }  # fmt: skip


def _moment(days: int) -> datetime:
    return datetime(2026, 10, 1, 3, tzinfo=UTC) + timedelta(days=days)

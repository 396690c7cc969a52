"""What waits for an assessor, in the morning mail (``docs/rules/digest.md``)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.casework.models import Case
from portal.kernel.actor import Actor, Role
from portal.kernel.digest import Line
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.participation.assessing.near import near_to
from portal.participation.assessing.queries import COUNTED_MOST, ORDER, Part, listed

LIST = "/desk/assessing?part={part}"
LABELS = {
    Part.OBJECTIONS: N_("Objections to levels, for you to answer"),
    Part.CLAIMS: N_("Self-assessments handed in, not confirmed"),
    Part.EVIDENCE: N_("Agencies and years with late or flagged evidence"),
}


def lines(session: Session, actor: Actor, now: datetime) -> Sequence[Line]:
    """Only of agencies that the actor may assess; nothing for anybody else."""
    if not actor.has_role(Role.ASSESSOR):
        return []
    near, today = near_to(session, actor), office_day(now)
    objections = listed(Part.OBJECTIONS, near)
    found = [
        _line(session, Part.OBJECTIONS, objections.where(Case.due_on < today), N_("Objections to levels, overdue"), is_overdue=True),
        _line(session, Part.OBJECTIONS, objections.where(Case.due_on >= today)),
        *(_line(session, part, listed(part, near)) for part in (Part.CLAIMS, Part.EVIDENCE)),
    ]
    return [line for line in found if line.count]


def _line(session: Session, part: Part, rows: Select[Any], label: str = "", *, is_overdue: bool = False) -> Line:
    some = rows.with_only_columns(ORDER[part][-1][0]).limit(COUNTED_MOST).subquery()
    count = session.scalar(select(func.count()).select_from(some)) or 0
    return Line(label or LABELS[part], count, LIST.format(part=part.value), is_overdue=is_overdue)

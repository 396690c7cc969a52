"""Evidence of how what comes is handled: the cases of each quarter in numbers (``kernel.evidence.CaseQuarter``)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from portal.agencies.models import Agency
from portal.casework.figures.criteria import day_begins, quarter_days
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.casework.splitting.models import CasePart
from portal.db.office_days import office_days_between
from portal.kernel.evidence import ENTERED_WITHIN, CaseQuarter, Fact, Look
from portal.kernel.thai_calendar import office_day

ENDED = (Status.CLOSED, Status.DECLINED)
#: What was declined or taken back gets no theme any more, so none is asked for.
NOT_TAKEN_UP = (Status.DECLINED, Status.WITHDRAWN)
QUARTERS = (1, 2, 3, 4)


#: Agency, quarter, and whether these were entered late.
Place = tuple[int, int, bool]


@dataclass
class _Counted:
    """Numbers of one agency and quarter: of what was entered in time, or of what was entered late."""

    last_entry: datetime | None = None
    received: int = 0
    classified: int = 0
    assigned: int = 0
    ended: int = 0
    ended_with_reason: int = 0
    answered_after: Counter[int] = field(default_factory=Counter)
    waiting_for: Counter[int] = field(default_factory=Counter)


def facts_of(session: Session, agencies: Sequence[Agency], look: Look, themed: ColumnElement[bool] | None = None) -> dict[int, list[Fact]]:
    """A fact for each quarter in which something came, and one more for what was entered late; two queries. ``themed``, a criterion on
    ``Case``, classifies it beside its topic.

    Only what stands in the figures: nothing that is guarded or merged, nothing of corruption. Answers and endings after the day of the
    look are not known yet; who holds a case, its topic, and that it was merged, guarded or contested, are as they are now, because no
    column keeps since when.
    """
    counted: dict[Place, _Counted] = {}
    for row in session.execute(_grouped(look, themed)):
        _take(counted.setdefault((look.whose[row.agency_id], row.quarter, bool(row.late)), _Counted()), row)
    for agency_id, quarter, late, received_at in session.execute(_waiting(look)):
        counted[look.whose[agency_id], quarter, bool(late)].waiting_for[(look.as_of - office_day(received_at)).days] += 1
    found: dict[int, list[Fact]] = {agency.id: [] for agency in agencies}
    by_id = {agency.id: agency for agency in agencies}
    for (agency_id, quarter, _), numbers in sorted(counted.items(), key=lambda pair: pair[0]):
        found[agency_id].append(_fact(by_id[agency_id], look, quarter, numbers))
    return found


def quarter_name(quarter: int, fiscal_year: int) -> tuple[str, str]:
    """Thai and English."""
    return f"ไตรมาสที่ {quarter} ปีงบประมาณ {fiscal_year}", f"Quarter {quarter} of fiscal year {fiscal_year} (B.E.)"


def quarter_day(look: Look, quarter: int) -> date:
    """The day on which a quarter is told: its last, or that of the look."""
    return min(quarter_days(look.fiscal_year, quarter).last, look.as_of)


@dataclass(frozen=True)
class Told:
    """How a sum over a quarter is told: what its key and names end with, and its days."""

    on: date
    recorded_on: date
    key: str = ""
    name_th: str = ""
    name_en: str = ""


def told_of(look: Look, quarter: int, number: int, last_entry: datetime | None) -> Told:
    """In time, or with the moment of the last entry what was entered late.

    Days of late ones are those of quarter and month, so that nobody's own day shows. Their number stands in the key: a ruling is about
    these, and lapses when others join them.
    """
    if last_entry is None:
        return Told(quarter_day(look, quarter), quarter_day(look, quarter))
    day = office_day(last_entry)
    month_over = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Told(
        quarter_days(look.fiscal_year, quarter).first, min(month_over, look.entered_by), f"-late-{number}",
        " ที่บันทึกช้ากว่า 30 วันนับจากวันรับเรื่อง", ", entered more than 30 days after receipt",
    )  # fmt: skip


@cache
def entered_late() -> ColumnElement[bool]:
    """The case was stored more than 30 Bangkok days after its receipt; a part of a divided text, when the whole was.

    Put together once: that costs as much as asking it.
    """
    first = aliased(Case)
    whole = select(first.recorded_at).join(CasePart, CasePart.first_id == first.id).where(CasePart.case_id == Case.id).correlate(Case)
    stored = func.coalesce(whole.scalar_subquery(), Case.recorded_at)
    days = (office_days_between(Case.received_at, moment) for moment in (Case.recorded_at, stored))  # the second is asked of few
    return and_(*(number > ENTERED_WITHIN.days for number in days))


def _end(look: Look) -> datetime:
    return day_begins(look.as_of + timedelta(days=1))


def quarter_of(look: Look) -> ColumnElement[int]:
    """The quarter in which a case was received."""
    begins = [(Case.received_at >= day_begins(quarter_days(look.fiscal_year, quarter).first), literal(quarter)) for quarter in (4, 3, 2)]
    return case(*begins, else_=literal(1)).label("quarter")


def in_year(look: Look) -> ColumnElement[bool]:
    """Cases of the year that stand in the figures, as far as they were stored in time for the freeze."""
    stored = Case.recorded_at < day_begins(look.entered_by + timedelta(days=1))
    return and_(Case.counted, Case.fiscal_year == look.fiscal_year, Case.agency_id.in_(sorted(look.whose)), stored)


def _answered(look: Look) -> ColumnElement[bool]:
    return and_(Case.days_to_answer.is_not(None), or_(Case.answered_at.is_(None), Case.answered_at < _end(look)))


def _ended(look: Look) -> ColumnElement[bool]:
    return and_(Case.status.in_(ENDED), func.coalesce(Case.closed_at, Case.outcome_at) < _end(look))


def _grouped(look: Look, themed: ColumnElement[bool] | None) -> Any:
    """Rows with the same days to the answer and the same flags, counted."""
    answered, ended = _answered(look), _ended(look)
    classified = or_(Case.topic_id.is_not(None), Case.status.in_(NOT_TAKEN_UP), themed if themed is not None else false())
    held = or_(
        Case.status == Status.WITHDRAWN,
        Case.unit_id.is_not(None),
        Case.owner_id.is_not(None),
        Case.acknowledged_at < _end(look),
        answered,
        ended,
    )
    reasoned = and_(ended, or_(Case.disposition.is_not(None), Case.status == Status.DECLINED))
    flags = {"late": entered_late(), "classified": classified, "held": held, "ended": ended, "reasoned": reasoned}
    keys = [_flag(answered, Case.days_to_answer).label("days"), *(_flag(one, literal(1)).label(name) for name, one in flags.items())]
    numbered = select(Case.agency_id, quarter_of(look), *keys, Case.recorded_at).where(in_year(look)).subquery()
    by = [column for column in numbered.c if column.name != "recorded_at"]
    return select(*by, func.count().label("number"), func.max(numbered.c.recorded_at).label("last_entry")).group_by(*by)


def _flag(holds: ColumnElement[bool], value: Any) -> ColumnElement[Any]:
    return case((holds, value), else_=None)


def _waiting(look: Look) -> Any:
    """Each case without an answer; its sender has not taken it back."""
    open_then = and_(Case.status != Status.WITHDRAWN, func.coalesce(_flag(or_(_answered(look), _ended(look)), literal(1)), 0) == 0)
    late = _flag(entered_late(), literal(1))
    return select(Case.agency_id, quarter_of(look), late, Case.received_at).where(in_year(look), open_then)


def _take(numbers: _Counted, row: Any) -> None:
    if row.late:
        numbers.last_entry = max(filter(None, (numbers.last_entry, row.last_entry)))
    numbers.received += row.number
    numbers.classified += row.number if row.classified else 0
    numbers.assigned += row.number if row.held else 0
    numbers.ended += row.number if row.ended else 0
    numbers.ended_with_reason += row.number if row.reasoned else 0
    if row.days is not None:
        numbers.answered_after[row.days] += row.number


def _fact(agency: Agency, look: Look, quarter: int, numbers: _Counted) -> CaseQuarter:
    told, (name_th, name_en) = told_of(look, quarter, numbers.received, numbers.last_entry), quarter_name(quarter, look.fiscal_year)
    return CaseQuarter(
        key=f"{look.fiscal_year}-{quarter}{told.key}", path=f"/figures/{agency.slug}?year={look.fiscal_year}",
        name_th=name_th + told.name_th, name_en=name_en + told.name_en, on=told.on, recorded_on=told.recorded_on,
        responsible=agency.name_th, quarter=quarter, received=numbers.received, classified=numbers.classified,
        assigned=numbers.assigned, answered_after=tuple(sorted(numbers.answered_after.items())),
        waiting_for=tuple(sorted(numbers.waiting_for.items())), ended=numbers.ended, ended_with_reason=numbers.ended_with_reason,
    )  # fmt: skip

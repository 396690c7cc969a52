"""What became of an agency's levels since the last morning mail (``docs/rules/digest.md``)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.actor import Actor
from portal.kernel.digest import Line
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, office_day
from portal.participation.claims.policy import READERS
from portal.participation.confirmations.models import Confirmation
from portal.participation.objections.models import Objection, ObjectionAnswer
from portal.participation.objections.queries import may_be_told
from portal.participation.rulings.models import EvidenceRuling

PAGE = "/desk/participation"
#: Agency, year (B.E.), how many.
Found = tuple[str, int, int]


def news(session: Session, actor: Actor, now: datetime, since: date) -> Sequence[Line]:
    """Of the days from ``since`` to yesterday, for who reads the agency's own page of its levels; numbers alone."""
    mine = sorted(actor.agencies(*READERS))
    if not mine:
        return []
    first, end = (datetime.combine(day, time(), BANGKOK) for day in (since, office_day(now)))
    objected = _of(Objection, mine).join(Objection.case).where(may_be_told())
    answered = objected.join(ObjectionAnswer, ObjectionAnswer.objection_id == Objection.id)
    sorts = (
        (N_("Levels that an assessor confirmed"), _of(Confirmation, mine), Confirmation.at),
        (N_("Records that an assessor accepted or refused"), _of(EvidenceRuling, mine), EvidenceRuling.at),
        (N_("New objections to your levels"), objected, Objection.made_at),
        (N_("Objections to your levels that an assessor answered"), answered, ObjectionAnswer.at),
    )
    found = [(label, session.execute(rows.where(at >= first, at < end)).all()) for label, rows, at in sorts]
    return [_line(label, [(slug, year, count) for slug, year, count in rows]) for label, rows in found if rows]


def _of(table: type[Confirmation | EvidenceRuling | Objection], mine: Sequence[int]) -> Select[str, int, int]:
    """Rows of these agencies, counted by agency and year."""
    there = select(Agency.slug, table.fiscal_year, func.count()).select_from(table).join(Agency, Agency.id == table.agency_id)
    return there.where(table.agency_id.in_(mine)).group_by(Agency.slug, table.fiscal_year)


def _line(label: str, rows: Sequence[Found]) -> Line:
    """To the page of the one agency and year, where it is one."""
    narrow = f"?agency={rows[0][0]}&year={rows[0][1]}" if len(rows) == 1 else ""
    return Line(label, sum(count for _slug, _year, count in rows), PAGE + narrow)

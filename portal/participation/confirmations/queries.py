"""Named reads of confirmations."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.participation.confirmations.models import Confirmation


def latest_of(session: Session, agency_id: int, fiscal_year: int) -> dict[str, Confirmation]:
    """What holds now, by scale; people loaded."""
    return {row.scale: row for row in reversed(history(session, agency_id, fiscal_year))}


def history(session: Session, agency_id: int, fiscal_year: int) -> Sequence[Confirmation]:
    """Every confirmation of the year (B.E.), newest first."""
    mine = select(Confirmation).where(Confirmation.agency_id == agency_id, Confirmation.fiscal_year == fiscal_year)
    return session.scalars(mine.order_by(Confirmation.id.desc()).options(joinedload(Confirmation.by))).all()


def confirmed_levels(session: Session, fiscal_year: int, scale: str, agency_ids: Collection[int] | None = None) -> dict[int, int]:
    """The confirmed levels of a scale, by agency; one query."""
    newest = select(func.max(Confirmation.id)).where(Confirmation.fiscal_year == fiscal_year, Confirmation.scale == scale)
    if agency_ids is not None:
        newest = newest.where(Confirmation.agency_id.in_(sorted(agency_ids)))
    last = newest.group_by(Confirmation.agency_id)
    return dict(session.execute(select(Confirmation.agency_id, Confirmation.level).where(Confirmation.id.in_(last))).all())

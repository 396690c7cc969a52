"""Named reads of self-assessments."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.participation.claims.models import Claim, ClaimedLevel

_LOADED = (selectinload(Claim.levels), joinedload(Claim.by))


def handed_in(session: Session, fiscal_year: int) -> frozenset[int]:
    """Ids of the agencies that have handed in for the year; of the others, who had to is listed (r11)."""
    return frozenset(session.scalars(select(Claim.agency_id).where(Claim.fiscal_year == fiscal_year).distinct()))


def ever_handed_in(session: Session, agency_ids: Collection[int]) -> frozenset[int]:
    """Those of the agencies that have handed in for any year."""
    return frozenset(session.scalars(select(Claim.agency_id).where(Claim.agency_id.in_(sorted(agency_ids))).distinct()))


def latest(session: Session, agency_id: int, fiscal_year: int) -> Claim | None:
    """What holds now, levels and person loaded."""
    mine = select(Claim).where(Claim.agency_id == agency_id, Claim.fiscal_year == fiscal_year)
    return session.scalar(mine.order_by(Claim.number.desc()).limit(1).options(*_LOADED))


def versions(session: Session, agency_id: int, fiscal_year: int) -> Sequence[Claim]:
    """Every handing in, newest first."""
    mine = select(Claim).where(Claim.agency_id == agency_id, Claim.fiscal_year == fiscal_year)
    return session.scalars(mine.order_by(Claim.number.desc()).options(*_LOADED)).all()


def claimed_levels(session: Session, fiscal_year: int, scale: str, agency_ids: Collection[int] | None = None) -> dict[int, int]:
    """What agencies claim on a scale now, by agency; one query."""
    newest = select(Claim.agency_id, func.max(Claim.number).label("number")).where(Claim.fiscal_year == fiscal_year)
    if agency_ids is not None:
        newest = newest.where(Claim.agency_id.in_(sorted(agency_ids)))
    last = newest.group_by(Claim.agency_id).subquery()
    rows = (
        select(Claim.agency_id, ClaimedLevel.level)
        .join(ClaimedLevel, ClaimedLevel.claim_id == Claim.id)
        .join(last, (last.c.agency_id == Claim.agency_id) & (last.c.number == Claim.number))
        .where(Claim.fiscal_year == fiscal_year, ClaimedLevel.scale == scale)
    )
    return dict(session.execute(rows).all())

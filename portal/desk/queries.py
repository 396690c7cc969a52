"""Named reads that only the workspace needs."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel


def units_of(session: Session, agency_ids: Collection[int]) -> Sequence[Agency]:
    """Divisions directly inside the agencies, by name."""
    inside = select(Agency).where(Agency.parent_id.in_(sorted(agency_ids)), Agency.level == AgencyLevel.DIVISION)
    return session.scalars(inside.order_by(Agency.name_th)).all()

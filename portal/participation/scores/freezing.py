"""Freezing a year: the dossier stored as a version that never changes; a later ruling makes another."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.participation.scores.models import FrozenDossier


def frozen_ids(session: Session, agency_ids: Collection[int], year: int) -> frozenset[int]:
    """Those of the agencies whose fiscal year (B.E.) is frozen."""
    rows = select(FrozenDossier.agency_id).where(FrozenDossier.agency_id.in_(sorted(agency_ids)), FrozenDossier.fiscal_year == year)
    return frozenset(session.scalars(rows.distinct()))

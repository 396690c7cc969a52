"""Freezing a year: the dossier stored as a version that never changes; a later ruling makes another (``docs/rules/scale.md``, 13)."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from portal.participation.rules.document import bytes_of, document_of, read_document
from portal.participation.rules.dossier import Dossier
from portal.participation.scales import scales_for
from portal.participation.scores.models import FrozenDossier

#: Why there is a version.
FROZEN, RULING, OBJECTION = "frozen", "ruling", "objection"


def frozen_ids(session: Session, agency_ids: Collection[int], year: int) -> frozenset[int]:
    """Those of the agencies whose fiscal year (B.E.) is frozen."""
    rows = select(FrozenDossier.agency_id).where(FrozenDossier.agency_id.in_(sorted(agency_ids)), FrozenDossier.fiscal_year == year)
    return frozenset(session.scalars(rows.distinct()))


def newest(session: Session, agency_ids: Collection[int], year: int) -> dict[int, FrozenDossier]:
    """The last version of each agency that is frozen; one query, none for nobody."""
    if not agency_ids:
        return {}
    of_year = (FrozenDossier.agency_id.in_(sorted(agency_ids)), FrozenDossier.fiscal_year == year)
    last = select(FrozenDossier.agency_id, func.max(FrozenDossier.number).label("number")).where(*of_year)
    last_ones = last.group_by(FrozenDossier.agency_id).subquery()
    same = and_(FrozenDossier.agency_id == last_ones.c.agency_id, FrozenDossier.number == last_ones.c.number)
    rows = session.scalars(select(FrozenDossier).join(last_ones, same).where(*of_year))
    return {row.agency_id: row for row in rows}


def versions(session: Session, agency_id: int, year: int) -> Sequence[FrozenDossier]:
    """Every version, oldest first."""
    of_year = (FrozenDossier.agency_id == agency_id, FrozenDossier.fiscal_year == year)
    return session.scalars(select(FrozenDossier).where(*of_year).order_by(FrozenDossier.number)).all()


def dossier_in(row: FrozenDossier) -> Dossier:
    """What was frozen."""
    return read_document(row.document.encode()).dossier


def add_versions(session: Session, now: datetime, dossiers: Mapping[int, Dossier], cause: str) -> int:
    """Freeze these dossiers, by id of the agency; one that says what its last version says adds none. Returns how many were added."""
    if not dossiers:
        return 0
    year = next(iter(dossiers.values())).subject.fiscal_year
    last, added = newest(session, list(dossiers), year), 0
    for agency_id, dossier in sorted(dossiers.items()):
        before = last.get(agency_id)
        raw = bytes_of(document_of(dossier, scales_for(year, dossier.subject.kind)))
        digest = hashlib.sha256(raw).hexdigest()
        if before is None or (before.sha256 != digest and dossier_in(before) != dossier):
            number = before.number + 1 if before else 1
            session.add(
                FrozenDossier(
                    agency_id=agency_id, fiscal_year=year, number=number, document=raw.decode(), sha256=digest, cause=cause, frozen_at=now
                )
            )
            added += 1
    session.flush()
    return added

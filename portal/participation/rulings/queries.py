"""Named reads of rulings, and of everybody who scores."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session, joinedload

from portal.kernel.thai_calendar import office_day
from portal.participation.claims.models import Claim
from portal.participation.confirmations.models import Confirmation
from portal.participation.rules.dossier import Ruling
from portal.participation.rulings.models import EvidenceRuling


def rulings_of(session: Session, agency_ids: Collection[int], fiscal_year: int) -> dict[int, tuple[Ruling, ...]]:
    """What a dossier holds: every ruling of the year (B.E.) in its order, by agency; one query."""
    found: dict[int, list[Ruling]] = {agency_id: [] for agency_id in agency_ids}
    for row in _rows(session, agency_ids, fiscal_year):
        found[row.agency_id].append(ruling_of(row))
    return {agency_id: tuple(rulings) for agency_id, rulings in found.items()}


def ruling_of(row: EvidenceRuling) -> Ruling:
    """The row as everybody reads it."""
    day = office_day(row.at)
    return Ruling(kind=row.kind, key=row.key, accepted=row.accepted, reason=row.reason, on=day, by=row.by.name_th)


def scorers_of(session: Session, agency_ids: Collection[int], fiscal_year: int) -> dict[int, frozenset[int]]:
    """Who claims, rules or confirms for the year, by agency: what they made themselves does not count. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    for agency_id, by_id in session.execute(
        union(*(_by(table, agency_ids, fiscal_year) for table in (Claim, EvidenceRuling, Confirmation)))
    ):
        found[agency_id].add(by_id)
    return {agency_id: frozenset(found[agency_id]) for agency_id in agency_ids}


def _by(table: type[Claim] | type[EvidenceRuling] | type[Confirmation], agency_ids: Collection[int], fiscal_year: int) -> Select[int, int]:
    return select(table.agency_id, table.by_id).where(table.agency_id.in_(sorted(agency_ids)), table.fiscal_year == fiscal_year)


def _rows(session: Session, agency_ids: Collection[int], fiscal_year: int) -> Sequence[EvidenceRuling]:
    of_year = (EvidenceRuling.agency_id.in_(sorted(agency_ids)), EvidenceRuling.fiscal_year == fiscal_year)
    return session.scalars(select(EvidenceRuling).where(*of_year).options(joinedload(EvidenceRuling.by)).order_by(EvidenceRuling.id)).all()

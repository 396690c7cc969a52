"""What a dossier holds besides the facts: the lists of the law, the assessors' rulings; and who scores."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.disclosures.legal import queries
from portal.kernel.evidence import LegalList
from portal.participation.rules.dossier import Ruling
from portal.participation.rulings.queries import rulings_of, scorers_of


def lists_for(agencies: Sequence[Agency], year: int) -> dict[int, tuple[LegalList, ...]]:
    """The lists that hold for each agency in the fiscal year (B.E.), by id."""
    return {agency_id: tuple(lists) for agency_id, lists in queries.lists_for(agencies, year).items()}


def rulings_for(session: Session, agency_ids: Collection[int], year: int) -> dict[int, tuple[Ruling, ...]]:
    """Every ruling of the year in its order, by agency."""
    return rulings_of(session, agency_ids, year)


def scorers_for(session: Session, agency_ids: Collection[int], year: int) -> dict[int, frozenset[int]]:
    """Who claims, rules or confirms: what they made themselves does not count."""
    return scorers_of(session, agency_ids, year)

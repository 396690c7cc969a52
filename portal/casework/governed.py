"""Which cases a governor reads along with: those of agencies that have joined. In words: ``docs/rules/province.md``."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from portal.agencies.joining.models import ProvinceJoining
from portal.agencies.joining.queries import is_province
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.queries.aside import lies_aside
from portal.casework.rules import Status


def read_along(province_ids: Collection[int]) -> ColumnElement[bool]:
    """Criterion on ``Case``: held by an agency that has joined, received since, and nothing that is kept from every governor."""
    joined = select(ProvinceJoining.id).join(Agency, Agency.id == ProvinceJoining.agency_id)
    joined = joined.where(ProvinceJoining.province_id.in_(sorted(province_ids)), _since_it_joined(), Agency.closed_at.is_(None))
    return and_(joined.exists(), _open_to_governors())


def read_by(session: Session, case: Case) -> Sequence[Agency]:
    """The provinces whose governors read this very case along now; one query."""
    provinces = select(Agency).join(ProvinceJoining, ProvinceJoining.province_id == Agency.id)
    provinces = provinces.join(Case, _since_it_joined()).where(Case.id == case.id, is_province(), _open_to_governors())
    return session.scalars(provinces.order_by(ProvinceJoining.id)).all() if not case.agency.is_closed else ()


def _since_it_joined() -> ColumnElement[bool]:
    """Criterion on ``Case`` and ``ProvinceJoining``."""
    holds = and_(ProvinceJoining.left_at.is_(None), ProvinceJoining.agency_id == Case.agency_id)
    return and_(holds, ProvinceJoining.joined_at <= Case.received_at)


def _open_to_governors() -> ColumnElement[bool]:
    """Criterion on ``Case``: nothing that is kept from every governor."""
    told = and_(Case.guarded.is_(False), Case.words_erased_at.is_(None), Case.status != Status.WITHDRAWN)
    return and_(told, ~lies_aside())


def governed(province_ids: Collection[int], agency_ids: Collection[int] | None = None) -> Select[Case]:
    """The cases, to be ordered by (due_on, id); agency, unit and topic are loaded. ``agency_ids`` narrows."""
    query = select(Case).where(read_along(province_ids))
    if agency_ids is not None:
        query = query.where(Case.agency_id.in_(sorted(agency_ids)))
    return query.options(joinedload(Case.agency), joinedload(Case.unit), joinedload(Case.topic), joinedload(Case.identity))


def governed_case(session: Session, province_ids: Collection[int], number: str) -> Case | None:
    """One of them."""
    return session.scalar(governed(province_ids).where(Case.number == number))

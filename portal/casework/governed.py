"""Which cases a governor reads along with: those of agencies that have joined. In words: ``docs/rules/province.md``."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from portal.agencies.joining.models import ProvinceJoining
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.queries.aside import lies_aside
from portal.casework.rules import Status


def read_along(province_ids: Collection[int]) -> ColumnElement[bool]:
    """Criterion on ``Case``: held by an agency that has joined, received since, and nothing that is kept from every governor."""
    joined = select(ProvinceJoining.id).join(Agency, Agency.id == ProvinceJoining.agency_id)
    joined = joined.where(
        ProvinceJoining.province_id.in_(sorted(province_ids)),
        ProvinceJoining.left_at.is_(None),
        ProvinceJoining.agency_id == Case.agency_id,
        ProvinceJoining.joined_at <= Case.received_at,
        Agency.closed_at.is_(None),
    )
    open_to = and_(Case.guarded.is_(False), Case.words_erased_at.is_(None), Case.status != Status.WITHDRAWN)
    return and_(joined.exists(), open_to, ~lies_aside())


def governed(province_ids: Collection[int], agency_ids: Collection[int] | None = None) -> Select[Case]:
    """The cases, to be ordered by (due_on, id); agency, unit and topic are loaded. ``agency_ids`` narrows."""
    query = select(Case).where(read_along(province_ids))
    if agency_ids is not None:
        query = query.where(Case.agency_id.in_(sorted(agency_ids)))
    return query.options(joinedload(Case.agency), joinedload(Case.unit), joinedload(Case.topic), joinedload(Case.identity))


def governed_case(session: Session, province_ids: Collection[int], number: str) -> Case | None:
    """One of them."""
    return session.scalar(governed(province_ids).where(Case.number == number))

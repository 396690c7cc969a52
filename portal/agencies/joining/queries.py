"""Named reads: the provinces, who is in one, who has joined."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.agencies import queries as agencies
from portal.agencies.areas import AgencyArea, all_areas, area_of
from portal.agencies.joining.models import ProvinceJoining
from portal.agencies.joining.rules import touches
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE, AgencyLevel


def provinces(session: Session) -> list[Agency]:
    """All that are open, in Thai dictionary order."""
    return agencies.in_order(session.scalars(select(Agency).where(is_province())))


def province_by_slug(session: Session, slug: str) -> Agency | None:
    """The open province with this address; anything may be asked for."""
    found = agencies.by_slug(session, slug)
    return found if found is not None and found.level is AgencyLevel.PROVINCE and not found.is_closed else None


def is_province() -> ColumnElement[bool]:
    """Criterion on ``Agency``."""
    return and_(Agency.level == AgencyLevel.PROVINCE, Agency.closed_at.is_(None))


def in_province(session: Session, province: Agency) -> list[Agency]:
    """Agencies in it that people write to or wrote to, in Thai dictionary order: three queries, however many there are."""
    where = or_(Agency.id.in_(_below(province.id)), Agency.id.in_(_joined_now(province.id)), _works_only_in(area_of(session, province.id)))
    return agencies.in_order(session.scalars(select(Agency).where(where, Agency.level.in_(ADDRESSABLE))))


def joinings_of(session: Session, province_id: int) -> Sequence[ProvinceJoining]:
    """Who has joined and who has left, the latest first; the agencies are loaded."""
    mine = select(ProvinceJoining).where(ProvinceJoining.province_id == province_id).options(joinedload(ProvinceJoining.agency))
    return session.scalars(mine.order_by(ProvinceJoining.joined_at.desc(), ProvinceJoining.id.desc())).all()


def joinings_now(session: Session, agency_ids: Collection[int]) -> Sequence[ProvinceJoining]:
    """What these agencies have joined; agencies and provinces are loaded."""
    mine = _now().where(ProvinceJoining.agency_id.in_(sorted(agency_ids)))
    loaded = mine.options(joinedload(ProvinceJoining.agency), joinedload(ProvinceJoining.province))
    return session.scalars(loaded.order_by(ProvinceJoining.id)).all()


def read_along_everywhere(session: Session) -> dict[int, list[int]]:
    """By agency id the ids of the open provinces whose governors read its new cases along; one query, however many there are."""
    found: dict[int, list[int]] = {}
    for row in session.execute(_read_along(ProvinceJoining.agency_id, ProvinceJoining.province_id).order_by(ProvinceJoining.id)):
        found.setdefault(row.agency_id, []).append(row.province_id)
    return found


def reading_along(session: Session, agency_id: int) -> Sequence[Agency]:
    """The open provinces whose governors read along the new cases of one agency."""
    mine = _read_along(Agency).where(ProvinceJoining.agency_id == agency_id)
    return session.scalars(mine.order_by(ProvinceJoining.id)).all()


def joined_since(session: Session, agency_id: int, moment: datetime) -> bool:
    """True if one of them has begun to read along after this moment."""
    later = _read_along(ProvinceJoining.id).where(ProvinceJoining.agency_id == agency_id, ProvinceJoining.joined_at > moment)
    return session.scalar(later.limit(1)) is not None


def joining(session: Session, province_id: int, agency_id: int, *, lock: bool = False) -> ProvinceJoining | None:
    """The one that holds now."""
    found = _now().where(ProvinceJoining.province_id == province_id, ProvinceJoining.agency_id == agency_id)
    return session.scalar(found.with_for_update() if lock else found)


def open_to(session: Session, mine: Collection[Agency]) -> dict[int, list[Agency]]:
    """By agency id the provinces that it could join now, in Thai dictionary order: three queries, however many agencies there are."""
    joined = {(row.agency_id, row.province_id) for row in joinings_now(session, [one.id for one in mine])}
    every, areas = provinces(session), all_areas(session)
    return {
        one.id: [
            place
            for place in every
            if place.id != one.id and (one.id, place.id) not in joined and touches(areas.get(one.id, []), areas.get(place.id, []))
        ]
        for one in mine
    }


def _now() -> Select[ProvinceJoining]:
    return select(ProvinceJoining).where(ProvinceJoining.left_at.is_(None))


def _read_along(*columns: Any) -> Select[Any]:
    """Of the joinings that hold, with their open provinces."""
    with_province = select(*columns).select_from(ProvinceJoining).join(Agency, Agency.id == ProvinceJoining.province_id)
    return with_province.where(ProvinceJoining.left_at.is_(None), is_province())


def _joined_now(province_id: int) -> Select[int]:
    return select(ProvinceJoining.agency_id).where(ProvinceJoining.province_id == province_id, ProvinceJoining.left_at.is_(None))


def _below(province_id: int) -> Select[int]:
    tree = select(Agency.id).where(Agency.id == province_id).cte("province_tree", recursive=True)
    tree = tree.union(select(Agency.id).where(Agency.parent_id == tree.c.id))
    return select(tree.c.id)


def _works_only_in(province: Sequence[str]) -> ColumnElement[bool]:
    """The same as ``rules.lies_within`` in SQL (a test holds them together)."""
    inside = or_(*(AgencyArea.code.startswith(code) for code in province)) if province else AgencyArea.code.is_(None)
    only = select(AgencyArea.agency_id).group_by(AgencyArea.agency_id).having(func.min(case((inside, 1), else_=0)) == 1)
    return Agency.id.in_(only)

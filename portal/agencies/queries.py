"""Named reads of agencies."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from portal.agencies.models import Agency, Mission, OfficeHoliday, StrategyNode
from portal.agencies.rules import ADDRESSABLE, is_slug
from portal.files.models import StoredFile
from portal.kernel.thai_text import sort_key
from portal.kernel.workdays import office_holidays


def by_slug(session: Session, slug: str) -> Agency | None:
    """The agency with this slug; anything may be asked for."""
    return session.scalar(select(Agency).where(Agency.slug == slug)) if is_slug(slug) else None


def seal(session: Session, public_id: str) -> StoredFile | None:
    """The picture with this id, if it is some agency's seal."""
    return session.scalar(select(StoredFile).join(Agency, Agency.seal_id == StoredFile.id).where(StoredFile.public_id == public_id))


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Agency]:
    """Agencies by id, one query."""
    return {agency.id: agency for agency in session.scalars(select(Agency).where(Agency.id.in_(ids)))}


def all_agencies(session: Session) -> list[Agency]:
    """Every agency and unit in Thai dictionary order."""
    return sorted(session.scalars(select(Agency)), key=lambda agency: sort_key(agency.name_th))


def addressable(session: Session) -> list[Agency]:
    """Agencies that citizens can write to, in Thai dictionary order."""
    rows = session.scalars(select(Agency).where(Agency.level.in_(ADDRESSABLE)))
    return sorted(rows, key=lambda agency: sort_key(agency.name_th))


def with_missions(session: Session, slug: str) -> Agency | None:
    """The agency with its missions loaded; anything may be asked for."""
    with_them = select(Agency).where(Agency.slug == slug).options(selectinload(Agency.missions))
    return session.scalar(with_them) if is_slug(slug) else None


def children(session: Session, agency_id: int) -> Sequence[Agency]:
    """Direct children."""
    return session.scalars(select(Agency).where(Agency.parent_id == agency_id).order_by(Agency.id)).all()


def subtree_ids(session: Session, roots: Collection[int]) -> frozenset[int]:
    """Ids of the roots and of everything below them, one query."""
    tree = select(Agency.id).where(Agency.id.in_(roots)).cte("tree", recursive=True)
    tree = tree.union(select(Agency.id).where(Agency.parent_id == tree.c.id))
    return frozenset(session.scalars(select(tree.c.id)))


def subtrees(session: Session, roots: Collection[int]) -> dict[int, frozenset[int]]:
    """For each root its own id and everything below it, one query for all."""
    start = select(Agency.id.label("root"), Agency.id).where(Agency.id.in_(roots))
    tree = start.cte("tree", recursive=True)
    tree = tree.union(select(tree.c.root, Agency.id).where(Agency.parent_id == tree.c.id))
    found: dict[int, set[int]] = {root: set() for root in roots}
    for root, agency_id in session.execute(select(tree.c.root, tree.c.id)):
        found[root].add(agency_id)
    return {root: frozenset(ids) for root, ids in found.items()}


def root_of(session: Session, agency: Agency) -> Agency:
    """The addressable agency that a unit belongs to: itself unless it is a division."""
    while agency.level not in ADDRESSABLE and agency.parent is not None:
        agency = agency.parent
    return agency


def strategy_path(session: Session, node_id: int) -> list[StrategyNode]:
    """From the root of the strategy tree down to the node: a breadcrumb."""
    path: list[StrategyNode] = []
    node = session.get(StrategyNode, node_id)
    while node is not None and node not in path:
        path.insert(0, node)
        node = session.get(StrategyNode, node.parent_id) if node.parent_id else None
    return path


def strategy_nodes(session: Session, agency_id: int) -> Sequence[StrategyNode]:
    """All nodes of the agency's strategy tree, parents before children of the same position."""
    return session.scalars(
        select(StrategyNode).where(StrategyNode.agency_id == agency_id).order_by(StrategyNode.position, StrategyNode.id)
    ).all()


def missions(session: Session, agency_id: int) -> Sequence[Mission]:
    """The agency's missions in their order."""
    return session.scalars(select(Mission).where(Mission.agency_id == agency_id).order_by(Mission.position)).all()


def holidays_for(session: Session, agency_id: int, years: Collection[int]) -> frozenset[date]:
    """Days on which the agency is closed in these years (C.E.): the law's, with its own laid over."""
    days = set().union(*(office_holidays(year) for year in years))
    own = session.scalars(select(OfficeHoliday).where(or_(OfficeHoliday.agency_id == agency_id, OfficeHoliday.agency_id.is_(None))))
    for holiday in own:
        (days.add if holiday.is_closed else days.discard)(holiday.day)
    return frozenset(days)

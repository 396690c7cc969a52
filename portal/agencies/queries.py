"""Named reads of agencies."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.agencies.models import Agency, Mission, OfficeHoliday, StrategyNode
from portal.agencies.rules import ADDRESSABLE, DEFAULT_HOME, is_slug
from portal.files.models import StoredFile
from portal.kernel.thai_text import sort_key
from portal.kernel.workdays import office_holidays


def by_slug(session: Session, slug: str) -> Agency | None:
    """The agency with this slug; anything may be asked for."""
    return session.scalar(select(Agency).where(Agency.slug == slug)) if is_slug(slug) else None


def home(session: Session, chosen: str = "") -> Agency | None:
    """Whose identity the root has, its seal loaded; one query.

    ``chosen`` is what the environment says (``settings.home_agency``), and wins. Else the agency marked as home, else ``DEFAULT_HOME``.
    """
    whose = select(Agency).options(joinedload(Agency.seal))
    if chosen:
        return session.scalar(whose.where(Agency.slug == chosen)) if is_slug(chosen) else None
    return session.scalar(whose.where(or_(Agency.is_home, Agency.slug == DEFAULT_HOME)).order_by(Agency.is_home.desc()).limit(1))


def exists(session: Session) -> bool:
    """True if there is any agency."""
    return session.scalar(select(Agency.id).limit(1)) is not None


def seal(session: Session, public_id: str) -> StoredFile | None:
    """The picture with this id, if it is some agency's seal."""
    return session.scalar(select(StoredFile).join(Agency, Agency.seal_id == StoredFile.id).where(StoredFile.public_id == public_id))


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Agency]:
    """Agencies by id, one query."""
    return {agency.id: agency for agency in session.scalars(select(Agency).where(Agency.id.in_(ids)))}


def all_agencies(session: Session) -> list[Agency]:
    """Every agency and unit in Thai dictionary order, closed ones too."""
    return in_order(session.scalars(select(Agency)))


def open_agencies(session: Session) -> list[Agency]:
    """Every agency and unit that is not closed, in Thai dictionary order: what may be offered for a choice."""
    return in_order(session.scalars(select(Agency).where(Agency.closed_at.is_(None))))


def addressable(session: Session) -> list[Agency]:
    """Agencies that citizens can write to, in Thai dictionary order; closed ones are left out."""
    return in_order(session.scalars(select(Agency).where(Agency.level.in_(ADDRESSABLE), Agency.closed_at.is_(None))))


def in_order(agencies: Iterable[Agency]) -> list[Agency]:
    """In Thai dictionary order."""
    return sorted(agencies, key=lambda agency: sort_key(agency.name_th))


def with_missions(session: Session, slug: str) -> Agency | None:
    """The agency with its missions loaded; anything may be asked for."""
    with_them = select(Agency).where(Agency.slug == slug).options(selectinload(Agency.missions))
    return session.scalar(with_them) if is_slug(slug) else None


def children(session: Session, agency_id: int) -> Sequence[Agency]:
    """Direct children that are open."""
    below = select(Agency).where(Agency.parent_id == agency_id, Agency.closed_at.is_(None))
    return session.scalars(below.order_by(Agency.id)).all()


def ancestors(session: Session, agency: Agency) -> list[Agency]:
    """What lies above, nearest first."""
    above: list[Agency] = []
    while agency.parent is not None and agency.parent not in above:
        agency = agency.parent
        above.append(agency)
    return above


def successor_of(session: Session, agency: Agency) -> Agency | None:
    """The open agency where the work of a closed one goes on, however many closings lie between; None if there is none."""
    seen: set[int] = set()
    found: Agency | None = agency
    while found is not None and found.is_closed and found.id not in seen:
        seen.add(found.id)
        found = session.get(Agency, found.successor_id) if found.successor_id else None
    return found if found is not None and not found.is_closed else None


def taken_over(session: Session, ids: Collection[int]) -> dict[int, frozenset[int]]:
    """For each its own id and those of everything that was closed into it, and into that; one query for all.

    Rights reach back over these (``docs/rules/agencies.md``).
    """
    start = select(Agency.id.label("root"), Agency.id).where(Agency.id.in_(ids)).cte("taken", recursive=True)
    taken = start.union(select(start.c.root, Agency.id).where(Agency.successor_id == start.c.id))
    return _by_root(ids, session.execute(select(taken.c.root, taken.c.id)).all())


def subtree_ids(session: Session, roots: Collection[int]) -> frozenset[int]:
    """Ids of the roots and of everything below them, one query."""
    tree = select(Agency.id).where(Agency.id.in_(roots)).cte("tree", recursive=True)
    tree = tree.union(select(Agency.id).where(Agency.parent_id == tree.c.id))
    return frozenset(session.scalars(select(tree.c.id)))


def with_units(session: Session, agency_id: int) -> frozenset[int]:
    """Ids of the agency and of the units below it that nobody writes to by themselves, one query: ``root_of`` the other way."""
    tree = select(Agency.id).where(Agency.id == agency_id).cte("own", recursive=True)
    tree = tree.union(select(Agency.id).where(Agency.parent_id == tree.c.id, Agency.level.not_in(ADDRESSABLE)))
    return frozenset(session.scalars(select(tree.c.id)))


def subtrees(session: Session, roots: Collection[int]) -> dict[int, frozenset[int]]:
    """For each root its own id, everything below it, and what was closed into any of these; one query for all."""
    start = select(Agency.id.label("root"), Agency.id).where(Agency.id.in_(roots))
    tree = start.cte("tree", recursive=True)
    tree = tree.union(select(tree.c.root, Agency.id).where(or_(Agency.parent_id == tree.c.id, Agency.successor_id == tree.c.id)))
    return _by_root(roots, session.execute(select(tree.c.root, tree.c.id)).all())


def _by_root(roots: Collection[int], rows: Sequence[Row[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {root: set() for root in roots}
    for root, agency_id in rows:
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


def strategy_node(session: Session, agency_id: int, code: str) -> StrategyNode | None:
    """The node of the agency with this code."""
    return session.scalar(select(StrategyNode).where(StrategyNode.agency_id == agency_id, StrategyNode.code == code))


def mission(session: Session, agency_id: int, code: str) -> Mission | None:
    """The mission of the agency with this code."""
    return session.scalar(select(Mission).where(Mission.agency_id == agency_id, Mission.code == code))


def missions(session: Session, agency_id: int) -> Sequence[Mission]:
    """The agency's missions in their order."""
    return session.scalars(select(Mission).where(Mission.agency_id == agency_id).order_by(Mission.position, Mission.id)).all()


def holidays_for(session: Session, agency_id: int, years: Collection[int]) -> frozenset[date]:
    """Days on which the agency is closed in these years (C.E.): the law's, with its own laid over."""
    return holidays_of(session, [agency_id], years)[agency_id]


def holidays_of(session: Session, agency_ids: Collection[int], years: Collection[int]) -> dict[int, frozenset[date]]:
    """The same for many agencies, one query."""
    ids = set(agency_ids)
    own = session.scalars(select(OfficeHoliday).where(or_(OfficeHoliday.agency_id.in_(ids), OfficeHoliday.agency_id.is_(None)))).all()
    return {agency_id: laid_over(years, [day for day in own if day.agency_id in (agency_id, None)]) for agency_id in ids}


def laid_over(years: Iterable[int], own: Iterable[OfficeHoliday]) -> frozenset[date]:
    """The law's days of these years (C.E.), with the rows of one agency and those for everybody laid over."""
    days: set[date] = set().union(*(office_holidays(year) for year in years))
    # The agency's own word comes last, so that it holds where both have entered the day.
    for holiday in sorted(own, key=lambda holiday: holiday.agency_id is not None):
        (days.add if holiday.is_closed else days.discard)(holiday.day)
    return frozenset(days)

"""What became of raised matters: for who raised them, and for those to whom they were raised. In words: ``docs/rules/between.md``."""

from sqlalchemy import ColumnElement, ScalarSelect, Select, false, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework.models import Case, CaseRaise
from portal.casework.policy import DECIDERS, visible_to
from portal.db.counting import up_to
from portal.kernel.actor import CASE_ROLES, Actor


def raised_by(actor: Actor, *, is_open: bool) -> Select[Case]:
    """Cases that were raised from where the actor decides, and all matters that came of them; to be ordered by (due_on, id)."""
    return _loaded(_raised_from(actor), is_open)


def raised_to_us(actor: Actor, *, is_open: bool) -> Select[Case]:
    """Cases that were raised to agencies where the actor works cases, and that the actor may see."""
    here = sorted(actor.agencies(*CASE_ROLES))
    raised = Case.id.in_(select(CaseRaise.case_id).where(CaseRaise.to_id.in_(here))) if here else false()
    return _loaded(raised & visible_to(actor), is_open)


def raised_count(actor: Actor, most: int) -> ScalarSelect[int]:
    """How many of the first list are open, as a column; ``most`` + 1 means more."""
    return up_to(most, select(Case.id).where(_raised_from(actor), Case.is_open))


def _raised_from(actor: Actor) -> ColumnElement[bool]:
    """What is about somebody is nobody's who does not hold it."""
    deciding = sorted(actor.agencies(*DECIDERS))
    if actor.user_id is None or not deciding:
        return false()
    places = select(Agency.id).where(Agency.id.in_(deciding)).cte("raising_places", recursive=True)
    unit = aliased(Agency)
    places = places.union(select(unit.id).where(unit.parent_id == places.c.id, unit.level == AgencyLevel.DIVISION))
    raised = select(CaseRaise.case_id).where(CaseRaise.from_id.in_(select(places.c.id)))
    return Case.id.in_(raised) & Case.guarded.is_(False)


def _loaded(where: ColumnElement[bool], is_open: bool) -> Select[Case]:
    query = select(Case).where(where, Case.is_open.is_(is_open))
    loaded = (joinedload(Case.agency), joinedload(Case.unit), joinedload(Case.identity), joinedload(Case.part))
    return query.options(*loaded, selectinload(Case.raises).joinedload(CaseRaise.origin))

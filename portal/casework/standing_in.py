"""Standing in for an owner who is away: whose cases that opens. A part of ``policy``; in words: ``docs/rules/absence.md``."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from portal.casework.models import Case, CaseAbout
from portal.kernel.actor import Actor


def stood_in(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Case``: it belongs to somebody for whom the actor stands in, and is not about that very person."""
    if not actor.stands_in_for:
        return false()
    about_owner = select(CaseAbout.id).where(CaseAbout.case_id == Case.id, CaseAbout.user_id == Case.owner_id).exists()
    return and_(Case.owner_id.in_(sorted(actor.stands_in_for)), or_(Case.guarded.is_(False), ~about_owner))


def stands_in(actor: Actor, case: Case) -> bool:
    """The same as ``stood_in`` for one case at hand."""
    about_owner = case.guarded and any(row.user_id == case.owner_id for row in case.about)
    return case.owner_id in actor.stands_in_for and not about_owner

"""Named reads of themes; what officers read of cases is scoped by ``casework.policy.visible_to``."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case
from portal.db.plans import past_index
from portal.kernel.actor import Actor, ActorKind
from portal.outcomes.rules import NOT_CONSIDERED
from portal.outcomes.themes.models import Theme, ThemedCase


def themes_of(session: Session, agency_id: int) -> Sequence[Theme]:
    """All themes of the agency, those on offer first, in the order of their making."""
    return session.scalars(select(Theme).where(Theme.agency_id == agency_id).order_by(Theme.closed_at.is_not(None), Theme.id)).all()


def by_slug(session: Session, agency_id: int, slug: str) -> Theme | None:
    """The agency's theme at this address."""
    return session.scalar(select(Theme).where(Theme.agency_id == agency_id, Theme.slug == slug))


def holds() -> ColumnElement[bool]:
    """How ``Theme`` joins a case and its ``ThemedCase``: the theme is of the agency that has the case now."""
    return and_(Theme.id == ThemedCase.theme_id, Theme.agency_id == Case.agency_id)


def themeable(actor: Actor, agency_id: int) -> Select[Case]:
    """Cases of the agency that can have a theme and that the actor may see; unordered."""
    there = (Case.counted, Case.agency_id == agency_id, Case.status.not_in(NOT_CONSIDERED))
    return select(Case).where(*there, true() if actor.kind is ActorKind.SYSTEM else policy.visible_to(actor))


def with_theme(actor: Actor, agency_id: int, theme: Theme | None) -> Select[Case]:
    """Those of them that have this theme, or none."""
    query = themeable(actor, agency_id).outerjoin(ThemedCase, ThemedCase.case_id == Case.id).outerjoin(Theme, holds())
    return query.where(Theme.id.is_(None) if theme is None else Theme.id == theme.id)


def counts(session: Session, agency_id: int) -> dict[int, int]:
    """How many cases have each theme, by its id."""
    counted = select(Theme.id, func.count()).join(ThemedCase, ThemedCase.theme_id == Theme.id).join(Case, Case.id == ThemedCase.case_id)
    # From what has a theme, not from all cases of the agency.
    there = (past_index(Case.agency_id) == agency_id, Case.counted, Case.status.not_in(NOT_CONSIDERED))
    counted = counted.where(Theme.agency_id == agency_id, *there)
    return dict(session.execute(counted.group_by(Theme.id)).all())


def themed(session: Session, case_ids: Collection[int]) -> dict[int, ThemedCase]:
    """What these cases have, by id of the case."""
    rows = session.scalars(select(ThemedCase).where(ThemedCase.case_id.in_(sorted(case_ids))))
    return {row.case_id: row for row in rows}

"""Named reads of saved views."""

import re

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.casework.kept_views.models import KeptView
from portal.casework.topics.models import Topic
from portal.kernel.actor import CASE_ROLES, Actor

_KEY = re.compile(r"[0-9a-f]{16}")
_LOADED = (
    joinedload(KeptView.agency),
    joinedload(KeptView.unit),
    joinedload(KeptView.topic).joinedload(Topic.agency),
    joinedload(KeptView.person),
)


def views_of(session: Session, actor: Actor) -> list[KeptView]:
    """The actor's own, then those of the desks where they work, each in their order; one query."""
    rows = select(KeptView).where(_readable(actor)).options(*_LOADED)
    return sorted(session.scalars(rows), key=lambda view: (view.agency_id is not None, view.agency_id or 0, view.position, view.id))


def by_key(session: Session, actor: Actor, key: str, *, lock: bool = False) -> KeptView | None:
    """The view with this key if the actor may use it; anything may be asked for."""
    if not _KEY.fullmatch(key):
        return None
    found = select(KeptView).where(KeptView.key == key, _readable(actor))
    return session.scalar(found.with_for_update() if lock else found.options(*_LOADED))


def together(session: Session, view: KeptView) -> list[KeptView]:
    """All that stand in one list with it, in their order."""
    rows = select(KeptView).where(in_list(view.agency_id, view.made_by_id))
    return list(session.scalars(rows.order_by(KeptView.position, KeptView.id)))


def count_in(session: Session, agency_id: int | None, user_id: int) -> int:
    """How many stand in the list of a desk, or in a person's own."""
    return session.scalar(select(func.count()).select_from(KeptView).where(in_list(agency_id, user_id))) or 0


def in_list(agency_id: int | None, user_id: int) -> ColumnElement[bool]:
    """Criterion: the list of a desk, or without an agency a person's own."""
    if agency_id is not None:
        return KeptView.agency_id == agency_id
    return and_(KeptView.agency_id.is_(None), KeptView.made_by_id == user_id)


def _readable(actor: Actor) -> ColumnElement[bool]:
    own = and_(KeptView.agency_id.is_(None), KeptView.made_by_id == actor.user_id)
    return or_(own, KeptView.agency_id.in_(sorted(actor.agencies(*CASE_ROLES))))

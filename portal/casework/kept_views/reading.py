"""A saved view as a part of the queue, and what of it is no longer there."""

from sqlalchemy.orm import Session

from portal.casework.desk.asked import Asked
from portal.casework.kept_views.models import KeptView
from portal.casework.models import CaseTag
from portal.casework.queries import Filter
from portal.casework.tags import queries as tags
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.messages import N_, Message


def asked_of(session: Session, actor: Actor, view: KeptView, known: dict[str, CaseTag] | None = None) -> Asked | None:
    """What it asks for; None if it can show nothing any more because no case carries its tag. ``known`` tags by key save the look."""
    tag = _tag(session, actor, view, known)
    if view.tag_key and tag is None:
        return None
    shown = Filter(view.shown) if view.shown in list(Filter) else Filter.OPEN
    return Asked(shown, view.text, view.kind, view.unit, view.topic, tag, view.whose, view.person, actor.user_id)


def gone(actor: Actor, view: KeptView, asked: Asked | None) -> list[Message]:
    """What was closed since it was kept, in words; it still shows what there is."""
    told = [] if asked else [Message(N_("No case that you may see carries the tag of this view any more"))]
    if view.topic is not None and view.topic.closed_at is not None:
        told.append(Message(N_("The topic of this view is closed; it shows the cases that still have it")))
    if view.unit is not None and (view.unit.is_closed or view.unit.parent_id not in actor.agencies(*CASE_ROLES)):
        told.append(Message(N_("The unit of this view is closed or lies elsewhere now; it shows what is still there")))
    if view.person is not None and view.person.disabled_at is not None:
        told.append(Message(N_("The person of this view has left")))
    return told


def _tag(session: Session, actor: Actor, view: KeptView, known: dict[str, CaseTag] | None) -> CaseTag | None:
    if not view.tag_key:
        return None
    return known.get(view.tag_key) if known is not None else tags.by_key(session, actor, view.tag_key)

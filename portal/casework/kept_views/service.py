"""Keeping, naming, ordering and removing views. Raise ``NotAllowed``, and ``Invalid`` for "name" and "agency"."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.kept_views import queries
from portal.casework.kept_views.models import KeptView
from portal.casework.models import CaseTag, Topic
from portal.casework.policy import DECIDERS
from portal.casework.queries import Filter
from portal.casework.rules import CaseKind
from portal.casework.texts import tidy_line, too_long
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.messages import N_, Message

NAME_MOST = 60
#: In one list.
MOST = 20


@dataclass(frozen=True)
class Wanted:
    """What a view shows."""

    shown: Filter
    kind: CaseKind | None = None
    unit_id: int | None = None
    topic: Topic | None = None
    tag: CaseTag | None = None
    whose: str = ""
    person_id: int | None = None
    text: str = ""


def may_share(actor: Actor, agency_id: int) -> bool:
    """Coordinators and executives decide what the whole desk finds in its left column."""
    return actor.holds_any(DECIDERS, agency_id)


def may_change(actor: Actor, view: KeptView) -> bool:
    """One's own, or a desk's for who may share there."""
    return view.made_by_id == actor.user_id if view.agency_id is None else may_share(actor, view.agency_id)


def keep(session: Session, actor: Actor, now: datetime, wanted: Wanted, name: str, agency: Agency | None = None) -> KeptView:
    """Keep a view at the end of its list: the desk's of ``agency``, or the actor's own."""
    if actor.user_id is None or (agency is not None and not may_share(actor, agency.id)):
        raise NotAllowed
    agency_id, tidied = agency.id if agency else None, _checked(name)
    if queries.count_in(session, agency_id, actor.user_id) >= MOST:
        raise Invalid({"name": [Message(N_("There are %(most)s views already; remove one first"), {"most": MOST})]})
    _check_free(session, agency_id, actor.user_id, tidied, but=0)
    last = session.scalar(select(func.max(KeptView.position)).where(queries.in_list(agency_id, actor.user_id))) or 0
    topic_id, tag_key = wanted.topic.id if wanted.topic else None, wanted.tag.key if wanted.tag else ""
    view = KeptView(
        agency_id=agency_id, made_by_id=actor.user_id, made_at=now, name=tidied, position=last + 1, shown=wanted.shown.value,
        kind=wanted.kind, unit_id=wanted.unit_id, topic_id=topic_id, tag_key=tag_key, whose=wanted.whose, person_id=wanted.person_id,
        text=wanted.text,
    )  # fmt: skip
    session.add(view)
    session.flush()
    _record(session, actor, now, view, "view.kept")
    return view


def rename(session: Session, actor: Actor, now: datetime, view: KeptView, name: str) -> None:
    """Give it another name."""
    _allow(actor, view)
    tidied = _checked(name)
    _check_free(session, view.agency_id, view.made_by_id, tidied, but=view.id)
    view.name = tidied
    session.flush()
    _record(session, actor, now, view, "view.renamed")


def move(session: Session, actor: Actor, view: KeptView, *, up: bool) -> None:
    """One place up or down in its list; nothing happens at the end."""
    _allow(actor, view)
    order = queries.together(session, view)
    at = order.index(view)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    for place, one in enumerate(order, start=1):
        one.position = place
    session.flush()


def remove(session: Session, actor: Actor, now: datetime, view: KeptView) -> None:
    """Take it away; nothing happens to any case."""
    _allow(actor, view)
    _record(session, actor, now, view, "view.removed")
    session.delete(view)
    session.flush()


def forget_own(session: Session, user_id: int) -> None:
    """Somebody has left: their own views go, what they made for a desk stays."""
    session.execute(delete(KeptView).where(queries.in_list(None, user_id)))


def _allow(actor: Actor, view: KeptView) -> None:
    if not may_change(actor, view):
        raise NotAllowed


def _checked(name: str) -> str:
    tidied = tidy_line(name)
    if not tidied:
        raise Invalid({"name": [Message(N_("Write a name for the view"))]})
    if len(tidied) > NAME_MOST:
        raise Invalid({"name": [too_long(NAME_MOST)]})
    return tidied


def _check_free(session: Session, agency_id: int | None, user_id: int, name: str, *, but: int) -> None:
    same = select(KeptView.id).where(queries.in_list(agency_id, user_id), KeptView.name == name, KeptView.id != but)
    if session.scalar(same.limit(1)) is not None:
        raise Invalid({"name": [Message(N_("Another view in this list has this name"))]})


def _record(session: Session, actor: Actor, now: datetime, view: KeptView, act: str) -> None:
    """Only of what others find at their desk."""
    if view.agency_id is not None:
        audit.record(session, actor, now, act, "kept_view", view.key, agency_id=view.agency_id)

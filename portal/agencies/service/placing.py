"""Where an agency lies in the tree, and its end. What follows in other rooms is done by ``portal.desk.units`` in the same act."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import policy, queries
from portal.agencies.models import Agency
from portal.agencies.rules import loops, place_fault
from portal.agencies.service.acts import allow, changed, take
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message


def lock_tree(session: Session) -> None:
    """Read the whole tree under a lock, before anything of it is looked at: of two who move at once, the second sees what the first did.

    Cases that come in meanwhile do not wait, but for the agency that ends (``take``).
    """
    whole = select(Agency).order_by(Agency.id).with_for_update(key_share=True)
    session.scalars(whole.execution_options(populate_existing=True)).all()


def move(session: Session, actor: Actor, now: datetime, agency: Agency, parent: Agency | None, *, row_version: int) -> None:
    """Put the agency, with everything below it, below ``parent`` (None: at the top). Raises ``Invalid`` for "parent"."""
    lock_tree(session)
    allow(policy.can_move(actor, agency, parent))
    take(session, agency, row_version)
    before = agency.parent
    if agency.parent_id == (parent.id if parent else None):
        raise Invalid({"parent": [Message(N_("It lies there already"))]})
    place_below(session, agency, parent)
    changed(session, actor, now, agency, "agency.moved", {"from": before.slug if before else None, "to": parent.slug if parent else None})


def place_below(session: Session, agency: Agency, parent: Agency | None) -> None:
    """Set what lies above, after asking the rules of the tree; asks nobody's leave and writes no trail."""
    check_place(session, agency, parent)
    agency.parent = parent
    session.flush()


def check_place(session: Session, agency: Agency, parent: Agency | None) -> None:
    """Raise ``Invalid`` for "parent" where the agency may not lie."""
    parents = {row.id: row.parent_id for row in session.execute(select(Agency.id, Agency.parent_id))}
    if loops(parents, agency.id, parent.id if parent else None):
        raise Invalid({"parent": [Message(N_("It cannot lie below itself or below what lies below it"))]})
    if parent is not None and parent.is_closed:
        raise Invalid({"parent": [Message(N_("Choose one that is not closed"))]})
    above = [parent, *queries.ancestors(session, parent)] if parent else []
    if fault := place_fault(agency.level, [one.level for one in above]):
        raise Invalid({"parent": [fault]})


def check_successor(session: Session, agency: Agency, successor: Agency) -> None:
    """Raise ``Invalid`` for "successor" unless it is open, another one, and does not lie below what ends."""
    if successor.is_closed:
        raise Invalid({"successor": [Message(N_("Choose one that is not closed"))]})
    if successor.id == agency.id:
        raise Invalid({"successor": [Message(N_("It cannot be its own successor"))]})
    if successor.id in queries.subtree_ids(session, [agency.id]):
        raise Invalid({"successor": [Message(N_("The successor cannot lie below what ends; move it out first"))]})


def close(session: Session, actor: Actor, now: datetime, agency: Agency, successor: Agency | None, act: str, *, row_version: int) -> None:
    """End the agency; its children must have been moved before. ``act`` is how the trail calls it."""
    allow(policy.can_end(actor, agency, successor))
    take(session, agency, row_version)
    if successor is not None:
        check_successor(session, agency, successor)
    if queries.children(session, agency.id):
        raise Invalid({"successor": [Message(N_("Something open lies below it; choose where that goes on"))]})
    agency.closed_at, agency.successor_id = now, successor.id if successor else None
    if agency.is_home and successor is not None:
        agency.is_home = False
        session.flush()  # at most one is home
        successor.is_home = True
    changed(session, actor, now, agency, act, {"successor": successor.slug if successor else None})

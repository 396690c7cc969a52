"""Who reads and answers what was asked of others. A case that is kept from anybody is here for nobody."""

from sqlalchemy import ColumnElement, and_, false, or_

from portal.casework.contributing.models import Contribution
from portal.casework.contributing.rules import PartState
from portal.casework.models import Case
from portal.casework.policy import DECIDERS, can_work
from portal.casework.rules import Act
from portal.casework.rules.moves import possible
from portal.kernel.actor import CASE_ROLES, Actor


def can_ask(actor: Actor, case: Case) -> bool:
    """Who works the case; never of a guarded one."""
    return can_work(actor, case) and not case.guarded


def can_read(actor: Actor, part: Contribution) -> bool:
    """Who decides in the asked agency, and the person it was given to; not while the case is guarded."""
    return not part.case.guarded and _is_asked(actor, part)


def can_give(actor: Actor, part: Contribution) -> bool:
    """May choose who answers it."""
    return can_read(actor, part) and actor.holds_any(DECIDERS, part.holder_id)


def is_wanted(part: Contribution) -> bool:
    """It waits, and the case still goes on."""
    return part.state is PartState.WAITING and possible(Act.CONTRIBUTE, part.case.status)


def asked_of(actor: Actor) -> ColumnElement[bool]:
    """The same as ``can_read``, on ``Contribution`` joined with ``Case`` (a test holds them together)."""
    if actor.user_id is None or not actor.has_role(*CASE_ROLES):
        return false()
    deciding = Contribution.holder_id.in_(sorted(actor.agencies(*DECIDERS)))
    given = and_(Contribution.officer_id == actor.user_id, Contribution.holder_id.in_(sorted(actor.agencies(*CASE_ROLES))))
    return and_(Case.guarded.is_(False), or_(deciding, given))


def _is_asked(actor: Actor, part: Contribution) -> bool:
    if actor.user_id is None:
        return False
    given = part.officer_id == actor.user_id and actor.holds_any(CASE_ROLES, part.holder_id)
    return given or actor.holds_any(DECIDERS, part.holder_id)

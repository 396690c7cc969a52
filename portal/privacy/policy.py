"""Who decides about whose data. Pure questions about an actor and a request; ``visible_to`` scopes every desk read.

Only a grant in the very agency counts. Nobody decides about their own data, nor about a case that is about them.
"""

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from portal.agencies.models import Agency
from portal.casework import policy as casework
from portal.casework.models import Case
from portal.kernel.actor import Actor, ActorKind, Role
from portal.privacy.models import Breach, PrivacyRequest
from portal.privacy.rules import RequestStatus

#: Who enters the privacy desk; executives for appeals only.
ROLES = (Role.PRIVACY, Role.EXECUTIVE)


def own_agencies(actor: Actor, role: Role) -> frozenset[int]:
    """Ids of the agencies in which the role is granted itself, not inherited from above."""
    return actor.roles.get(role, frozenset()) - actor.inherited.get(role, frozenset())


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``PrivacyRequest`` outer-joined with ``Case``: of the person's agencies, appeals for who hears them, never their own."""
    if actor.user_id is None:
        return false()
    holder = func.coalesce(Case.agency_id, PrivacyRequest.agency_id)
    decides = holder.in_(sorted(own_agencies(actor, Role.PRIVACY)))
    appealed = and_(PrivacyRequest.status == RequestStatus.APPEALED, PrivacyRequest.decided_by_id != actor.user_id)
    parents = sorted(own_agencies(actor, Role.PRIVACY) | own_agencies(actor, Role.EXECUTIVE))
    below = holder.in_(select(Agency.id).where(Agency.parent_id.in_(parents)))
    hears = and_(appealed, or_(holder.in_(sorted(own_agencies(actor, Role.EXECUTIVE))), below))
    of_account = and_(PrivacyRequest.user_id.is_not(None), PrivacyRequest.user_id != actor.user_id)
    of_case = and_(PrivacyRequest.case_id.is_not(None), ~casework.kept_from(actor))
    return and_(or_(decides, hears), or_(of_account, of_case))


def holder_of(request: PrivacyRequest) -> int:
    """Id of the agency that answers for the data now: forwarding a case takes its requests along."""
    return request.case.agency_id if request.case else request.agency_id


def can_decide(actor: Actor, request: PrivacyRequest) -> bool:
    """Data protection officer of the very agency, and neither the data nor the case are theirs or about them."""
    return _is_apart(actor, request) and actor.holds_itself((Role.PRIVACY,), holder_of(request))


def can_hear_appeal(actor: Actor, request: PrivacyRequest, parent_id: int | None) -> bool:
    """An executive of the agency, or data protection officer or executive of the one above; never who decided first."""
    if not _is_apart(actor, request) or actor.user_id == request.decided_by_id:
        return False
    above = parent_id is not None and actor.holds_itself((Role.PRIVACY, Role.EXECUTIVE), parent_id)
    return above or actor.holds_itself((Role.EXECUTIVE,), holder_of(request))


def can_see(actor: Actor, request: PrivacyRequest, parent_id: int | None) -> bool:
    """Who decides, or who hears the appeal that waits."""
    hears = request.status is RequestStatus.APPEALED and can_hear_appeal(actor, request, parent_id)
    return can_decide(actor, request) or hears


def can_carry_out(actor: Actor, request: PrivacyRequest) -> bool:
    """Who decides, and the portal itself."""
    return actor.kind is ActorKind.SYSTEM or can_decide(actor, request)


def can_ask(actor: Actor, case: Case | None, user_id: int | None) -> bool:
    """The holder of the receipt for a case; a person for their own account."""
    return actor.kind is ActorKind.CITIZEN if case is not None else actor.user_id is not None and actor.user_id == user_id


def can_hold(actor: Actor, case: Case) -> bool:
    """Data protection officer of the agency that holds the case."""
    return casework.can_protect(actor, case)


def breaches_of(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Breach``: of the person's agencies, and not of their own account."""
    mine = Breach.agency_id.in_(sorted(own_agencies(actor, Role.PRIVACY)))
    return and_(mine, or_(Breach.user_id.is_(None), Breach.user_id != actor.user_id)) if actor.user_id else ~true()


def _is_apart(actor: Actor, request: PrivacyRequest) -> bool:
    if actor.user_id is None or actor.user_id == request.user_id:
        return False
    return request.case is None or not casework.is_kept_from(actor, request.case)

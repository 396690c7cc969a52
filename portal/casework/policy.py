"""Who may do what with a case. Pure questions about an actor and a case; ``visible_to`` scopes every desk read.

"Holding agency" is the one that has the case now. Coordinators and executives of it decide (assign, merge, review);
officers of it see its cases and work their own.
"""

from sqlalchemy import ColumnElement, and_, false, or_, select

from portal.casework.models import Case, CaseAbout, CaseBarred
from portal.casework.rules import Anonymity, Judge, Status
from portal.casework.standing_in import stands_in, stood_in
from portal.kernel.actor import CASE_ROLES, Actor, ActorKind, Role, Ties

DECIDERS = (Role.COORDINATOR, Role.EXECUTIVE)
#: A contest is over in these; in all others whoever judges it decides.
JUDGED = (Status.CLOSED, Status.DECLINED, Status.MERGED, Status.WITHDRAWN)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Case``: of the actor's agencies or owned by them, and not to be kept from them."""
    if actor.user_id is None:
        return false()
    # Who works no cases any more has left: what is still in their name is not theirs to read.
    mine: ColumnElement[bool] = or_(Case.owner_id == actor.user_id, stood_in(actor)) if actor.has_role(*CASE_ROLES) else false()
    if agencies := actor.agencies(*CASE_ROLES):
        mine = or_(Case.agency_id.in_(sorted(agencies)), mine)
    if above := actor.agencies(*DECIDERS):
        mine = or_(mine, Case.judge_agency_id.in_(sorted(above)))
    return and_(mine, or_(Case.guarded.is_(False), ~_concerns(actor)))


def kept_from(actor: Actor) -> ColumnElement[bool]:
    """Criterion on ``Case``: marked, and the actor must not learn that it exists, whatever role they hold (``docs/rules/apart.md``).

    For everything that reads cases for people who work none of them: the audit trail, counts before a unit is closed, exports.
    """
    return and_(Case.guarded, _concerns(actor))


def _concerns(actor: Actor) -> ColumnElement[bool]:
    """Of the marks only; ``Case.guarded`` stands before it wherever it is used, so that unmarked cases never ask the table of marks."""
    near = or_(CaseAbout.user_id.in_(sorted(_people(actor))), CaseAbout.unit_id.in_(sorted(actor.ties.units)))
    deciding = sorted(actor.agencies(*DECIDERS))
    above = and_(Case.judge_agency_id.is_not(None), Case.judge_agency_id.in_(deciding))
    unsettled = and_(CaseAbout.said_by_sender, Case.agency_id.not_in(deciding), ~above)
    return select(CaseAbout.id).where(CaseAbout.case_id == Case.id, or_(near, unsettled)).exists()


def can_see(actor: Actor, case: Case) -> bool:
    """The same as ``visible_to`` for one case at hand (a test holds them together)."""
    if actor.user_id is None or is_kept_from(actor, case):
        return False
    owns = _has(actor, case) and actor.has_role(*CASE_ROLES)
    return actor.holds_any(CASE_ROLES, case.agency_id) or owns or _judges_from_above(actor, case)


def is_kept_from(actor: Actor, case: Case) -> bool:
    """The same as ``kept_from`` for one case at hand."""
    if not case.guarded:
        return False
    unsettled = any(row.said_by_sender for row in case.about)
    settles = actor.holds_any(DECIDERS, case.agency_id) or _judges_from_above(actor, case)
    return is_near(Ties(_people(actor), actor.ties.units), case) or (unsettled and not settles)


def is_near(ties: Ties, case: Case) -> bool:
    """True for whoever has these ties if the case is about one of them; the sender's own mark, which names nobody, is not asked."""
    return case.guarded and any(row.user_id in ties.people or row.unit_id in ties.units for row in case.about)


def _people(actor: Actor) -> frozenset[int]:
    return actor.ties.people | ({actor.user_id} if actor.user_id is not None else frozenset())


def can_assign(actor: Actor, case: Case) -> bool:
    """May choose who owns the case."""
    return can_see(actor, case) and _decides(actor, case)


def can_take(actor: Actor, case: Case) -> bool:
    """May make the case their own: who decides, or an officer for a case that nobody holds and nobody contested."""
    free = case.escalation_level == 0 and (case.owner_id is None or case.status is Status.RECEIVED)
    return can_own(actor, case) and (_decides(actor, case) or free)


def can_own(candidate: Actor, case: Case) -> bool:
    """May be given the case: works cases of the holding agency, and had no hand in an outcome that was contested."""
    return can_see(candidate, case) and works_there(candidate, case) and not is_barred(candidate, case)


def works_there(actor: Actor, case: Case) -> bool:
    """Works cases of the agency that holds it, or judges it from above."""
    return actor.holds_any(CASE_ROLES, case.agency_id) or _judges_from_above(actor, case)


def can_work(actor: Actor, case: Case) -> bool:
    """May ask, reply, close, decline, refer, forward: the owner or who stands in, or who decides; never one whose outcome was contested."""
    if not can_own(actor, case):
        return False
    return _has(actor, case) or _decides(actor, case)


def can_read_identity(actor: Actor, case: Case) -> bool:
    """May read the name without unmasking: only of named cases, only who handles them."""
    return case.anonymity is Anonymity.NAMED and _knows_people_of(actor, case) and _handles(actor, case)


def can_unmask(actor: Actor, case: Case) -> bool:
    """May open a masked name with a reason; there is nothing to open in anonymous cases."""
    if case.anonymity is not Anonymity.CONFIDENTIAL or is_barred(actor, case):
        return False
    return _knows_people_of(actor, case) and _handles(actor, case)


def can_review(actor: Actor, case: Case) -> bool:
    """A reviewer from outside, for a contested case that nobody inside or above may judge. Sees no identity, opens no file."""
    if actor.user_id is None or case.status is not Status.CONTESTED or case.judge is not Judge.OUTSIDE or is_kept_from(actor, case):
        return False
    inside = actor.holds_any(CASE_ROLES, case.agency_id)
    return actor.holds(Role.REVIEWER, case.agency_id) and not inside and not is_barred(actor, case)


def reviewable_by(actor: Actor) -> ColumnElement[bool]:
    """The same as ``can_review``, for the reviewer's list (a test holds them together)."""
    agencies = actor.agencies(Role.REVIEWER) - actor.agencies(*CASE_ROLES)
    if actor.user_id is None or not agencies:
        return false()
    waiting = and_(Case.status == Status.CONTESTED, Case.judge == Judge.OUTSIDE, Case.agency_id.in_(sorted(agencies)))
    barred = select(CaseBarred.case_id).where(CaseBarred.case_id == Case.id, CaseBarred.user_id == actor.user_id).exists()
    return and_(waiting, ~barred, or_(Case.guarded.is_(False), ~_concerns(actor)))


def can_replace_code(actor: Actor, case: Case) -> bool:
    """May give a new code to a sender who has lost the old one: who works cases in the holding agency itself, or owns this one."""
    return can_see(actor, case) and _knows_people_of(actor, case) and not is_barred(actor, case)


def can_publish(actor: Actor, case: Case) -> bool:
    """May confirm or withdraw the public text; whether the citizen allows it is for the service."""
    return _handles(actor, case)


def can_speak_for_citizen(actor: Actor, case: Case) -> bool:
    """The holder of the receipt, or an officer who enters what the citizen said by telephone or at the counter."""
    return actor.kind is ActorKind.CITIZEN or can_see(actor, case)


def can_erase(actor: Actor, case: Case) -> bool:
    """The sender, the data protection officer of the holding agency itself, or the portal; whether it must wait is asked elsewhere."""
    return actor.kind in (ActorKind.CITIZEN, ActorKind.SYSTEM) or can_protect(actor, case)


def can_correct(actor: Actor, case: Case) -> bool:
    """The sender, or the data protection officer."""
    return actor.kind is ActorKind.CITIZEN or can_protect(actor, case)


def can_protect(actor: Actor, case: Case) -> bool:
    """Data protection officer of the very agency that holds the case, and the case is not about them."""
    if actor.user_id is None or is_kept_from(actor, case):
        return False
    return actor.holds_itself((Role.PRIVACY,), case.agency_id)


def is_barred(actor: Actor, case: Case) -> bool:
    """True for who answered or closed the case before it was contested."""
    return any(row.user_id == actor.user_id for row in case.barred)


def may_be_public(case: Case) -> bool:
    """The citizen allowed it, there is an answer, and it is about nobody in particular."""
    return case.publish_consent and not case.guarded and case.status in (Status.ANSWERED, Status.CLOSED)


def _has(actor: Actor, case: Case) -> bool:
    return case.owner_id == actor.user_id or stands_in(actor, case)


def _handles(actor: Actor, case: Case) -> bool:
    at_work = actor.holds_any(CASE_ROLES, case.agency_id)
    return at_work and can_see(actor, case) and (_has(actor, case) or _decides(actor, case))


def _knows_people_of(actor: Actor, case: Case) -> bool:
    """The owner, or a role granted in the holding agency itself: a parent agency sees its children's cases, never their senders."""
    return case.owner_id == actor.user_id or actor.holds_itself(CASE_ROLES, case.agency_id)


def _decides(actor: Actor, case: Case) -> bool:
    """Coordinators and executives of the holding agency; while a contest waits for somebody further away, those alone."""
    if case.judge in (None, Judge.INSIDE) or case.status in JUDGED:
        return actor.holds_any(DECIDERS, case.agency_id)
    return _judges_from_above(actor, case)


def _judges_from_above(actor: Actor, case: Case) -> bool:
    return case.judge_agency_id is not None and actor.holds_any(DECIDERS, case.judge_agency_id)

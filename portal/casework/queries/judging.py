"""Who could judge a contested case, and which cases wait for whom."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts import queries as accounts
from portal.accounts.heads.queries import ties_of
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.casework import policy
from portal.casework.models import Case
from portal.casework.queries.apart import independent
from portal.casework.rules import Deciders, Judge, Route, Status, route
from portal.kernel.actor import CASE_ROLES, Actor, Role


def route_of(session: Session, case: Case) -> Route:
    """Who judges the case as people and grants are now."""
    own, *above = [_deciders(session, agency.id) for agency in (case.agency, *agencies.ancestors(session, case.agency))]
    reviewers = {user.id for user in accounts.workers_of(session, case.agency_id, [Role.REVIEWER])}
    inside = {user.id for user in accounts.workers_of(session, case.agency_id, CASE_ROLES)}  # whoever works there is not from outside
    known = {
        *(own.executives | own.coordinators),
        *reviewers,
        *(one for office in above for one in office.executives | office.coordinators),
    }
    return route(own, above, frozenset(reviewers - inside), _kept_away(session, case, known))


def for_review(actor: Actor) -> Select[Case]:
    """Contested cases that this outside reviewer may judge, soonest due first."""
    return select(Case).where(policy.reviewable_by(actor)).options(joinedload(Case.agency)).order_by(Case.due_on, Case.id)


def contested(session: Session, agency_ids: Collection[int] | None = None) -> Sequence[Case]:
    """Cases that wait for a judge, of some agencies or of all."""
    query = select(Case).where(Case.status == Status.CONTESTED).order_by(Case.due_on, Case.id)
    return session.scalars(query if agency_ids is None else query.where(Case.agency_id.in_(agency_ids))).all()


def without_judge(session: Session) -> Sequence[Case]:
    """Contested cases that nobody independent can judge; unmarked ones only, so that a list of them tells nothing about anybody."""
    waiting = select(Case).where(Case.status == Status.CONTESTED, Case.judge == Judge.NOBODY, Case.guarded.is_(False))
    return session.scalars(waiting.order_by(Case.due_on, Case.id)).all()


def _deciders(session: Session, agency_id: int) -> Deciders:
    def of(role: Role) -> frozenset[int]:
        return frozenset(user.id for user in accounts.holders(session, [agency_id], [role]))

    return Deciders(agency_id, of(Role.EXECUTIVE), of(Role.COORDINATOR))


def _kept_away(session: Session, case: Case, known: Collection[int]) -> frozenset[int]:
    barred = {row.user_id for row in case.barred}
    if not case.guarded:
        return frozenset(barred)
    ties = ties_of(session, sorted(known))
    return frozenset(barred | {user_id for user_id in known if policy.is_near(ties[user_id], case)})


def judges(session: Session, case: Case) -> list[User]:
    """The people of the agency above who may judge the case, and so be given it."""
    if case.judge is not Judge.ABOVE or case.judge_agency_id is None:
        return []
    return independent(session, case, case.judge_agency_id)

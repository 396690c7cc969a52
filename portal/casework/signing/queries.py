"""Proposals, and who may sign them."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload
from sqlalchemy.sql.base import ExecutableOption

from portal.accounts.heads.models import UnitHead
from portal.accounts.models import Grant, User
from portal.casework import policy
from portal.casework.models import Case, CaseBarred, CaseEvent
from portal.casework.rules import Judge
from portal.casework.signing.models import CaseProposal, SignedPaper
from portal.casework.signing.rules import ProposalState
from portal.kernel.actor import Actor, Role


def to_sign(actor: Actor) -> Select[int]:
    """Ids of the cases with a proposal that waits for this actor; whether the case may be seen at all is for ``policy.visible_to``."""
    of = aliased(Case)
    # Plain, PostgreSQL would merge the few with all cases in order, hoping to stop early; where the actor signs nothing it never stops.
    waiting = select(CaseProposal.case_id).join(of, of.id == CaseProposal.case_id + 0)
    return waiting.where(CaseProposal.state == ProposalState.WAITING, _signs(actor, of))


def proposed_by(actor: Actor) -> Select[int]:
    """Ids of the cases in which a proposal of the actor waits."""
    waiting = select(CaseProposal.case_id).where(CaseProposal.state == ProposalState.WAITING)
    return waiting.where(CaseProposal.proposed_by_id == actor.user_id if actor.user_id is not None else false())


def _signs(actor: Actor, of: type[Case]) -> ColumnElement[bool]:
    if actor.user_id is None:
        return false()
    barred = select(CaseBarred.case_id).where(CaseBarred.case_id == of.id, CaseBarred.user_id == actor.user_id).exists()
    # As ``policy`` has it: while a contest is judged from further away, nobody of the agency itself decides.
    inside = or_(of.judge.is_(None), of.judge == Judge.INSIDE, of.status.in_(policy.JUDGED))
    executive = sorted(actor.agencies(Role.EXECUTIVE))
    standing_in = select(Grant.agency_id).join(User, User.id == Grant.user_id)
    standing_in = standing_in.where(User.substitute_id == actor.user_id, Grant.role == Role.EXECUTIVE, Grant.agency_id.is_not(None))
    headed = select(UnitHead.agency_id).join(User, User.id == UnitHead.user_id)
    headed = headed.where(or_(User.id == actor.user_id, User.substitute_id == actor.user_id))
    of_agency = or_(of.agency_id.in_(executive), of.agency_id.in_(standing_in), of.agency_id.in_(headed), of.unit_id.in_(headed))
    above = and_(~inside, of.judge_agency_id.in_(executive))
    return and_(CaseProposal.proposed_by_id != actor.user_id, ~barred, or_(and_(inside, of_agency), above))


def waiting(session: Session, case: Case) -> CaseProposal | None:
    """The proposal that waits, its words and people loaded."""
    query = select(CaseProposal).where(CaseProposal.case_id == case.id, CaseProposal.state == ProposalState.WAITING)
    return session.scalars(query.options(*_loaded())).one_or_none()


def last(session: Session, case: Case) -> CaseProposal | None:
    """The latest proposal, whatever became of it, its words and people loaded."""
    query = select(CaseProposal).where(CaseProposal.case_id == case.id).order_by(CaseProposal.id.desc()).limit(1)
    return session.scalars(query.options(*_loaded())).one_or_none()


def paper(session: Session, case: Case, year: int, number: int) -> CaseProposal | None:
    """The signed proposal of the case under this number, its words and people loaded."""
    query = select(CaseProposal).join(CaseProposal.paper).where(CaseProposal.case_id == case.id)
    return session.scalars(query.where(SignedPaper.year == year, SignedPaper.number == number).options(*_loaded())).one_or_none()


def papers(session: Session, case: Case) -> Sequence[SignedPaper]:
    """The papers of the case, oldest first."""
    query = select(SignedPaper).join(SignedPaper.proposal).where(CaseProposal.case_id == case.id)
    return session.scalars(query.order_by(SignedPaper.proposal_id)).all()


def waiting_of(session: Session, case_ids: Collection[int]) -> dict[int, CaseProposal]:
    """Those that wait, by case, their words and people loaded; the number of queries does not grow with theirs."""
    query = select(CaseProposal).where(CaseProposal.case_id.in_(case_ids), CaseProposal.state == ProposalState.WAITING)
    return {row.case_id: row for row in session.scalars(query.options(*_loaded()))}


def may_sign(session: Session, actor: Actor, case: Case) -> bool:
    """True if a proposal of this case waits and the actor may sign it."""
    return policy.can_see(actor, case) and session.scalar(to_sign(actor).where(CaseProposal.case_id == case.id)) is not None


def count_signatories(session: Session, agency_id: int) -> int:
    """How many people could sign for the whole agency: its executives by a grant in it, its head, and who stands in for these."""
    executives = select(Grant.user_id).where(Grant.agency_id == agency_id, Grant.role == Role.EXECUTIVE)
    head = select(UnitHead.user_id).where(UnitHead.agency_id == agency_id)
    signs = or_(User.id.in_(executives), User.id.in_(head))
    for_them = select(User.substitute_id).where(signs, User.substitute_id.is_not(None))
    at_work = select(func.count()).select_from(User).where(or_(signs, User.id.in_(for_them)), User.disabled_at.is_(None))
    return session.scalar(at_work) or 0


def count_waiting(session: Session, agency_id: int | None) -> int:
    """How many proposals wait in an agency, or everywhere; marked cases are in no count."""
    query = select(func.count()).select_from(CaseProposal).join(CaseProposal.case)
    query = query.where(CaseProposal.state == ProposalState.WAITING, Case.guarded.is_(False))
    return session.scalar(query if agency_id is None else query.where(Case.agency_id == agency_id)) or 0


def _loaded() -> tuple[ExecutableOption, ...]:
    words = joinedload(CaseProposal.event).selectinload(CaseEvent.words)
    return (words, joinedload(CaseProposal.proposed_by), joinedload(CaseProposal.decided_by))

"""Named reads of follow-ups; what officers read is scoped by ``casework.policy.visible_to``."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.casework import policy
from portal.casework.models import Case
from portal.feedback.followups.models import CaseFollowUp, FollowUpAttempt
from portal.feedback.followups.rules import OVER, Way
from portal.kernel.actor import Actor

#: More are shown as "100+".
COUNTED_MOST = 100


def waiting(actor: Actor, way: Way) -> Select[CaseFollowUp]:
    """Who waits for a call or a letter, cases and attempts loaded; to be ordered by (wanted_at, id)."""
    found = _waiting(select(CaseFollowUp), actor, way)
    attempts = selectinload(CaseFollowUp.attempts).joinedload(FollowUpAttempt.by)
    return found.options(
        joinedload(CaseFollowUp.case).joinedload(Case.agency), joinedload(CaseFollowUp.case).joinedload(Case.owner), attempts
    )


def counts(session: Session, actor: Actor) -> dict[Way, int]:
    """How many wait in each queue, at most ``COUNTED_MOST + 1``."""
    found = {}
    for way in Way:
        some = _waiting(select(CaseFollowUp.id), actor, way).limit(COUNTED_MOST + 1).subquery()
        found[way] = session.scalar(select(func.count()).select_from(some)) or 0
    return found


def open_for(session: Session, case: Case, way: Way, *, lock: bool = False) -> CaseFollowUp | None:
    """What is still open for the case."""
    wanted = select(CaseFollowUp).where(CaseFollowUp.case_id == case.id, CaseFollowUp.way == way, CaseFollowUp.done_at.is_(None))
    return session.scalar(wanted.with_for_update() if lock else wanted)


def _waiting(query: Select[Any], actor: Actor, way: Way) -> Select[Any]:
    there = (CaseFollowUp.way == way, CaseFollowUp.done_at.is_(None), Case.status.not_in(OVER), Case.words_erased_at.is_(None))
    return query.join(Case, Case.id == CaseFollowUp.case_id).where(*there, policy.visible_to(actor))

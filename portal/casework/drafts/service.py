"""Keeping a draft, and letting it go."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from portal.casework import policy
from portal.casework.drafts.models import CaseDraft
from portal.casework.models.case import Case
from portal.casework.texts import BODY_MOST, too_long
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.thai_text import as_given, is_blank

KEPT_FOR = timedelta(days=30)


def keep(session: Session, actor: Actor, now: datetime, case: Case, body: str) -> CaseDraft | None:
    """Keep the words letter for letter in place of those before; none if nothing in them can be seen. Raises ``Invalid`` for "body"."""
    if actor.user_id is None or not policy.can_work(actor, case):
        raise NotAllowed
    words = as_given(body)
    if len(words) > BODY_MOST:
        raise Invalid({"body": [too_long(BODY_MOST)]})
    if is_blank(words):
        let_go(session, actor, case)
        return None
    row = session.get(CaseDraft, (case.id, actor.user_id)) or CaseDraft(case_id=case.id, user_id=actor.user_id)
    row.body, row.saved_at = words, now
    session.add(row)
    session.flush()
    return row


def let_go(session: Session, actor: Actor, case: Case) -> None:
    """It was sent, or is not wanted."""
    session.execute(delete(CaseDraft).where(CaseDraft.case_id == case.id, CaseDraft.user_id == actor.user_id))


def drafts_of(session: Session, case: Case) -> list[CaseDraft]:
    """Everybody's drafts of a case, the newest first: what a page shows of others' is whose they are and since when."""
    rows = select(CaseDraft).where(CaseDraft.case_id == case.id).options(joinedload(CaseDraft.user))
    return list(session.scalars(rows.order_by(CaseDraft.saved_at.desc(), CaseDraft.user_id)))


def forget_of(session: Session, user_id: int) -> None:
    """Somebody has left."""
    session.execute(delete(CaseDraft).where(CaseDraft.user_id == user_id))


def erase_drafts(session: Session, case: Case) -> None:
    """With the words of the case."""
    session.execute(delete(CaseDraft).where(CaseDraft.case_id == case.id))


def sweep(session: Session, now: datetime) -> None:
    """What nobody went on with for thirty days."""
    session.execute(delete(CaseDraft).where(CaseDraft.saved_at < now - KEPT_FOR))

"""Being there, leaving, and who else is there."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from portal.casework import policy
from portal.casework.models.case import Case
from portal.casework.presence.models import CasePresence
from portal.kernel.actor import Actor
from portal.kernel.errors import NotAllowed

#: After the last sign of life.
LASTS = timedelta(minutes=2)
_SWEPT_AFTER = timedelta(hours=1)


def be_here(session: Session, actor: Actor, now: datetime, case: Case) -> None:
    """A sign of life; who was away for longer than two minutes begins anew."""
    if actor.user_id is None or not policy.can_see(actor, case):
        raise NotAllowed
    row = session.get(CasePresence, (case.id, actor.user_id)) or CasePresence(
        case_id=case.id, user_id=actor.user_id, since=now, seen_at=now
    )
    if row.seen_at < now - LASTS:
        row.since = now
    row.seen_at = now
    session.add(row)
    session.flush()


def be_gone(session: Session, actor: Actor, case: Case) -> None:
    """The page was closed."""
    session.execute(delete(CasePresence).where(CasePresence.case_id == case.id, CasePresence.user_id == actor.user_id))


def others(session: Session, actor: Actor, now: datetime, case: Case) -> list[CasePresence]:
    """Who else is looking, the first to come first."""
    here = (CasePresence.case_id == case.id, CasePresence.user_id != actor.user_id, CasePresence.seen_at >= now - LASTS)
    rows = select(CasePresence).where(*here).options(joinedload(CasePresence.user))
    return list(session.scalars(rows.order_by(CasePresence.since, CasePresence.user_id)))


def sweep(session: Session, now: datetime) -> None:
    """Forget who was there."""
    session.execute(delete(CasePresence).where(CasePresence.seen_at < now - _SWEPT_AFTER))

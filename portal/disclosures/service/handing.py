"""Pages of somebody who leaves: another person answers for them from now on. Published versions keep the name of then."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.audit import service as audit
from portal.disclosures.models import Disclosure
from portal.disclosures.service import acts
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message


def answered_for(session: Session, user_id: int) -> dict[int, int]:
    """How many pages the person is responsible for, by agency."""
    rows = session.execute(
        select(Disclosure.agency_id, func.count()).where(Disclosure.responsible_user_id == user_id).group_by(Disclosure.agency_id)
    )
    return dict(rows.all())


def hand_on(session: Session, actor: Actor, now: datetime, leaver: User, successor: User | None) -> int:
    """Let the successor answer for every page of the leaver; returns how many. Whoever calls it has asked who may.

    Raises ``Invalid`` (field ``pages_to``) without a successor whose account is open, if there is any page.
    """
    pages = _pages(session, leaver.id)
    if pages and (successor is None or successor.disabled_at is not None or successor.id == leaver.id):
        raise Invalid({"pages_to": [Message(N_("Choose who answers for the pages from now on"))]})
    for page in pages:
        assert successor is not None
        page.responsible_user_id = successor.id
        for text in page.translations:
            text.row_version += 1  # an editor who has the page open learns of it
        detail = {"owner": successor.id, "owner_before": leaver.id}
        audit.record(
            session, actor, now, "disclosure.responsible_changed", "disclosure", page.slug, agency_id=page.agency_id, detail=detail
        )
        acts.public_may_have_changed(session, page)
        session.expire(page, ["responsible_user"])
    session.flush()
    return len(pages)


def _pages(session: Session, user_id: int) -> Sequence[Disclosure]:
    query = select(Disclosure).where(Disclosure.responsible_user_id == user_id).order_by(Disclosure.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()

"""Requests, for those who asked and for those who decide."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.casework.models import Case
from portal.kernel.actor import Actor
from portal.privacy import policy
from portal.privacy.models import PrivacyRequest
from portal.privacy.queries.hindrances import hindered
from portal.privacy.rules import WAITING_FOR_US, RequestStatus, Right


def by_public_id(session: Session, public_id: str, *, lock: bool = False) -> PrivacyRequest | None:
    """The request with this address; asks nobody's leave. ``lock`` inside a unit of work before acting on it."""
    query = select(PrivacyRequest).where(PrivacyRequest.public_id == public_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)


def of_case(session: Session, case: Case) -> Sequence[PrivacyRequest]:
    """Requests about the case, newest first."""
    return session.scalars(select(PrivacyRequest).where(PrivacyRequest.case_id == case.id).order_by(PrivacyRequest.id.desc())).all()


def of_user(session: Session, user_id: int) -> Sequence[PrivacyRequest]:
    """Requests about the account, newest first."""
    return session.scalars(select(PrivacyRequest).where(PrivacyRequest.user_id == user_id).order_by(PrivacyRequest.id.desc())).all()


def waiting_kind(
    session: Session, right: Right, *, case_id: int | None = None, user_id: int | None = None, of_identity: bool = False
) -> PrivacyRequest | None:
    """The request of this kind that is not ended yet: a second one would only repeat it.

    ``of_identity``: erasing name and contacts, which nobody decides about and which goes beside every other request.
    """
    alive = WAITING_FOR_US | {RequestStatus.WAITING}
    about: ColumnElement[bool] = PrivacyRequest.case_id == case_id if case_id is not None else PrivacyRequest.user_id == user_id
    rows = session.scalars(select(PrivacyRequest).where(about, PrivacyRequest.right == right, PrivacyRequest.status.in_(alive)))
    return next((row for row in rows if (list(row.parts) == ["identity"]) is of_identity), None)


def desk_list(actor: Actor, *, open_only: bool) -> Select[PrivacyRequest]:
    """What the person may decide, to be ordered by (due_on, id); case, agency and person are loaded."""
    query = select(PrivacyRequest).outerjoin(Case, PrivacyRequest.case_id == Case.id).where(policy.visible_to(actor))
    if open_only:
        query = query.where(PrivacyRequest.status.in_(WAITING_FOR_US | {RequestStatus.WAITING}))
    return query.options(
        joinedload(PrivacyRequest.case).joinedload(Case.agency), joinedload(PrivacyRequest.agency), joinedload(PrivacyRequest.user)
    )


def ready_to_carry_out(session: Session, most: int) -> Sequence[PrivacyRequest]:
    """Waiting requests about cases in whose way nothing stands any more, oldest first."""
    free = or_(PrivacyRequest.case_id.is_(None), ~hindered())
    ready = select(PrivacyRequest).outerjoin(Case, PrivacyRequest.case_id == Case.id)
    return session.scalars(ready.where(PrivacyRequest.status == RequestStatus.WAITING, free).order_by(PrivacyRequest.id).limit(most)).all()

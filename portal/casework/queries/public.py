"""What everybody may read of cases."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from portal.casework.models import Case, PublicCase
from portal.casework.rules import CaseKind, PublicState


def is_public() -> ColumnElement[bool]:
    """Criterion on ``PublicCase`` joined with ``Case``: published, still allowed, about nobody in particular."""
    return and_(PublicCase.state == PublicState.PUBLISHED, Case.publish_consent, Case.guarded.is_(False))


def public_list(agency_id: int | None = None, kind: CaseKind | None = None) -> Select[PublicCase]:
    """Published cases, to be ordered by (published_at, case_id) descending; case and agency are loaded."""
    query = select(PublicCase).join(PublicCase.case).where(is_public())
    if agency_id is not None:
        query = query.where(Case.agency_id == agency_id)
    if kind is not None:
        query = query.where(Case.kind == kind)
    return query.options(joinedload(PublicCase.case).joinedload(Case.agency))


def public_by_number(session: Session, number: str) -> PublicCase | None:
    """The published text of the case with this number."""
    return session.scalar(public_list().where(Case.number == number))


def invented(session: Session, numbers: Collection[str]) -> frozenset[str]:
    """Which of these cases are about something invented though their agency is not; one query, none for no numbers."""
    query = select(Case.number).where(Case.number.in_(sorted(numbers)), Case.is_invented)
    return frozenset(session.scalars(query)) if numbers else frozenset()


def tombstone(session: Session, number: str) -> PublicCase | None:
    """The row of a case that was published once and is withdrawn: show that it was there and since when not, never its text."""
    once = and_(PublicCase.state == PublicState.WITHDRAWN, PublicCase.published_at.is_not(None), Case.guarded.is_(False))
    return session.scalar(select(PublicCase).join(PublicCase.case).where(once, Case.number == number))

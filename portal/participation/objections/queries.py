"""Named reads of objections. Everybody may read number, target, state and answers; the words only where they are published."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from portal.casework.models import Case, CaseQuarantine, PublicCase
from portal.casework.rules import PublicState, Status
from portal.casework.rules.abuse import Verdict
from portal.participation.objections.models import Objection, ObjectionAnswer
from portal.participation.scores.models import Score

#: In these an assessor still has to answer.
OVER = (Status.CLOSED, Status.DECLINED, Status.MERGED, Status.WITHDRAWN, Status.ANSWERED)
_LOADED = (
    contains_eager(Objection.case).joinedload(Case.public),
    joinedload(Objection.agency),
    selectinload(Objection.answers).joinedload(ObjectionAnswer.by),
)


def may_be_told() -> ColumnElement[bool]:
    """Criterion on ``Case``: neither marked as about somebody, nor in quarantine, nor refused as abuse."""
    refused = or_(CaseQuarantine.decided_at.is_(None), CaseQuarantine.verdict == Verdict.REFUSED)
    return and_(Case.guarded.is_(False), ~exists().where(CaseQuarantine.case_id == Case.id, refused))


def shown() -> Select[Objection]:
    """Objections that everybody may learn of, case and answers loaded."""
    return select(Objection).join(Objection.case).where(may_be_told()).options(*_LOADED)


def of_score(session: Session, agency_id: int, fiscal_year: int) -> Sequence[Objection]:
    """To the score of an agency and a year (B.E.), in the order in which they came; a fixed number of queries."""
    mine = shown().where(Objection.agency_id == agency_id, Objection.fiscal_year == fiscal_year)
    return session.scalars(mine.order_by(Objection.number)).all()


def by_number(session: Session, agency_id: int, fiscal_year: int, number: int) -> Objection | None:
    """The objection of an address."""
    which = (Objection.agency_id == agency_id, Objection.fiscal_year == fiscal_year, Objection.number == number)
    return session.scalar(shown().where(*which))


def of_case(session: Session, case_id: int) -> Objection | None:
    """The objection behind which this case stands."""
    return session.scalar(select(Objection).where(Objection.case_id == case_id).options(joinedload(Objection.agency)))


def counts(session: Session, fiscal_year: int, agency_ids: Collection[int] | None = None) -> dict[int, tuple[int, int]]:
    """How many objections each agency has in the year, and how many of these wait for an answer; one query."""
    waits = func.sum(case((Case.status.in_(OVER), 0), else_=1))
    rows = select(Objection.agency_id, func.count(), waits).join(Objection.case).where(may_be_told())
    rows = rows.where(Objection.fiscal_year == fiscal_year)
    if agency_ids is not None:
        rows = rows.where(Objection.agency_id.in_(sorted(agency_ids)))
    return {agency_id: (count, int(waiting)) for agency_id, count, waiting in session.execute(rows.group_by(Objection.agency_id))}


def waiting(near: Collection[int]) -> Select[Objection]:
    """What assessors have to answer, to be ordered by the due day of the case; without those of agencies that are too near."""
    return shown().where(Case.status.not_in(OVER), Objection.agency_id.not_in(sorted(near)))


def published_text(objection: Objection) -> PublicCase | None:
    """Its public text by the rules of ``publication.md``; None while there is none, or none any more."""
    public, its_case = objection.case.public, objection.case
    if public is None or public.state is not PublicState.PUBLISHED or not its_case.publish_consent or its_case.guarded:
        return None
    return public


def has_score(session: Session, agency_id: int, fiscal_year: int) -> bool:
    """True if there is anything to object to."""
    mine = (Score.agency_id == agency_id, Score.fiscal_year == fiscal_year)
    return session.scalar(select(Score.id).where(*mine).limit(1)) is not None

"""Cases that go on in others."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework.models import Case, CaseEvent, CaseWords
from portal.casework.rules import ANSWER_WORDS, ANSWERING, Act


def merged_at(session: Session, case: Case) -> datetime | None:
    """When it was merged last."""
    acts = select(CaseEvent.at).where(CaseEvent.case_id == case.id, CaseEvent.act == Act.MERGE)
    return session.scalars(acts.order_by(CaseEvent.id.desc()).limit(1)).first()


def goes_on_in(case: Case) -> Case:
    """The case at the end of the way; the case itself if it was not merged."""
    seen = {case.id}
    while case.merged_into is not None and case.merged_into.id not in seen:
        case = case.merged_into
        seen.add(case.id)
    return case


def merged_with(session: Session, case: Case) -> list[Case]:
    """Everything that goes on in this case, directly or through others, oldest first."""
    found: list[Case] = []
    near = [case.id]
    while near:
        rows = session.scalars(select(Case).where(Case.merged_into_id.in_(near)).order_by(Case.id)).all()
        found += rows
        near = [one.id for one in rows]
    return found


def last_answer(session: Session, case: Case) -> Sequence[CaseWords]:
    """The words of the last act that answered the case; none before."""
    acts = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.act.in_(ANSWERING))
    last = acts.order_by(CaseEvent.id.desc()).limit(1).scalar_subquery()
    words = select(CaseWords).where(CaseWords.event_id == last, CaseWords.kind.in_(ANSWER_WORDS), CaseWords.body != "")
    return session.scalars(words.order_by(CaseWords.id)).all()

"""Named reads of questions and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from portal.agencies.rules import is_slug
from portal.casework.models import Case
from portal.casework.questions.models import CaseAnswer, Question, QuestionVersion
from portal.casework.questions.rules import Asked, QuestionType, choice_words, verbatim
from portal.kernel.messages import Message
from portal.kernel.thai_calendar import format_date
from portal.kernel.thai_text import pick


@dataclass(frozen=True)
class Answered:
    """One answer beside the words that it answers."""

    asked: Asked
    value: str | list[str]

    def question(self, language: str) -> str:
        """As it was asked."""
        return pick(language, self.asked.text_th, self.asked.text_en)

    def words(self, language: str) -> Message:
        """The answer for people."""
        keys = [self.value] if isinstance(self.value, str) else self.value
        chosen = [choice_words(self.asked, choice, language) for choice in self.asked.options if choice.key in keys]
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            return verbatim(", ".join(str(message.values["words"]) for message in chosen))
        return verbatim(format_date(date.fromisoformat(keys[0]), language) if self.asked.type is QuestionType.DAY else keys[0])


def asked_at(session: Session, agency_id: int, at: datetime) -> list[Asked]:
    """What the form of the agency asks at a moment, in the order of today."""
    begun = QuestionVersion.asked_from <= at
    going_on = or_(QuestionVersion.asked_until.is_(None), QuestionVersion.asked_until > at)
    found = select(QuestionVersion).join(Question).where(Question.agency_id == agency_id, begun, going_on)
    rows = session.scalars(found.options(contains_eager(QuestionVersion.question)).order_by(Question.position, Question.id))
    return [row.asked for row in rows]


def all_questions(session: Session, agency_id: int) -> list[Question]:
    """Every question that the agency ever had, in its order, versions loaded."""
    every = select(Question).where(Question.agency_id == agency_id).options(selectinload(Question.versions))
    return list(session.scalars(every.order_by(Question.position, Question.id)))


def current_questions(session: Session, agency_id: int) -> list[Question]:
    """Those that are asked or drafted."""
    return [question for question in all_questions(session, agency_id) if not question.is_retired]


def by_key(session: Session, agency_id: int, key: str) -> Question | None:
    """The agency's question with this key; anything may be asked for."""
    wanted = select(Question).where(Question.agency_id == agency_id, Question.key == key).options(selectinload(Question.versions))
    return session.scalar(wanted) if is_slug(key) else None


def answers_of(session: Session, case: Case) -> Sequence[Answered]:
    """What the sender answered, in the order of the form."""
    mine = select(CaseAnswer).join(CaseAnswer.version).join(QuestionVersion.question).where(CaseAnswer.case_id == case.id)
    whole = joinedload(CaseAnswer.version).joinedload(QuestionVersion.question)
    rows = session.scalars(mine.options(whole).order_by(Question.position, Question.id))
    return [Answered(row.version.asked, row.value) for row in rows]

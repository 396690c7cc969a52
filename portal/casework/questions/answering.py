"""Taking answers in. In words: ``docs/rules/questions.md``, "Answering"."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.questions import queries
from portal.casework.questions.judging import Value, judge
from portal.casework.questions.models import CaseAnswer
from portal.casework.questions.rules import Asked
from portal.kernel.errors import Invalid


def judged(
    session: Session,
    agency: Agency | None,
    typed: Mapping[str, object],
    kind: str,
    topic: str,
    language: str,
    now: datetime,
    *,
    page_made_at: datetime | None = None,
    complete: bool = True,
    today: Sequence[Asked] | None = None,
) -> list[tuple[Asked, Value]]:
    """The answers to keep; ``today`` are the questions of now, where they were read already.

    Raises ``Invalid`` where neither the questions of now nor those of the page take them.
    """
    if agency is None:
        return _pairs([], typed, kind, topic, language, complete=complete)
    today = queries.asked_at(session, agency.id, now) if today is None else today
    try:
        return _pairs(today, typed, kind, topic, language, complete=complete)
    except Invalid:
        if page_made_at is None:
            raise
        then = queries.asked_at(session, agency.id, page_made_at)
        if then == today:
            raise
        with suppress(Invalid):
            return _pairs(then, typed, kind, topic, language, complete=complete)
        raise


def keep_answers(session: Session, case: Case, answers: Sequence[tuple[Asked, Value]]) -> None:
    """With the case that they came with, in the same unit of work."""
    session.add_all(CaseAnswer(case_id=case.id, version_id=asked.version_id, value=value) for asked, value in answers)


def _pairs(
    questions: Sequence[Asked], typed: Mapping[str, object], kind: str, topic: str, language: str, *, complete: bool
) -> list[tuple[Asked, Value]]:
    kept = judge(questions, typed, kind, topic, language, complete=complete)
    return [(question, kept[question.key]) for question in questions if question.key in kept]

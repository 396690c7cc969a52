"""Questions for tests: as the rules know them, and kept by the service."""

from typing import Any

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.questions import service
from portal.casework.questions.models import Question
from portal.casework.questions.rules import Asked, Choice, QuestionType
from portal.casework.questions.wording import Typed
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from tests.conftest import NOW

TWO = (Choice("c1", "บ่อย", "Often"), Choice("c2", "ไม่บ่อย", "Rarely"))


def asked(key: str, type: str = "short", **values: Any) -> Asked:
    """A question with as little as it needs."""
    kind = QuestionType(type)
    choices = TWO if kind in (QuestionType.ONE, QuestionType.SEVERAL) else ()
    return Asked(key, kind, f"คำถาม {key}", f"Question {key}", **{"choices": choices, **values})


def typed(type: str = "short", text: str = "เสาต้นไหน", **values: Any) -> Typed:
    """What an administrator fills in."""
    return Typed(type=type, text_th=text, **{"choices": "บ่อย | Often\nไม่บ่อย | Rarely", **values})


def make_question(
    session: Session, agency: Agency, key: str, type: str = "short", *, at: Any = NOW, draft: bool = False, **values: Any
) -> Question:
    """A question that the form asks, in a unit of work of its own."""
    with unit_of_work(session):
        question = service.add_question(session, SYSTEM, at, agency, typed(type, **{"text": f"คำถาม {key}", **values}), key)
        return question if draft else service.ask_question(session, SYSTEM, at, question, question.row_version)

"""What an invented agency asks of its own, which sites may frame its form, and which kinds it does not offer."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options.service import set_option
from portal.casework.options import KINDS_IN_ORDER, KINDS_OFFERED
from portal.casework.questions import service
from portal.casework.questions.wording import Typed
from portal.demo.reading import read
from portal.feedback.frame.service import list_site
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds


def load_questions(session: Session, now: datetime, agencies: Mapping[str, Agency]) -> None:
    """Asked since the first day of the last fiscal year, so that the cases that come after can hold answers."""
    began = datetime.combine(fiscal_year_bounds(fiscal_year(now) - 1)[0], time(), tzinfo=BANGKOK)
    for entry in read("questions"):
        for question in entry["questions"]:
            row = service.add_question(session, SYSTEM, began, agencies[entry["agency"]], _typed(question), question["key"])
            service.ask_question(session, SYSTEM, began, row, row.row_version)


def load_offers(session: Session, now: datetime, agencies: Mapping[str, Agency]) -> None:
    """After the cases: they came while every kind was offered."""
    for entry in read("questions"):
        agency = agencies[entry["agency"]]
        for site in entry["sites"]:
            list_site(session, SYSTEM, now, agency, site)
        kinds = [kind.value for kind in KINDS_IN_ORDER if kind.value not in entry["not_offered"]]
        set_option(session, SYSTEM, now, KINDS_OFFERED, agency, kinds, 0)


def _typed(question: Mapping[str, Any]) -> Typed:
    return Typed(
        type=question["type"],
        text_th=question["th"],
        text_en=question["en"],
        help_th=question.get("help_th") or "",
        help_en=question.get("help_en") or "",
        required=bool(question.get("required")),
        kinds=question.get("kinds") or (),
        choices=question.get("choices") or "",
        only_if=question.get("only_if") or (),
    )

"""Answers that came with the form and that no question of the chosen agency takes today. None goes in silence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.casework.questions.queries import asked_at
from portal.casework.questions.rules import PREFIX
from portal.feedback.forms import FeedbackForm
from portal.kernel.thai_text import excerpt
from portal.web.database import db

#: Of how many answers, and how many characters of each, are quoted; a page of ours has no more.
_ANSWERS, _QUOTED = 20, 200


@dataclass(frozen=True)
class Strays:
    """``of_the_page``: the agency asked all of them when the page was made, so they may be taken still (``questions.md``, 9)."""

    answers: Mapping[str, object]
    of_the_page: bool = False

    @classmethod
    def of(cls, form: FeedbackForm, page_made_at: datetime | None) -> "Strays":
        """Of a form that was sent; the database is asked only where there are any."""
        found = {key: value for key, value in form.answers.items() if PREFIX + key not in form}
        if not found or page_made_at is None:
            return cls(found)
        agency = agencies.by_slug(db.session, form.asked_for)
        then = {question.key for question in asked_at(db.session, agency.id, page_made_at)} if agency else set()
        return cls(found, found.keys() <= then)

    def leave_out(self, form: FeedbackForm) -> "Strays":
        """Take them out of what is sent; from now on they are only told."""
        form.answers = {key: value for key, value in form.answers.items() if key not in self.answers}
        return replace(self, of_the_page=False)

    @property
    def sentence(self) -> str:
        """What the sender is told; empty where nothing is left out."""
        if self.of_the_page or not self.answers:
            return ""
        said = [
            value if isinstance(value, str) else ", ".join(str(one) for one in _several(value))
            for value in list(self.answers.values())[:_ANSWERS]
        ]
        quoted = " · ".join(excerpt(text, _QUOTED) for text in said)
        return str(
            _("The agency that you chose does not ask this: %(answers)s. Copy what matters into the details, then send it", answers=quoted)
        )


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]

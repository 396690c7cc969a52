"""One request as the asked read it, put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.accounts import queries as accounts
from portal.casework.closed_words import closing
from portal.casework.contributing import policy
from portal.casework.contributing.forms import DeclineForm, GiveForm, PartForm
from portal.casework.contributing.models import Contribution
from portal.casework.contributing.queries import files_given
from portal.casework.contributing.rules import is_late
from portal.casework.models import CaseEvent
from portal.casework.service import said_by_sender
from portal.files.rules import ACCEPT
from portal.kernel.actor import CASE_ROLES
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm
from portal.web.language import language
from portal.web.runtime import runtime


@dataclass
class Forms:
    """The three forms; ``failed`` names the one that was sent."""

    give: GiveForm = field(default_factory=GiveForm)
    answer: PartForm = field(default_factory=PartForm)
    decline: DeclineForm = field(default_factory=DeclineForm)
    failed: str = ""

    @classmethod
    def filled(cls, verb: str, data: Mapping[str, Any]) -> "Forms":
        """With what was typed into one of them."""
        kinds: dict[str, type[PortalForm]] = {"give": GiveForm, "answer": PartForm, "decline": DeclineForm}
        forms = cls(failed=verb)
        setattr(forms, verb, kinds[verb](data))
        return forms

    @property
    def sent(self) -> PortalForm:
        """The one that was sent."""
        form: PortalForm = getattr(self, self.failed)
        return form


@dataclass(frozen=True)
class Words:
    """The words of the case with everything closed that tells who the sender is."""

    subject: str
    body: str
    place: str


def page_of(part: Contribution, forms: Forms) -> str:
    """The page; the words of the case stand on it only while the part is wanted."""
    wanted = policy.is_wanted(part)
    may_give = wanted and policy.can_give(current_actor(), part)
    if may_give:
        forms.give.officer.choices = _officers(part)
        if forms.failed != "give":
            forms.give.officer.data = part.officer.email if part.officer else ""
    return render_template(
        "asked/show.html",
        part=part,
        words=_words(part) if wanted else None,
        question=_first_words(part.asked_event),
        answer=_first_words(part.ended_event) if part.ended_event else "",
        given=[row.file for row in files_given(db.session, part)] if part.ended_event_id else [],
        wanted=wanted,
        may_give=may_give,
        late=wanted and is_late(part.state, part.due_on, office_day(now())),
        forms=forms,
        accept=ACCEPT,
        form=forms.sent if forms.failed else None,
        noindex=True,
    )


def _words(part: Contribution) -> Words:
    closed = closing(runtime().keyring, part.case)
    return Words(closed(part.case.subject), closed(said_by_sender(part.case)), closed(part.case.place))


def _first_words(event: CaseEvent) -> str:
    return next((row.body for row in event.words), "")


def _officers(part: Contribution) -> list[SelectChoice]:
    people = accounts.workers_of(db.session, part.holder_id, CASE_ROLES)
    names = [SelectChoice(user.email, pick(language(), user.name_th, user.name_en)) for user in people]
    return [SelectChoice("", _("The coordinators")), *names]

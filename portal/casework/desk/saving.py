"""From a form of the page to a saved act, or back to the page with everything that was typed."""

import re
from collections.abc import Callable
from datetime import datetime

from flask import redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.casework import queries
from portal.casework.desk.next_case import next_url, wants_next
from portal.casework.desk.offers import offered
from portal.casework.desk.page import case_page
from portal.casework.desk.ready import put_in
from portal.casework.desk.shown import Again
from portal.casework.errors import StaleCase
from portal.casework.forms import CaseForm, ReplyForm
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act
from portal.db import unit_of_work
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

Answer = Response | str | tuple[str, int]
#: What was done, where it was less than the verb says: somebody else has to say yes first.
ONLY = {
    Act.PROPOSE: "propose",
    Act.PROPOSE_PUBLICATION: "propose_publication",
    Act.SHOW_PUBLICATION: "show_publication",
}
Verb = Callable[[Session, Actor, datetime, Case], object]
#: What is no case number never reaches the database, which refuses some characters.
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")


class Did:
    """A verb that remembers whether it did what it says or only proposed to."""

    def __init__(self, name: str, verb: Verb) -> None:
        self.name, self._verb = name, verb

    def __call__(self, session: Session, actor: Actor, at: datetime, case: Case) -> None:
        """Do it."""
        event = self._verb(session, actor, at, case)
        if isinstance(event, CaseEvent):
            self.name = ONLY.get(event.act, self.name)


def case_at_hand(number: str, *, lock: bool = False) -> Case:
    """The case if this officer may see it; raises ``NotFound``. ``lock`` inside a unit of work."""
    if not _NUMBER.fullmatch(number):
        raise NotFound
    return queries.visible(db.session, current_actor(), number, lock=lock)


def save(number: str, verb: str, form: CaseForm, act: Verb) -> Answer:
    """Do the act and go back to the case or on to the next one, or show the form again."""
    did = Did(verb, act)
    problem = attempt(number, verb, form, did)
    return problem or redirect(next_url(number, did.name, onward=wants_next()), 303)


def attempt(number: str, verb: str, form: CaseForm, act: Verb) -> Answer | None:
    """Do the act in one transaction. Returns the page with the form and its errors if it could not be done.

    422 for what was filled in, 409 when somebody saved first or the case has moved on; nothing is written then, no word is lost.
    """
    if not form.validate():
        return _again(number, Again(verb, form), 422)
    try:
        with unit_of_work(db.session):
            act(db.session, current_actor(), now(), case_at_hand(number, lock=True))
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(number, Again(verb, form), 422)
    except StaleCase:
        return _again(number, Again(verb, form, stale=True), 409)
    except NotAllowed:
        # Given to somebody else meanwhile: the officer may no longer do this, and still keeps the words.
        if case_at_hand(number).row_version == form.version:
            raise
        return _again(number, Again(verb, form, stale=True), 409)
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _again(number, Again(verb, form), 409)
    return None


def filled(number: str, form: ReplyForm) -> Answer:
    """The page again with a ready reply in the answer. Nothing is saved, so only the choice is judged; 409 when somebody saved first."""
    case = case_at_hand(number)
    chosen = put_in(form, case)
    stale = case.row_version != form.version or "reply" not in offered(current_actor(), case)
    return case_page(case, Again("reply", form, stale=stale, unsaved=chosen)), 409 if stale else 200 if chosen else 422


def _again(number: str, again: Again, status: int) -> Answer:
    return case_page(case_at_hand(number), again), status

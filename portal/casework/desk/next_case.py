"""Where an officer goes after an answer: on to the next case of the part of the queue they came from, or back."""

from flask import url_for
from sqlalchemy import tuple_

from portal.casework import policy
from portal.casework.desk.page import current_filter
from portal.casework.desk.saving import case_at_hand
from portal.casework.models import Case
from portal.casework.queries import Filter, queue
from portal.kernel.actor import Actor
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db


def home_filter(actor: Actor) -> Filter:
    """Where an officer's day begins: whoever assigns sees every open case, everybody else their own."""
    return Filter.OPEN if actor.has_role(*policy.DECIDERS) else Filter.MINE


def next_url(number: str, done: str, *, onward: bool) -> str:
    """Address of the next case with the notice of what was done to this one; of the queue if this was the last."""
    shown = current_filter()
    if not onward:
        return url_for("cases_desk.show", number=number, done=done, filter=shown)
    following = _after(case_at_hand(number), shown or home_filter(current_actor()))
    if following is None:
        return url_for("desk.index", done=done, filter=shown)
    return url_for("cases_desk.show", number=following.number, done=f"{done}_next", filter=shown)


def _after(case: Case, shown: Filter) -> Case | None:
    """The next one in the order of the queue, from its end on again from the beginning."""
    rest = queue(current_actor(), now(), shown).where(Case.id != case.id).limit(1)
    later = rest.where(tuple_(Case.due_on, Case.id) > tuple_(case.due_on, case.id))
    return db.session.scalar(later) or db.session.scalar(rest)
